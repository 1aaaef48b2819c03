import { ArrowRight, MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
//% if stage
import { [[e.many]], [[stage.constant]], type [[e.type]] } from "@/data/[[e.files]]";
//% else
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
//% endif

interface [[e.type]]MenuProps {
  [[e.one]]: [[e.type]];
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Menu({ [[e.one]], onEdit }: [[e.type]]MenuProps) {
  function remove() {
    const undo = [[e.many]].remove([[e.one]].id);
    toast(`${[[e.one]].[[e.title.id]]} deleted`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          className="text-muted-foreground"
          aria-label={`Options for ${[[e.one]].[[e.title.id]]}`}
        >
          <MoreHorizontal aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => onEdit([[e.one]])}>
          <Pencil aria-hidden /> Edit
        </DropdownMenuItem>
//% if stage
        <DropdownMenuSeparator />
        {[[stage.constant]]
          .filter((option) => option !== [[e.one]].[[stage.id]])
          .map((option) => (
            <DropdownMenuItem
              key={option}
              onSelect={() => [[e.many]].update([[e.one]].id, { [[stage.id]]: option })}
            >
              <ArrowRight aria-hidden /> Move to {option}
            </DropdownMenuItem>
          ))}
//% endif
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={remove}>
          <Trash2 aria-hidden /> Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
