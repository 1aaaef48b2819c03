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
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-[[stats | length]]">
//% for stat in stats
      <StatCard label=[[stat.label | attr]] value={[[stat.value]]} icon={[[stat.icon]]}[% if stat.tone %] tone="[[stat.tone]]"[% endif %] />
//% endfor
    </div>
  );
}
