import { ThumbsDown, ThumbsUp } from "lucide-react";

import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { IdeaComposer } from "@/components/idea-composer";
import { WeightDots } from "@/components/weight-dots";
import { [[e.many]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";

interface [[e.type]]SideProps {
  label: string;
  isFor: boolean;
  /** What an added one begins with: its side, and what it is about. */
  start: [[e.type]]Draft;
  matches: ([[e.one]]: [[e.type]]) => boolean;
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

/** The arguments of one side, the heaviest first. */
export function [[e.type]]Side({ label, isFor, start, matches, onEdit }: [[e.type]]SideProps) {
  const shown = useCollection([[e.many]]).filter(matches).toSorted((a, b) => b.weight - a.weight);
  const Icon = isFor ? ThumbsUp : ThumbsDown;
  return (
    <section aria-label={label} className="flex flex-col gap-3 rounded-xl bg-muted/60 p-3">
      <h2 className="flex items-center gap-2 px-1 font-display text-sm font-semibold">
        <Icon className={cn("size-4", isFor ? "text-success" : "text-destructive")} aria-hidden />
        {label}
        <span className="ml-auto text-xs font-medium text-muted-foreground tabular-nums">
          {shown.reduce((sum, one) => sum + one.weight, 0)}
        </span>
      </h2>
      <ul className="grid grid-cols-1 gap-2">
        {shown.map((one) => (
          <li
            key={one.id}
            className={cn(
              "grid gap-1 rounded-lg border border-l-4 bg-card p-2.5 pl-3.5 shadow-xs",
              isFor ? "border-l-success" : "border-l-destructive",
            )}
          >
            <p className="text-sm leading-snug text-pretty">{one.[[e.title.id]]}</p>
            <div className="-ml-1 flex items-center justify-between">
              <WeightDots
                about={one.[[e.title.id]]}
                value={one.weight}
                onChange={(weight) => [[e.many]].update(one.id, { weight })}
              />
              <[[e.type]]Menu [[e.one]]={one} onEdit={() => onEdit(one)} />
            </div>
          </li>
        ))}
      </ul>
      <IdeaComposer
        label={isFor ? "Add a pro" : "Add a con"}
        onAdd={(text) => [[e.many]].add({ ...start, [[e.title.id]]: text })}
      />
    </section>
  );
}
