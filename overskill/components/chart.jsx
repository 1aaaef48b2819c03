import { useEffect, useState } from "react";
import { isEmpty, placeText, valueText } from "./chart_values.js";

/** Recharts is large: only a page that shows a chart with something in it fetches it. */
function useDrawing(isWanted) {
  const [drawing, setDrawing] = useState(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    if (!isWanted || drawing) return;
    import("./chart_drawing.jsx").then(
      (found) => setDrawing(found),
      () => setMissing(true),
    );
  }, [isWanted]);
  return [drawing, isMissing];
}

/**
 * A chart, and for who does not see it the same as a table.
 * @param {{ rows: object[], place: string, series: { key: string, label: string, tone: string, dashed?: boolean }[] }} props
 */
export function Chart({ label, rows, place, series, kind, unit, currency, height, nothing }) {
  const nobody = isEmpty(rows, series);
  const [drawing, isMissing] = useDrawing(!nobody);
  return (
    <figure className="m-0 min-w-0">
      {series.length > 1 && !nobody && <Legend series={series} />}
      <div style={{ height: isMissing ? undefined : height }} className="relative w-full">
        {nobody && (
          <p className="grid h-full place-items-center rounded-lg bg-sunken px-4 text-center text-sm text-faint">
            {nothing}
          </p>
        )}
        {!nobody && drawing && (
          <div aria-hidden="true" className="h-full">
            <drawing.Drawing {...{ rows, place, series, kind, unit, currency }} />
          </div>
        )}
        {!nobody && (
          <Figures {...{ label, rows, place, series, unit, currency }} className={isMissing ? "" : "sr-only"} />
        )}
      </div>
    </figure>
  );
}

function Legend({ series }) {
  return (
    <ul aria-hidden="true" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-soft">
      {series.map(({ key, label, tone, dashed }) => (
        <li key={key} className="flex items-center gap-1.5">
          <span
            className="inline-block w-4 border-t-2"
            style={{ borderColor: `var(--${tone})`, borderStyle: dashed ? "dashed" : "solid" }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}

function Figures({ label, rows, place, series, unit, currency, className }) {
  return (
    <div className={className || "max-h-72 overflow-auto text-[13px]"} tabIndex={className ? undefined : 0}>
      <table className="w-full tabular-nums">
        <caption className="pb-2 text-left text-faint">{label}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Where</span>
            </th>
            {series.map((one) => (
              <th key={one.key} scope="col" className="text-left font-medium">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[place]}>
              <th scope="row" className="text-left font-normal">
                {placeText(row[place])}
              </th>
              {series.map(({ key }) => (
                <td key={key}>{valueText(row[key], { unit, currency })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
