import { Card } from "@/components/ui/card";
import type { Share } from "@/lib/answers";
import { formatPercent } from "@/lib/format";

interface SharesProps {
  question: string;
  shares: Share[];
  /** The one number that says most: "4.2 of 5". */
  figure?: string;
}

/** How the answers to a question are spread. */
export function Shares({ question, shares, figure }: SharesProps) {
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card className="grid content-start gap-4 p-5">
      <div className="flex items-start justify-between gap-4">
        <h2 className="text-sm leading-snug font-semibold">{question}</h2>
        {figure && <p className="font-display text-xl font-semibold whitespace-nowrap tabular-nums">{figure}</p>}
      </div>
      <dl className="grid gap-2.5">
        {shares.map(({ name, count }) => (
          <div key={name} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1 text-sm">
            <dt className="break-words">{name}</dt>
            <dd className="text-muted-foreground tabular-nums">
              {count} · {formatPercent(total > 0 ? count / total : 0)}
            </dd>
            <dd aria-hidden className="col-span-2 h-2 overflow-hidden rounded-full bg-muted">
              <div
                className="h-full rounded-full bg-primary"
                style={{ width: `${total > 0 ? (count / total) * 100 : 0}%` }}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const SHOWN = 4;

/** What was written, the latest first. */
export function Quotes({ question, texts }: { question: string; texts: string[] }) {
  const written = texts.filter((text) => text.trim() !== "");
  return (
    <Card className="grid content-start gap-3 p-5">
      <h2 className="text-sm leading-snug font-semibold">{question}</h2>
      {written.length === 0 && <p className="text-sm text-muted-foreground">Nobody has written anything yet.</p>}
      <ul className="grid gap-2">
        {written.slice(0, SHOWN).map((text, index) => (
          <li key={index} className="border-l-2 border-primary/40 pl-3 text-sm break-words">
            {text}
          </li>
        ))}
      </ul>
      {written.length > SHOWN && (
        <p className="text-xs text-muted-foreground">and {written.length - SHOWN} more in the table</p>
      )}
    </Card>
  );
}
