import { useRef, useState, useSyncExternalStore } from "react";
import { Ban, RotateCw, X } from "lucide-react";
import { IconButton } from "./buttons.jsx";
import { ConsoleTab } from "./preview_console.jsx";
import { ErrorsTab } from "./preview_errors.jsx";
import { NetworkTab } from "./preview_network.jsx";

const SHORTEST = 140;
const TALLEST_SHARE = 0.75;
const STEP = 24;
const TABS = [
  ["console", "Console", ConsoleTab, (log) => log.lines.filter(({ level }) => level !== "reload").length],
  ["network", "Network", NetworkTab, (log) => log.requests.length],
  ["errors", "Errors", ErrorsTab, (log) => log.failures.filter(({ isPast }) => !isPast).length],
];

/** What the app says while it runs: a drawer under it. */
export function PreviewPanel({ log, panel, onPanel, isSent, onFix }) {
  useSyncExternalStore(log.subscribe, log.version, log.version);
  const drawer = useRef(null);
  const [, , Tab] = TABS.find(([id]) => id === panel.tab);
  const resize = (height) => {
    const tallest = (drawer.current?.parentElement?.clientHeight ?? 800) * TALLEST_SHARE;
    onPanel({ ...panel, height: Math.round(Math.max(SHORTEST, Math.min(height, tallest))) });
  };
  return (
    <section
      ref={drawer}
      aria-label="Console, network and errors"
      style={{ height: panel.height }}
      className="relative flex max-h-[75%] shrink-0 flex-col border-t border-line bg-surface"
    >
      <Edge height={panel.height} drawer={drawer} onResize={resize} />
      <header className="flex h-9 shrink-0 items-center gap-1 border-b border-line pl-1 pr-1.5">
        <Tabs log={log} tab={panel.tab} onTab={(tab) => onPanel({ ...panel, tab })} />
        <div className="ml-auto flex items-center gap-0.5">
          <IconButton
            label={panel.isKept ? "Kept when the app reloads" : "Keep when the app reloads"}
            Icon={RotateCw}
            aria-pressed={panel.isKept}
            onClick={() => onPanel({ ...panel, isKept: !panel.isKept })}
            className="aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          />
          <IconButton label="Clear" Icon={Ban} onClick={() => log.clear()} />
          <IconButton
            label="Close"
            Icon={X}
            onClick={() => onPanel({ ...panel, isOpen: false })}
            className="[&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0"
          />
        </div>
      </header>
      <div id="preview-panel" role="tabpanel" aria-labelledby={`preview-tab-${panel.tab}`} className="flex min-h-0 flex-1 flex-col">
        <Tab log={log} isSent={isSent} onFix={onFix} />
      </div>
    </section>
  );
}

function Tabs({ log, tab, onTab }) {
  const onKeyDown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (TABS.findIndex(([id]) => id === tab) + step + TABS.length) % TABS.length;
    onTab(TABS[next][0]);
    event.currentTarget.children[next].focus();
  };
  return (
    <div role="tablist" aria-label="What the app says" onKeyDown={onKeyDown} className="flex h-full items-center">
      {TABS.map(([id, words, , countOf]) => {
        const count = countOf(log);
        return (
          <button
            key={id}
            id={`preview-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === tab}
            aria-controls="preview-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => onTab(id)}
            className="relative flex h-full items-center gap-1.5 px-2.5 text-[13px] font-medium text-soft transition-colors duration-150 hover:text-ink focus-visible:outline-offset-[-3px] aria-selected:text-ink after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 after:rounded-full aria-selected:after:bg-accent"
          >
            {words}
            {count > 0 ? (
              <span className={`rounded-full px-1.5 text-[11px] leading-4 tabular-nums ${id === "errors" ? "bg-danger-soft text-danger" : "bg-hover text-soft"}`}>
                {count > 999 ? "999+" : count}
              </span>
            ) : null}
          </button>
        );
      })}
    </div>
  );
}

function Edge({ height, drawer, onResize }) {
  const [isDragging, setDragging] = useState(false);
  return (
    <div
      role="separator"
      aria-label="Height of the console"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={SHORTEST}
      tabIndex={0}
      onKeyDown={(event) => {
        const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!direction) return;
        event.preventDefault();
        onResize(height + direction * STEP);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={(event) => isDragging && onResize(drawer.current.getBoundingClientRect().bottom - event.clientY)}
      onPointerUp={() => setDragging(false)}
      onPointerCancel={() => setDragging(false)}
      className={`absolute inset-x-0 -top-1 z-20 h-2 cursor-row-resize touch-none after:absolute after:inset-x-0 after:top-1/2 after:h-px after:-translate-y-1/2 after:transition-[background,height] after:duration-150 hover:after:h-0.5 hover:after:bg-ring focus-visible:outline-none focus-visible:after:h-0.5 focus-visible:after:bg-ring ${isDragging ? "after:h-0.5! after:bg-ring!" : ""}`}
    />
  );
}
