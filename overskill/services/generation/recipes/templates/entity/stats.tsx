import { [[icons]] } from "lucide-react";

import { StatCard } from "@/components/ui/stat-card";
import { dueDay, type [[e.type]] } from "@/data/[[e.files]]";
import { daysFromNow, formatMoney, formatNumber, formatPercent, plural, today } from "@/lib/format";
import { currentStreak, longestStreak, weekShare } from "@/lib/streaks";

export function [[e.type]]Stats({ [[e.many]] }: { [[e.many]]: [[e.type]][] }) {
//% for line in lets
  [[line]]
//% endfor

  return (
    <div className="grid [% if stats | length == 3 %]grid-cols-3 gap-2 sm:gap-3[% elif stats | length == 4 %]grid-cols-2 gap-3 lg:grid-cols-4[% else %]grid-cols-[[stats | length]] gap-3[% endif %]">
//% for stat in stats
      <StatCard label=[[stat.label | attr]] value={[[stat.value]]} icon={[[stat.icon]]}[% if stat.tone %] tone="[[stat.tone]]"[% endif %] />
//% endfor
    </div>
  );
}
