import { Eraser, History } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { results } from "@/lib/results";
import { useStore } from "@/lib/storage";

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

export function ResultList() {
  const [all, setAll] = useStore(results);

  function clear() {
    const before = all;
    setAll([]);
    toast("History cleared", { action: { label: "Undo", onClick: () => setAll(before) } });
  }

  return (
    <Card className="p-5">
      <div className="flex min-h-8 items-center justify-between gap-4">
        <h2 className="font-display font-semibold">History</h2>
        {all.length > 0 && (
          <Button variant="ghost" size="sm" className="text-muted-foreground" onClick={clear}>
            <Eraser aria-hidden /> Clear
          </Button>
        )}
      </div>
      {all.length > 0 ? (
        <ol className="mt-2 max-h-72 divide-y overflow-y-auto">
          {all.map(({ id, text, at }) => (
            <li key={id} className="flex items-baseline justify-between gap-4 py-2 text-sm">
              <span className="min-w-0 break-words">{text}</span>
              <time className="shrink-0 text-xs text-muted-foreground tabular-nums" dateTime={new Date(at).toISOString()}>
                {isToday(at) ? TIME.format(at) : DAY.format(at)}
              </time>
            </li>
          ))}
        </ol>
      ) : (
        <p className="mt-2 flex items-center gap-2 text-sm text-muted-foreground">
          <History className="size-4 shrink-0" aria-hidden /> What comes up is listed here.
        </p>
      )}
    </Card>
  );
}

function isToday(at: number): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}
