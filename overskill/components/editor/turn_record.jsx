import { ChecksFold, FindingsFold } from "./turn_checks.jsx";
import { ReceiptFold, RefundLine } from "./turn_receipt.jsx";
import { PackagesFold } from "./turn_packages.jsx";
import { FreeRepairsFold, ModelRepairsFolds } from "./turn_repairs.jsx";

/** What came of a turn, line by line in the order it happens: the same while it goes on and when it is long over. */
export function TurnOutcome({ turn, onFix }) {
  return (
    <>
      <PackagesFold packages={turn.packages} />
      <FreeRepairsFold repairs={turn.freeRepairs} />
      <ModelRepairsFolds repairs={turn.repairs} />
      <ChecksFold checks={turn.checks} isKept={turn.end !== null} onFix={onFix} />
      <FindingsFold findings={turn.findings} onFix={onFix} />
      <ReceiptFold receipt={turn.receipt} />
      <RefundLine refund={turn.refund} />
    </>
  );
}
