import { Delete } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";

import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { evaluate, formatResult } from "@/lib/evaluate";
import { createStore, useStore } from "@/lib/storage";

const KEYS = [
  "C",
  "(",
  ")",
  "÷",
  "7",
  "8",
  "9",
  "×",
  "4",
  "5",
  "6",
  "−",
  "1",
  "2",
  "3",
  "+",
  "0",
  ".",
  "⌫",
  "=",
];
const TYPED: Record<string, string> = {
  "/": "÷",
  "*": "×",
  "-": "−",
  Enter: "=",
  Backspace: "⌫",
  Escape: "C",
  ",": ".",
};

const tape = createStore<string[]>("tape", []);

export function [[component]]() {
  const [text, setText] = useState("");
  const [history, setHistory] = useStore(tape);
  const result = evaluate(text);

  function press(key: string) {
    if (key === "C") setText("");
    else if (key === "⌫") setText((current) => current.slice(0, -1));
    else if (key === "=") finish();
    else setText((current) => current + key);
  }

  function finish() {
    if (result === undefined || text === "") return;
    setHistory((lines) => [`${text} = ${formatResult(result)}`, ...lines].slice(0, 20));
    setText(formatResult(result).replaceAll("-", "−"));
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = TYPED[event.key] ?? event.key;
    if (event.metaKey || event.ctrlKey || !KEYS.includes(key.toUpperCase())) return;
    event.preventDefault();
    press(key.toUpperCase());
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return (
    <div className="mx-auto grid grid-cols-1 max-w-3xl items-start gap-6 md:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <h1 className="sr-only">[[page.title | jsx]]</h1>
      <Card className="overflow-hidden p-4 shadow-lg">
        <div
          className="flex h-28 flex-col items-end justify-end gap-1 rounded-lg bg-muted p-4"
          role="status"
        >
          <span className="max-w-full truncate text-sm text-muted-foreground tabular-nums">
            {text || "0"}
          </span>
          <span className="max-w-full truncate font-display text-4xl font-semibold tracking-tight tabular-nums">
            {result === undefined ? "…" : formatResult(result)}
          </span>
        </div>
        <div className="mt-4 grid grid-cols-4 gap-2">
          {KEYS.map((key) => (
            <button
              key={key}
              type="button"
              aria-label={NAMES[key]}
              onClick={() => press(key)}
              className={cn(
                "grid h-14 place-items-center rounded-xl text-lg font-medium transition-all outline-none focus-visible:ring-2 focus-visible:ring-ring active:scale-95",
                key === "=" && "bg-primary text-primary-foreground hover:bg-primary/90",
                "÷×−+".includes(key) && "bg-accent text-accent-foreground hover:bg-accent/70",
                /[\dC().⌫]/.test(key) && "bg-secondary hover:bg-secondary/70",
              )}
            >
              {key === "⌫" ? <Delete className="size-5" aria-hidden /> : key}
            </button>
          ))}
        </div>
      </Card>
      <section aria-label="History">
        <div className="flex items-center justify-between">
          <h2 className="font-display font-semibold">History</h2>
          {history.length > 0 && (
            <button
              type="button"
              className="rounded-sm text-sm text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
              onClick={() => setHistory([])}
            >
              Clear
            </button>
          )}
        </div>
        <ul className="mt-3 grid gap-1.5 text-sm tabular-nums">
          {history.map((line, index) => (
            <li key={`${index}-${line}`} className="truncate rounded-md border bg-card px-3 py-2">
              {line}
            </li>
          ))}
        </ul>
        {history.length === 0 && (
          <p className="mt-3 text-sm text-muted-foreground">
            Your sums appear here. The keyboard works too.
          </p>
        )}
      </section>
    </div>
  );
}

const NAMES: Record<string, string> = {
  C: "Clear",
  "÷": "Divide",
  "×": "Times",
  "−": "Minus",
  "+": "Plus",
  "=": "Equals",
  "⌫": "Delete the last",
};
