import { Check, X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { toast } from "sonner";

import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

export type Direction = "left" | "right" | "up" | "down";

const ARROWS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

interface [[e.type]]ItemProps {
  [[e.one]]: [[e.type]];
  /** Takes the focus when it was moved by keyboard: it is drawn anew in another cell. */
  isMoved: boolean;
  onEdit: () => void;
  onMove: (direction: Direction) => void;
}

export function [[e.type]]Item({ [[e.one]], isMoved, onEdit, onMove }: [[e.type]]ItemProps) {
  const title = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (isMoved) title.current?.focus();
  }, [isMoved]);

  function remove() {
    const undo = [[e.many]].remove([[e.one]].id);
    toast(`${[[e.one]].[[e.title.id]]} removed`, { action: { label: "Undo", onClick: undo } });
  }

  function press(event: KeyboardEvent) {
    const direction = ARROWS[event.key];
    if (direction && event.altKey) {
      event.preventDefault();
      onMove(direction);
    } else if (event.key === "Delete") {
      remove();
    }
  }

  return (
    <li
      draggable
      onDragStart={(event) => event.dataTransfer.setData("text/plain", [[e.one]].id)}
      className="group relative flex cursor-grab items-start rounded-md border bg-background shadow-xs transition-colors hover:border-primary active:cursor-grabbing print:shadow-none"
    >
//% if done
      <button
        type="button"
        role="checkbox"
        aria-checked={[[e.one]].[[done.id]]}
        aria-label={`[[done.label]]: ${[[e.one]].[[e.title.id]]}`}
        onClick={() => [[e.many]].update([[e.one]].id, { [[done.id]]: ![[e.one]].[[done.id]] })}
        className="m-2 mr-0 grid size-4 shrink-0 place-items-center rounded border border-input outline-none focus-visible:ring-2 focus-visible:ring-ring aria-checked:border-primary aria-checked:bg-primary aria-checked:text-primary-foreground"
      >
        {[[e.one]].[[done.id]] && <Check className="size-3" strokeWidth={3} aria-hidden />}
      </button>
//% endif
      <button
        type="button"
        ref={title}
        onClick={onEdit}
        onKeyDown={press}
        aria-description="Alt and an arrow key move it, Delete removes it"
        className="min-w-0 flex-1 rounded-md px-2 py-1.5 pr-6 text-left outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        <span className={cn("block text-sm leading-snug font-medium break-words"[% if done %], [[e.one]].[[done.id]] && "text-muted-foreground line-through"[% endif %])}>
          {[[e.one]].[[e.title.id]]}
        </span>
//% for f in facts
        {[[f.present(e.one)]] && (
          <span className="block text-xs leading-snug break-words text-muted-foreground">{[[f.shown(e.one)]]}</span>
        )}
//% endfor
      </button>
      <button
        type="button"
        aria-label={`Remove ${[[e.one]].[[e.title.id]]}`}
        onClick={remove}
        className="absolute top-1 right-1 grid size-6 place-items-center rounded text-muted-foreground outline-none hover:bg-accent hover:text-accent-foreground focus-visible:ring-2 focus-visible:ring-ring @4xl:opacity-0 @4xl:group-hover:opacity-100 @4xl:focus-visible:opacity-100 print:hidden"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  );
}
