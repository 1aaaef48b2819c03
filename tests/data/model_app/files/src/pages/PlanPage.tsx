import { addWeeks } from "date-fns";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { DayColumn } from "@/features/plan/DayColumn";
import { weekOf } from "@/features/plan/store";
import { formatDay } from "@/lib/format";

export function PlanPage() {
  const [offset, setOffset] = useState(0);
  const days = weekOf(addWeeks(new Date(), offset));
  const [first = "", last = ""] = [days[0], days[6]];
  return (
    <>
      <PageHeader title="Week" description={`${formatDay(first, "d MMM")} to ${formatDay(last)}`}>
        <Button variant="outline" size="icon" aria-label="Week before" onClick={() => setOffset(offset - 1)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button variant="outline" disabled={offset === 0} onClick={() => setOffset(0)}>
          This week
        </Button>
        <Button variant="outline" size="icon" aria-label="Week after" onClick={() => setOffset(offset + 1)}>
          <ChevronRight aria-hidden />
        </Button>
      </PageHeader>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {days.map((day) => (
          <DayColumn key={day} day={day} />
        ))}
      </div>
    </>
  );
}
