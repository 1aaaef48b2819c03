import type { DragEvent } from "react";

import { cn } from "@/lib/cn";

interface PlaceButtonProps {
  /** "Table 2, seat 3" */
  label: string;
  name: string;
  isHeld: boolean;
  className?: string;
  onChoose: () => void;
  onDrop: (person: string) => void;
  person?: string;
}

/** A place to click, or to drop somebody on. */
export function PlaceButton({ label, name, isHeld, className, onChoose, onDrop, person }: PlaceButtonProps) {
  function drop(event: DragEvent) {
    event.preventDefault();
    const dropped = event.dataTransfer.getData("text/plain");
    if (dropped) onDrop(dropped);
  }

  return (
    <button
      type="button"
      aria-pressed={isHeld}
      aria-label={`${label}: ${name || "free"}`}
      draggable={Boolean(person)}
      onDragStart={(event) => event.dataTransfer.setData("text/plain", person ?? "")}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      onClick={onChoose}
      className={cn(
        "min-h-9 min-w-0 rounded-lg border px-2 py-1.5 text-center text-sm leading-tight break-words outline-none focus-visible:ring-2 focus-visible:ring-ring",
        name ? "bg-card font-medium text-card-foreground shadow-xs" : "border-dashed bg-background/70 text-muted-foreground",
        isHeld && "border-primary bg-primary text-primary-foreground",
        className,
      )}
    >
      {name || "free"}
    </button>
  );
}
