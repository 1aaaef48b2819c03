import { CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";

interface CourseChartProps {
  title: string;
  /** What everyone has after each step, by id; the first row is step `from`. */
  data: Record<string, number>[];
  names: Map<string, string>;
  from?: number;
}

const COLOURS = ["var(--chart-1)", "var(--chart-3)", "var(--chart-5)", "var(--chart-4)", "var(--chart-2)"];

/** How the lead has changed: a line for each. */
export function CourseChart({ title, data, names, from = 0 }: CourseChartProps) {
  const rows = data.map((values, step) => ({ ...values, step: step + from }));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent className="h-72 pl-1">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 240 }}>
          <LineChart data={rows} margin={{ top: 8, right: 8 }}>
            <CartesianGrid vertical={false} stroke="var(--border)" />
            <XAxis dataKey="step" tickLine={false} axisLine={false} tickMargin={8} fontSize={12} stroke="var(--muted-foreground)" />
            <YAxis
              width={44}
              domain={["auto", "auto"]}
              allowDecimals={false}
              tickLine={false}
              axisLine={false}
              fontSize={12}
              stroke="var(--muted-foreground)"
            />
            <Tooltip
              contentStyle={{
                background: "var(--popover)",
                border: "1px solid var(--border)",
                borderRadius: 8,
                fontSize: 13,
              }}
            />
            <Legend iconType="plainline" wrapperStyle={{ fontSize: 12 }} />
            {[...names].slice(0, 10).map(([id, name], index) => (
              <Line
                key={id}
                type="linear"
                dataKey={id}
                name={name}
                stroke={COLOURS[index % COLOURS.length]}
                strokeDasharray={index < COLOURS.length ? undefined : "5 4"}
                strokeWidth={2.5}
                dot={false}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </CardContent>
    </Card>
  );
}
