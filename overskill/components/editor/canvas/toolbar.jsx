import { useEffect } from "react";
import { AppWindow, Check, CircleAlert, LoaderCircle, Monitor, Redo2, Smartphone, Tablet, Undo2 } from "lucide-react";
import { createUsePuck } from "@puckeditor/core";

const usePuck = createUsePuck();

export const WIDTHS = [
  { name: "Desktop", width: 0, Icon: Monitor },
  { name: "Tablet", width: 820, Icon: Tablet },
  { name: "Phone", width: 390, Icon: Smartphone },
];

/** The page that is edited, how wide it is shown, back and forth, and whether all is saved. */
export function Toolbar({ picker, width, onWidth, isBeside, onBeside, view }) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line bg-surface px-2.5">
      {picker}
      <Saving view={view} />
      <div className="ml-auto flex items-center gap-1.5">
        <History />
        <div role="group" aria-label="Width" className="inline-flex items-center gap-0.5 rounded-lg bg-hover p-0.5">
          {WIDTHS.map((each) => (
            <button
              key={each.name}
              type="button"
              aria-label={each.name}
              aria-pressed={each === width}
              data-tip={each.name}
              onClick={() => onWidth(each)}
              className={`tip grid h-6.5 w-8 place-items-center rounded-md ${each === width ? "bg-surface text-ink shadow-card" : "text-faint hover:text-ink"}`}
            >
              <each.Icon size={14} aria-hidden="true" />
            </button>
          ))}
        </div>
        <ToolButton label="Show the app beside" isOn={isBeside} onClick={onBeside} Icon={AppWindow} />
      </div>
    </div>
  );
}

function History() {
  const history = usePuck(({ history }) => history);
  return (
    <>
      <ToolButton label="Undo" isOff={!history.hasPast} onClick={history.back} Icon={Undo2} />
      <ToolButton label="Redo" isOff={!history.hasFuture} onClick={history.forward} Icon={Redo2} />
    </>
  );
}

function ToolButton({ label, onClick, Icon, isOff = false, isOn = undefined }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      data-tip={label}
      disabled={isOff}
      onClick={() => onClick()}
      className={`tip grid size-7.5 shrink-0 place-items-center rounded-lg transition-colors duration-150 disabled:opacity-35 [&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0 ${
        isOn ? "bg-accent-soft text-accent-ink" : "text-soft hover:bg-hover hover:text-ink"
      }`}
    >
      <Icon size={15} aria-hidden="true" />
    </button>
  );
}

const SAVING = {
  saved: ["Saved", Check],
  waiting: ["Saving…", LoaderCircle],
  saving: ["Saving…", LoaderCircle],
  failed: ["Not saved", CircleAlert],
};

export function Saving({ view: { saving, notice } }) {
  const [words, Icon] = SAVING[saving];
  const isFailure = saving === "failed";
  return (
    <span role="status" title={notice} className={`inline-flex min-w-0 items-center gap-1.5 px-1.5 text-xs ${isFailure ? "text-danger" : "text-faint"}`}>
      <Icon size={13} aria-hidden="true" className={Icon === LoaderCircle ? "animate-spin" : ""} />
      <span className="truncate max-lg:sr-only">{words}</span>
    </span>
  );
}

/** Undo and redo by keyboard also where the focus is beside the canvas. */
export function useHistoryKeys(box) {
  const history = usePuck(({ history }) => history);
  useEffect(() => {
    const onKey = (event) => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (isTyping || !(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      if (event.shiftKey) history.forward();
      else history.back();
    };
    const element = box.current;
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [history]);
}
