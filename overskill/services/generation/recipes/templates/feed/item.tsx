import { Heart, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

export function [[e.type]]Item({ [[e.one]] }: { [[e.one]]: [[e.type]] }) {
  function like() {
    const change = [[e.one]].[[liked]] ? -1 : 1;
    [[e.many]].update([[e.one]].id, { [[liked]]: ![[e.one]].[[liked]], [[likes]]: [[e.one]].[[likes]] + change });
  }

  function remove() {
    const undo = [[e.many]].remove([[e.one]].id);
    toast("Message deleted", { action: { label: "Undo", onClick: undo } });
  }

  return (
    <Card className="group flex gap-3 p-4">
      <Avatar name={[[e.one]].[[author]]} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="font-semibold">{[[e.one]].[[author]]}</span>
          <span className="text-muted-foreground">{formatRelativeDay([[e.one]].[[date]])}</span>
//% if topic
          <Badge tone="outline">{[[e.one]].[[topic.id]]}</Badge>
//% endif
//% for f in facts
          {[[f.present(e.one)]] && <Badge>{[[f.shown(e.one)]]}</Badge>}
//% endfor
        </p>
        <p className="mt-1 leading-relaxed break-words whitespace-pre-wrap">{[[e.one]].[[body]]}</p>
        <div className="mt-2 -ml-2 flex gap-1">
          <Button
            variant="ghost"
            size="sm"
            aria-pressed={[[e.one]].[[liked]]}
            aria-label="Like"
            className={cn("text-muted-foreground", [[e.one]].[[liked]] && "text-primary")}
            onClick={like}
          >
            <Heart className={cn([[e.one]].[[liked]] && "fill-current")} aria-hidden />
            <span className="tabular-nums">{[[e.one]].[[likes]]}</span>
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Delete"
            className="text-muted-foreground sm:opacity-0 sm:group-hover:opacity-100 sm:focus-visible:opacity-100"
            onClick={remove}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      </div>
    </Card>
  );
}
