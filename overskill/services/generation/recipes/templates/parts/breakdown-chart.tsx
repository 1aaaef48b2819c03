import {
  Bar,
  BarChart,
  Cell,
  Pie,
  PieChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Slice } from "@/lib/summaries";

interface BreakdownChartProps {
  title: string;
  kind: "bars" | "donut";
  data: Slice[];
  format: (value: number) => string;
}

const COLOURS = [1, 2, 3, 4, 5].map((number) => `var(--chart-${number})`);
const MOST = 8;
const TOOLTIP = {
  background: "var(--popover)",
  border: "1px solid var(--border)",
  borderRadius: 8,
  fontSize: 13,
};

export function BreakdownChart({ title, kind, data, format }: BreakdownChartProps) {
  const shown = data.slice(0, MOST);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent>
        {kind === "donut" ? (
          <Donut data={shown} format={format} />
        ) : (
          <Bars data={shown} format={format} />
        )}
      </CardContent>
    </Card>
  );
}

type ChartProps = Pick<BreakdownChartProps, "data" | "format">;

function Bars({ data, format }: ChartProps) {
  return (
    <div className="h-60">
      <ResponsiveContainer
        width="100%"
        height="100%"
        initialDimension={{ width: 320, height: 240 }}
      >
        <BarChart data={data} layout="vertical" margin={{ left: 0, right: 16 }}>
          <XAxis type="number" hide />
          <YAxis
            type="category"
            dataKey="name"
            width={104}
            tickLine={false}
            axisLine={false}
            fontSize={12}
            stroke="var(--muted-foreground)"
          />
          <Tooltip
            cursor={{ fill: "var(--muted)" }}
            contentStyle={TOOLTIP}
            itemStyle={{ color: "var(--popover-foreground)" }}
            formatter={(value) => [format(Number(value)), ""]}
            separator=""
          />
          <Bar
            dataKey="value"
            fill="var(--chart-1)"
            radius={[0, 6, 6, 0]}
            maxBarSize={26}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function Donut({ data, format }: ChartProps) {
  return (
    <div className="flex flex-col items-center gap-6 sm:flex-row">
      <div className="h-52 w-52 shrink-0">
        <ResponsiveContainer
          width="100%"
          height="100%"
          initialDimension={{ width: 208, height: 208 }}
        >
          <PieChart>
            <Pie
              data={data}
              dataKey="value"
              nameKey="name"
              innerRadius={62}
              outerRadius={92}
              paddingAngle={2}
              stroke="none"
              isAnimationActive={false}
            >
              {data.map((slice, index) => (
                <Cell key={slice.name} fill={COLOURS[index % COLOURS.length]} />
              ))}
            </Pie>
            <Tooltip
              contentStyle={TOOLTIP}
              itemStyle={{ color: "var(--popover-foreground)" }}
              formatter={(value) => format(Number(value))}
            />
          </PieChart>
        </ResponsiveContainer>
      </div>
      <ul className="grid w-full gap-2 text-sm">
        {data.map((slice, index) => (
          <li key={slice.name} className="flex items-center gap-2">
            <span
              aria-hidden
              className="size-2.5 shrink-0 rounded-full"
              style={{ background: COLOURS[index % COLOURS.length] }}
            />
            <span className="truncate">{slice.name}</span>
            <span className="ml-auto font-medium tabular-nums">{format(slice.value)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
