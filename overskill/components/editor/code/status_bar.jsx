import { useSyncExternalStore } from "react";
import { Check, CircleAlert, CircleDashed, CloudOff, Radio, TriangleAlert, WandSparkles } from "lucide-react";
import { keyWords } from "./around.js";
import { savedWords } from "./status_words.js";

const BUTTON = "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md px-1.5 hover:bg-hover hover:text-ink";

/** The line under the editor: what is saved, what is wrong, where the cursor is. */
export function StatusBar({ workspace, now, isListing, onProblems, isFormatting, onFormatting, onWatch }) {
  const buffer = workspace.opened(now.tabs.active)?.buffer;
  return (
    <footer className="flex h-8 shrink-0 items-center gap-1.5 overflow-hidden border-t border-line bg-canvas px-2 text-xs text-soft">
      <SavedWords {...savedWords(now.statuses, now.tabs.active)} />
      {onWatch ? (
        <button type="button" onClick={onWatch} className={`${BUTTON} font-medium text-accent-ink`}>
          <Radio size={13} className="animate-breathe" aria-hidden="true" />
          <span className="@max-md:hidden">Watch what is written</span>
        </button>
      ) : null}
      <span className="flex-1" />
      {buffer ? <CursorPlace key={now.tabs.active} buffer={buffer} /> : null}
      <button
        type="button"
        aria-pressed={isFormatting}
        title={`${keyWords("mod+s").join(" ")} formats the file, too`}
        onClick={() => onFormatting(!isFormatting)}
        className={`${BUTTON} @max-lg:hidden aria-pressed:text-accent-ink`}
      >
        <WandSparkles size={13} aria-hidden="true" />
        Format on save
      </button>
      <ProblemCount diagnostics={now.diagnostics} isListing={isListing} onProblems={onProblems} />
    </footer>
  );
}

/** Its icon keeps still: one that turns is drawn sixty times a second, just while somebody types. */
function SavedWords({ words, tone }) {
  const Icon = words.startsWith("Offline") ? CloudOff : tone ? TriangleAlert : words === "Saved" ? Check : CircleDashed;
  const style = { "": "text-faint", warning: "text-warning", danger: "text-danger" }[tone];
  return (
    <span role="status" className={`inline-flex h-6 min-w-0 items-center gap-1.5 px-1.5 ${style}`} title={words}>
      <Icon size={13} className="shrink-0" aria-hidden="true" />
      <span className="truncate">{words}</span>
    </span>
  );
}

function CursorPlace({ buffer }) {
  const words = useSyncExternalStore(buffer.onCursor, buffer.cursorWords);
  return <span className="shrink-0 whitespace-nowrap px-1.5 tabular-nums text-faint @max-md:hidden">{words}</span>;
}

function ProblemCount({ diagnostics, isListing, onProblems }) {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const words = diagnostics.length === 1 ? "1 problem" : `${diagnostics.length || "No"} problems`;
  return (
    <button
      type="button"
      aria-expanded={isListing}
      onClick={onProblems}
      className={`${BUTTON} ${errors ? "text-danger" : diagnostics.length ? "text-warning" : ""}`}
    >
      <CircleAlert size={13} aria-hidden="true" />
      {words}
    </button>
  );
}
