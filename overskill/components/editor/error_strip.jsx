import { Check, TriangleAlert, Wrench, X } from "lucide-react";
import { whereabouts } from "./preview_messages.js";

/** What went wrong in the preview, and a way to have it fixed. What was sent already is not sent again. */
export function ErrorStrip({ error, isSent, onFix, onClose }) {
  const place = whereabouts(error);
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-3 border-t border-line bg-danger-soft px-3.5 py-2.5 text-[13px] text-danger animate-fade"
    >
      <TriangleAlert size={16} className="shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 font-medium">{error.message}</p>
        {place ? <p className="truncate font-mono text-xs">{place}</p> : null}
      </div>
      {isSent ? (
        <p className="inline-flex h-8 shrink-0 items-center gap-1.5 font-medium">
          <Check size={14} aria-hidden="true" />
          Sent to the chat
        </p>
      ) : (
        <button
          type="button"
          onClick={onFix}
          className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-lg border border-current/30 bg-surface px-3 font-medium transition-colors duration-150 hover:bg-hover"
        >
          <Wrench size={13} aria-hidden="true" />
          Fix this
        </button>
      )}
      <button
        type="button"
        aria-label="Hide this error"
        onClick={onClose}
        className="grid size-7 shrink-0 place-items-center rounded-md hover:bg-surface"
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
