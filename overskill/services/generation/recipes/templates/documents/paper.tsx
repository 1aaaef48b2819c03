import type { [[e.type]] } from "@/data/[[e.files]]";
import { sender } from "@/data/sender";
import { formatDay, formatMoney, formatNumber } from "@/lib/format";
import { useStore } from "@/lib/storage";
import { amountOf, formatAmount, formatRate, totalsOf } from "@/lib/totals";

const PRINT = "@page { size: A4; margin: 14mm } @media print { html, body { background: white !important } }";

/** The page as it is printed: white and dark on white, whatever the theme. */
export function [[e.type]]Paper({ paper }: { paper: [[e.type]] }) {
  const [from] = useStore(sender);
  const totals = totalsOf(paper);

  return (
    <article
      aria-label={`[[e.label | sentence]] ${paper.[[e.title.id]]}`}
      className="flex min-h-[58rem] flex-col gap-8 rounded-xl border bg-white p-6 text-sm text-zinc-900 shadow-sm [color-scheme:light] sm:p-10 print:min-h-0 print:border-0 print:p-0 print:shadow-none"
    >
      <style>{PRINT}</style>
      <header className="flex flex-wrap justify-between gap-6">
        <div>
          <h2 className="font-display text-2xl font-semibold">[[e.label | sentence | jsx]]</h2>
          <p className="mt-0.5 text-zinc-600">{paper.[[e.title.id]]}</p>
        </div>
        <address className="text-right whitespace-pre-line not-italic">
          <strong className="block font-semibold">{from.name}</strong>
          {from.address}
          <span className="block text-zinc-600">{from.contact}</span>
        </address>
      </header>

      <div className="flex flex-wrap justify-between gap-6">
        <div className="whitespace-pre-line">
          <p className="text-xs text-zinc-500">For</p>
          <p className="font-semibold">{paper.client}</p>
//% if address
          {paper.[[address]]}
//% endif
        </div>
        <dl className="grid grid-cols-[auto_auto] content-start gap-x-6 gap-y-1">
//% for f in facts
          {[[f.present("paper")]] && (
            <>
              <dt className="text-zinc-500">[[f.label | jsx]]</dt>
              <dd className="text-right tabular-nums">{[[shown[f.id] ]]}</dd>
            </>
          )}
//% endfor
        </dl>
      </div>

      <table className="w-full border-collapse">
        <thead>
          <tr className="border-b-2 border-zinc-900 text-xs text-zinc-600">
            <th scope="col" className="py-2 pr-2 text-left font-medium">
              [[line | jsx]]
            </th>
            <th scope="col" className="p-2 text-right font-medium">
              [[quantity | jsx]]
            </th>
            <th scope="col" className="p-2 text-right font-medium">
              [[rate | jsx]]
            </th>
            <th scope="col" className="py-2 pl-2 text-right font-medium">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {paper.lines.map((line) => (
            <tr key={line.id} className="break-inside-avoid border-b border-zinc-200">
              <td className="py-2 pr-2">{line.text}</td>
              <td className="p-2 text-right tabular-nums">{formatNumber(line.quantity, 2)}</td>
              <td className="p-2 text-right tabular-nums">{formatRate(line.rate)}</td>
              <td className="py-2 pl-2 text-right tabular-nums">{formatAmount(amountOf(line))}</td>
            </tr>
          ))}
        </tbody>
      </table>

      <dl className="ml-auto grid w-64 max-w-full break-inside-avoid grid-cols-[1fr_auto] gap-y-1.5 tabular-nums">
        {(totals.discount > 0 || totals.tax > 0) && (
          <>
            <dt className="text-zinc-600">Subtotal</dt>
            <dd className="text-right">{formatAmount(totals.net)}</dd>
          </>
        )}
//% if discount
        {totals.discount > 0 && (
          <>
            <dt className="text-zinc-600">Discount {formatNumber(paper.discount)}%</dt>
            <dd className="text-right">−{formatAmount(totals.discount)}</dd>
          </>
        )}
//% endif
//% if tax
        {totals.tax > 0 && (
          <>
            <dt className="text-zinc-600">
              [[tax.label | jsx]] {formatNumber(paper.tax)}%
            </dt>
            <dd className="text-right">{formatAmount(totals.tax)}</dd>
          </>
        )}
//% endif
        <dt className="border-t-2 border-zinc-900 pt-2 text-base font-semibold">Total</dt>
        <dd className="border-t-2 border-zinc-900 pt-2 text-right text-base font-semibold">
          {formatAmount(totals.total)}
        </dd>
      </dl>

//% if notes
      {paper.[[notes]] && <p className="whitespace-pre-line">{paper.[[notes]]}</p>}
//% endif
      <footer className="mt-auto border-t border-zinc-200 pt-3 text-xs whitespace-pre-line text-zinc-500">
        {from.footer}
      </footer>
    </article>
  );
}
