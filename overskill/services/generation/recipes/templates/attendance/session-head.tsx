import { CheckCheck, ChevronDown, Eraser, Trash2 } from "lucide-react";
import { toast } from "sonner";

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { sessions, type Session } from "@/data/sessions";
import { formatDay } from "@/lib/format";

interface SessionHeadProps {
  session: Session;
  onAllPresent: () => void;
}

/** The date above a column, with what can be done to all of it. */
export function SessionHead({ session, onAllPresent }: SessionHeadProps) {
  function remove() {
    const undo = sessions.remove(session.id);
    toast(`${formatDay(session.date)} deleted`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <button
          type="button"
          aria-label={`Options for ${formatDay(session.date)}`}
          className="inline-flex flex-col items-center rounded-md px-1.5 py-1 leading-tight outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
        >
          <span className="text-xs font-normal text-muted-foreground">
            {formatDay(session.date, "EEE")}
          </span>
          <span className="inline-flex items-center gap-0.5 text-sm whitespace-nowrap font-semibold text-foreground">
            {formatDay(session.date, "d MMM")}
            <ChevronDown className="size-3 text-muted-foreground" aria-hidden />
          </span>
        </button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={onAllPresent}>
          <CheckCheck aria-hidden /> Mark all present
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => sessions.update(session.id, { marks: {} })}>
          <Eraser aria-hidden /> Clear all marks
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={remove}>
          <Trash2 aria-hidden /> Delete this date
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
