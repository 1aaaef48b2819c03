import { ChevronLeft, ChevronRight } from "lucide-react";

import { Button } from "@/components/ui/button";
import { nameOfWeek } from "@/lib/week";

interface WeekSwitcherProps {
  /** Weeks from this one. */
  week: number;
  onChange: (week: number) => void;
}

export function WeekSwitcher({ week, onChange }: WeekSwitcherProps) {
  return (
    <div className="flex items-center gap-1" role="group" aria-label="Week">
      <Button variant="outline" size="icon" aria-label="Week before" onClick={() => onChange(week - 1)}>
        <ChevronLeft aria-hidden />
      </Button>
      <p className="min-w-32 text-center text-sm font-medium tabular-nums" role="status">
        {nameOfWeek(week)}
      </p>
      <Button variant="outline" size="icon" aria-label="Next week" onClick={() => onChange(week + 1)}>
        <ChevronRight aria-hidden />
      </Button>
      {week !== 0 && (
        <Button variant="ghost" onClick={() => onChange(0)}>
          This week
        </Button>
      )}
    </div>
  );
}
