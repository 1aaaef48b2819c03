import { ReceiptText, Undo2 } from "lucide-react";
import { Fold } from "./fold.jsx";
import { creditWords, moneyWords, refundWords } from "./turn_words.js";

const ROLES = { plan: "Planning", build: "Writing", fix: "Mending", quick: "Small jobs" };

/** What the turn cost, who was paid for what, and what came back. */
export function ReceiptFold({ receipt }) {
  if (!receipt) return null;
  const spent = Object.entries(receipt.usage ?? {});
  const isFree = !receipt.charged;
  if (!spent.length) return <Fold Icon={ReceiptText} words={isFree ? "Free of charge" : creditWords(receipt.charged)} />;
  return (
    <Fold Icon={ReceiptText} words={isFree ? "Free of charge" : creditWords(receipt.charged)} aside={quoteWords(receipt)}>
      <div className="overflow-x-auto">
        <table className="w-full text-left text-xs tabular-nums">
          <caption className="sr-only">What each part of the turn took</caption>
          <thead className="text-faint">
            <tr>
              {["For", "Model", "Read", "Written", "Cost"].map((title, index) => (
                <th key={title} scope="col" className={`py-1 pr-3 font-medium last:pr-0 ${index > 1 ? "text-right" : ""}`}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spent.map(([role, use]) => (
              <RoleLine key={role} role={role} use={use} />
            ))}
          </tbody>
        </table>
      </div>
    </Fold>
  );
}

function RoleLine({ role, use }) {
  const cached = use.tokens_cached ? `${thousands(use.tokens_cached)} cached` : "";
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-3 font-normal text-ink">
        {ROLES[role] ?? role}
      </th>
      <td className="max-w-36 truncate py-1 pr-3 text-soft" title={use.model}>
        {use.model}
      </td>
      <td className="py-1 pr-3 text-right text-soft">
        {thousands(use.tokens_in)}
        {cached ? <span className="block whitespace-nowrap text-faint">{cached}</span> : null}
      </td>
      <td className="py-1 pr-3 text-right text-soft">{thousands(use.tokens_out)}</td>
      <td className="py-1 text-right text-ink">{moneyWords(use.cost_micro) || "free"}</td>
    </tr>
  );
}

const thousands = (count) => (count ?? 0).toLocaleString("en");

function quoteWords({ quote_low: low, quote_high: high }) {
  if (!high) return "";
  return low && low !== high ? `quoted ${low / 1000}–${creditWords(high)}` : `quoted ${creditWords(high)}`;
}

export function RefundLine({ refund }) {
  if (!refund?.amount) return null;
  return (
    <p className="flex gap-2.5 border-t border-line px-3.5 py-2.5 text-[13px] leading-relaxed text-ink first:border-t-0">
      <Undo2 size={14} className="mt-1 shrink-0 text-positive" aria-hidden="true" />
      {refundWords(refund)}
    </p>
  );
}
