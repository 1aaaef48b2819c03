import { Pencil, PartyPopper } from "lucide-react";
import { isValid } from "date-fns";
import { useState } from "react";

import { EventDialog } from "@/components/event-dialog";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { counted, remaining, timeOf } from "@/lib/event";
import { formatNumber } from "@/lib/format";
import { useStore } from "@/lib/storage";
import { useNow } from "@/lib/use-now";

const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

export function [[component]]() {
  const [event] = useStore(counted);
  const [isEditing, setIsEditing] = useState(false);
  const now = useNow(true, 500);
  const date = timeOf(event);
  const left = remaining(date, now);
  const isToday = left.isOver && left.days === 0;
  const blocks = [
    ["Days", left.days],
    ["Hours", left.hours],
    ["Minutes", left.minutes],
    ["Seconds", left.seconds],
  ] as const;

  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-8 py-4 text-center sm:py-10">
      <header>
        <p className="text-sm font-medium text-muted-foreground">
          {isToday ? "It is time" : left.isOver ? "It has been" : "Only so long until"}
        </p>
        <h1 className="mt-2 font-display text-4xl font-semibold tracking-tight text-balance break-words sm:text-6xl">
          {event.title}
        </h1>
        {isValid(date) && (
          <p className="mt-3 text-muted-foreground">
            {LONG.format(date)}
            {date.getHours() + date.getMinutes() > 0 && `, ${TIME.format(date)}`}
          </p>
        )}
      </header>

      {isToday ? (
        <Card className="grid justify-items-center gap-4 border-primary bg-primary p-10 text-primary-foreground">
          <PartyPopper className="size-16" aria-hidden />
          <p className="font-display text-3xl font-semibold">It's here!</p>
        </Card>
      ) : (
        <ul role="timer" className="grid grid-cols-2 gap-3 sm:grid-cols-4 sm:gap-5">
          {blocks.map(([label, value], index) => (
            <li key={label}>
              <Card className={index === 0 ? "bg-primary p-5 text-primary-foreground sm:p-8" : "p-5 sm:p-8"}>
                <p className="font-display text-5xl font-semibold tracking-tight tabular-nums sm:text-7xl">
                  {index === 0 ? formatNumber(value) : String(value).padStart(2, "0")}
                </p>
                <p className="mt-2 text-sm opacity-75">{label}</p>
              </Card>
            </li>
          ))}
        </ul>
      )}

      <div className="grid justify-items-center gap-4">
        {!left.isOver && left.days >= 14 && (
          <p className="text-muted-foreground">
            That is {formatNumber(Math.floor(left.days / 7))} weeks, or {formatNumber(left.days * 24 + left.hours)} hours.
          </p>
        )}
        {event.isExample && <p className="text-sm text-muted-foreground">The date is an example: set your own.</p>}
        <Button variant={event.isExample ? "primary" : "outline"} onClick={() => setIsEditing(true)}>
          <Pencil aria-hidden /> {event.isExample ? "Set the date" : "Change the date or the title"}
        </Button>
      </div>
      {isEditing && <EventDialog onClose={() => setIsEditing(false)} />}
    </div>
  );
}
