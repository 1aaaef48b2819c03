import { useState } from "react";
import { Check, ChevronDown, Code, TriangleAlert, Wrench, X } from "lucide-react";
import { CodeFrame } from "./code_frame.jsx";
import { whereabouts } from "./preview_messages.js";
import { openFile } from "./source_link.jsx";

const BUTTON =
  "inline-flex h-8 shrink-0 items-center gap-1.5 rounded-lg border border-current/30 bg-surface px-3 font-medium transition-colors duration-150 hover:bg-hover";

/** What went wrong in the preview, where, and a way to have it fixed. What was sent already is not sent again. */
export function ErrorStrip({ error, isSent, onFix, onClose }) {
  const [isUnfolded, setUnfolded] = useState(false);
  const place = whereabouts(error);
  return (
    <div role="alert" className="shrink-0 border-t border-line bg-danger-soft px-3.5 py-2.5 text-[13px] text-danger animate-fade">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <TriangleAlert size={16} className="shrink-0" aria-hidden="true" />
        <div className="min-w-40 flex-1">
          {error.isHeldBack ? <p className="text-xs font-medium text-soft">Showing the last version that worked</p> : null}
          <p className="line-clamp-2 font-medium wrap-anywhere">{error.message}</p>
          {place ? <p className="truncate font-mono text-xs">{place}</p> : null}
        </div>
        <div className="ml-auto flex items-center gap-2">
          {error.excerpt ? (
            <IconOnly label={isUnfolded ? "Hide the code" : "Show the code"} isOn={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
              <ChevronDown size={15} className={`transition-transform duration-150 ${isUnfolded ? "rotate-180" : ""}`} aria-hidden="true" />
            </IconOnly>
          ) : null}
          {error.file ? (
            <button type="button" aria-label="Open in code" onClick={() => openFile(error)} className={BUTTON}>
              <Code size={13} aria-hidden="true" />
              <span className="max-lg:hidden">Open in code</span>
            </button>
          ) : null}
          {isSent ? (
            <p className="inline-flex h-8 shrink-0 items-center gap-1.5 font-medium">
              <Check size={14} aria-hidden="true" />
              Sent to the chat
            </p>
          ) : (
            <button type="button" onClick={onFix} className={BUTTON}>
              <Wrench size={13} aria-hidden="true" />
              Fix this
            </button>
          )}
          <IconOnly label="Hide this error" onClick={onClose}>
            <X size={14} aria-hidden="true" />
          </IconOnly>
        </div>
      </div>
      {isUnfolded && error.excerpt ? <CodeFrame excerpt={error.excerpt} line={error.line} className="mt-2.5 max-h-48 overflow-y-auto" /> : null}
    </div>
  );
}

function IconOnly({ label, isOn, onClick, children }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-expanded={isOn}
      onClick={onClick}
      className="grid size-7 shrink-0 place-items-center rounded-md hover:bg-surface"
    >
      {children}
    </button>
  );
}
