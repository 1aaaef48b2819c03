import { ReceiptText, Undo2 } from "lucide-react";
import { Fold } from "./fold.jsx";
import { counted, creditFigure, creditWords, moneyWords, refundWords } from "./turn_words.js";

const ROLES = { plan: "Planning", build: "Writing", fix: "Mending", quick: "Small jobs" };

/** What the turn cost, and what for. */
export function ReceiptFold({ receipt }) {
  if (!receipt) return null;
  const spent = Object.entries(receipt.usage ?? {});
  const words = receipt.charged ? creditWords(receipt.charged) : "Free of charge";
  if (!spent.length) return receipt.charged ? <Fold Icon={ReceiptText} words={words} /> : null;
  return (
    <Fold Icon={ReceiptText} words={words} aside={quoteWords(receipt)}>
      <div tabIndex={0} className="overflow-x-auto">
        <table className="w-full text-left text-xs tabular-nums">
          <caption className="sr-only">What each part of the turn took</caption>
          <thead className="text-faint">
            <tr>
              {["For", "Read", "Written", "Credits"].map((title, index) => (
                <th key={title} scope="col" className={`py-1 pr-3 font-medium last:pr-0 ${index ? "text-right" : ""}`}>
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
      <p className="mt-1.5 text-xs text-faint">{totalWords(spent.map(([, use]) => use))}</p>
    </Fold>
  );
}

function RoleLine({ role, use }) {
  const cached = use.tokens_cached ? `${thousands(use.tokens_cached)} cached` : "";
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="w-full max-w-0 py-1 pr-3 font-normal text-ink">
        {ROLES[role] ?? role}
        <span className="block truncate text-faint" title={use.model}>
          {use.model}
        </span>
      </th>
      <td className="py-1 pr-3 text-right text-soft">
        {thousands(use.tokens_in)}
        {cached ? <span className="block whitespace-nowrap text-faint">{cached}</span> : null}
      </td>
      <td className="py-1 pr-3 text-right text-soft">{thousands(use.tokens_out)}</td>
      <td className="py-1 text-right text-ink">{priceWords(use)}</td>
    </tr>
  );
}

const thousands = (count) => (count ?? 0).toLocaleString("en");

function priceWords({ charged, own_micro: own }) {
  if (charged) return creditFigure(charged);
  return own ? "own key" : "free";
}

function totalWords(uses) {
  const total = (name) => uses.reduce((sum, use) => sum + (use[name] ?? 0), 0);
  const money = moneyWords(total("cost_micro"));
  const tokens = counted(total("tokens_in") + total("tokens_out"), "token");
  return money ? `${tokens}, ${money} to the provider` : tokens;
}

function quoteWords({ quote_low: low, quote_high: high }) {
  if (!high) return "";
  return low && low !== high ? `quoted ${creditFigure(low)}–${creditFigure(high)}` : `quoted ${creditFigure(high)}`;
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
