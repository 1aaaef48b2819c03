import { Plus } from "lucide-react";
import { useState, type DragEvent, type ReactNode } from "react";

import { inputStyles } from "@/components/ui/input";
import { cn } from "@/lib/cn";

interface PlanCellProps {
  /** Which cell it is: "Monday, Lunch". */
  label: string;
  /** The id of a datalist with what was planned before. */
  ideas: string;
  isEmpty: boolean;
  onAdd: (text: string) => void;
  onDropped: (id: string) => void;
  children: ReactNode;
}

/** Write into it, or drop something on it. */
export function PlanCell({ label, ideas, isEmpty, onAdd, onDropped, children }: PlanCellProps) {
  const [isWriting, setIsWriting] = useState(false);
  const [isOver, setIsOver] = useState(false);

  function finish(text: string) {
    if (text.trim()) onAdd(text.trim());
    setIsWriting(false);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    onDropped(event.dataTransfer.getData("text/plain"));
  }

  return (
    <div
      role="group"
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={cn("group/cell grid min-h-11 content-start gap-1 rounded-md @4xl:min-h-16", isOver && "bg-accent")}
    >
      <ul className="grid gap-1 empty:hidden">{children}</ul>
      {isWriting ? (
        <input
          autoFocus
          list={ideas}
          aria-label={`Add to ${label}`}
          onBlur={(event) => finish(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") finish(event.currentTarget.value);
            if (event.key === "Escape") setIsWriting(false);
          }}
          className={cn(inputStyles, "h-8 px-2")}
        />
      ) : (
        <button
          type="button"
          aria-label={`Add to ${label}`}
          onClick={() => setIsWriting(true)}
          className={cn(
            "grid w-full place-items-center rounded-md text-muted-foreground/60 transition-colors outline-none hover:bg-accent hover:text-accent-foreground focus-visible:ring-2 focus-visible:ring-ring print:hidden",
            isEmpty
              ? "min-h-11 border border-dashed @4xl:min-h-16"
              : "h-6 @4xl:opacity-0 @4xl:group-hover/cell:opacity-100 @4xl:focus-visible:opacity-100",
          )}
        >
          <Plus className="size-4" aria-hidden />
        </button>
      )}
    </div>
  );
}
