import { useEffect, useLayoutEffect, useRef, useState } from "react";

const OVERSCAN = 8;

/**
 * Rows of one height, of which only those in sight are drawn. New ones keep it at its end while it is there. A click or
 * the arrow keys choose one.
 *
 * @param {{ label: string, rows: { id: number }[], height: number, chosen: number | null,
 *   onChoose: (id: number | null) => void, children: (row: object) => object, aside?: (row: object) => object,
 *   tone?: (row: object) => string }} props  `aside` draws what of a row can be clicked for itself.
 */
export function RowList({ label, rows, height, chosen, onChoose, children, aside = () => null, tone = () => "" }) {
  const box = useRef(null);
  const isAtEnd = useRef(true);
  const [sight, setSight] = useState({ top: 0, height: 400 });
  useEffect(() => {
    const sized = new ResizeObserver(([{ contentRect }]) => setSight((before) => ({ ...before, height: contentRect.height })));
    sized.observe(box.current);
    return () => sized.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [rows.at(-1)?.id, rows.length]);

  const first = Math.max(0, Math.floor(sight.top / height) - OVERSCAN);
  const shown = rows.slice(first, Math.ceil((sight.top + sight.height) / height) + OVERSCAN);
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || rows.length === 0) return;
    event.preventDefault();
    const at = rows.findIndex(({ id }) => id === chosen);
    const next = Math.max(0, Math.min(at < 0 ? rows.length - 1 : at + step, rows.length - 1));
    onChoose(rows[next].id);
    box.current.scrollTop = Math.min(Math.max(box.current.scrollTop, (next + 1) * height - sight.height), next * height);
  };
  return (
    <div
      ref={box}
      role="list"
      aria-label={label}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - height;
        setSight((before) => ({ ...before, top: scrollTop }));
      }}
      className="min-h-0 min-w-0 flex-1 overflow-y-auto overflow-x-hidden focus-visible:outline-offset-[-2px]"
    >
      <div style={{ height: rows.length * height }} className="relative">
        {shown.map((row, index) => (
          <div
            key={row.id}
            role="listitem"
            aria-setsize={rows.length}
            aria-posinset={first + index + 1}
            style={{ top: (first + index) * height, height }}
            className={`absolute inset-x-0 flex border-b border-line/60 ${row.id === chosen ? "bg-accent-soft" : `hover:bg-hover ${tone(row)}`}`}
          >
            <button
              type="button"
              tabIndex={-1}
              aria-pressed={row.id === chosen}
              onClick={() => onChoose(row.id === chosen ? null : row.id)}
              className="h-full min-w-0 flex-1 cursor-default text-left"
            >
              {children(row)}
            </button>
            {aside(row)}
          </div>
        ))}
      </div>
    </div>
  );
}
