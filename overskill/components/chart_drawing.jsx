import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { placeText, tickText, valueText } from "./chart_values.js";

const FRAMES = { line: LineChart, area: AreaChart, bar: BarChart };
const TEXT = { fill: "var(--faint)", fontSize: 12 };

/** Fetched by chart.jsx once there is something to draw. */
export function Drawing({ rows, place, series, kind, unit, currency }) {
  const Frame = FRAMES[kind] ?? LineChart;
  const shape = { unit, currency };
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Frame data={rows} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey={place}
          tickFormatter={(value) => placeText(value)}
          tick={TEXT}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          minTickGap={36}
        />
        <YAxis
          tickFormatter={(value) => tickText(value, shape)}
          tick={TEXT}
          tickLine={false}
          axisLine={false}
          allowDecimals={Boolean(currency) || Boolean(unit)}
          width={56}
        />
        <Tooltip content={<Tip series={series} shape={shape} />} cursor={CURSORS[kind] ?? CURSORS.line} />
        {series.map((one) => drawn(kind, one))}
      </Frame>
    </ResponsiveContainer>
  );
}

const CURSORS = { bar: { fill: "var(--hover)" }, line: { stroke: "var(--strong)" } };

function drawn(kind, { key, tone, dashed }) {
  const colour = `var(--${tone})`;
  const stroke = {
    type: "monotone",
    stroke: colour,
    strokeWidth: 2,
    strokeDasharray: dashed ? "4 4" : undefined,
    dot: false,
    activeDot: { r: 4, stroke: "var(--surface)", strokeWidth: 2 },
    isAnimationActive: false,
  };
  if (kind === "bar") {
    return <Bar key={key} dataKey={key} fill={colour} radius={[4, 4, 0, 0]} maxBarSize={28} isAnimationActive={false} />;
  }
  if (kind === "area" && !dashed) {
    return <Area key={key} dataKey={key} fill={colour} fillOpacity={0.12} {...stroke} />;
  }
  // An area chart takes areas only: what it is compared with is one that is not filled.
  return kind === "area" ? (
    <Area key={key} dataKey={key} fill="none" {...stroke} />
  ) : (
    <Line key={key} dataKey={key} {...stroke} />
  );
}

function Tip({ active, payload, label, series, shape }) {
  if (!active || !payload?.length) return null;
  const row = payload[0].payload;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2 text-[13px] shadow-raised">
      <p className="mb-1 font-medium text-ink">{placeText(label)}</p>
      {series.map(({ key, label: name, tone }) => (
        <p key={key} className="flex items-center gap-2 text-soft">
          <span className="size-2 rounded-full" style={{ background: `var(--${tone})` }} />
          {name}
          <span className="ml-auto pl-4 font-medium tabular-nums text-ink">{valueText(row[key], shape)}</span>
        </p>
      ))}
    </div>
  );
}
