import { differenceInCalendarDays, parseISO } from "date-fns";

import { Badge } from "@/components/ui/badge";
import { formatRelativeDay } from "@/lib/format";

/** How urgent a day is; nothing is shown for "". */
export function DueBadge({ day }: { day: string }) {
  if (!day) return <span aria-hidden />;
  const days = differenceInCalendarDays(parseISO(day), new Date());
  if (days < 0)
    return <Badge tone="danger">{-days === 1 ? "1 day late" : `${-days} days late`}</Badge>;
  if (days === 0) return <Badge tone="warning">Due today</Badge>;
  return <Badge tone={days <= 2 ? "warning" : "outline"}>{formatRelativeDay(day)}</Badge>;
}
