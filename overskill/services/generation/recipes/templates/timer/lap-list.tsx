import { Flag } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatStopwatch, type Lap } from "@/lib/stopwatch";

export function LapList({ laps }: { laps: Lap[] }) {
  if (laps.length === 0) {
    return <EmptyState icon={Flag} title="No laps yet" description="Each lap is listed here, the fastest one marked." />;
  }
  const times = laps.map(({ time }) => time);
  const [fastest, slowest] = [Math.min(...times), Math.max(...times)];
  return (
    <Card className="p-5">
      <h2 className="font-display font-semibold">Laps</h2>
      <ol className="mt-3 max-h-96 divide-y overflow-y-auto">
        {laps.map(({ number, time, total }) => (
          <li key={number} className="flex items-center gap-3 py-2.5 text-sm tabular-nums">
            <span className="w-14 text-muted-foreground">Lap {number}</span>
            <span className="font-medium">{formatStopwatch(time)}</span>
            {laps.length > 2 && time === fastest && <Badge tone="success">Fastest</Badge>}
            {laps.length > 2 && time === slowest && <Badge tone="warning">Slowest</Badge>}
            <span className="ml-auto text-muted-foreground">{formatStopwatch(total)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
