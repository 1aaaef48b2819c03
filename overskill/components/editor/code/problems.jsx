import { CircleAlert, CircleCheck, TriangleAlert, X } from "lucide-react";
import { ToolButton } from "./tool_button.jsx";

/** All that is wrong with the app, as the last save found it, and with the types of the file in front. */
export function Problems({ diagnostics, onOpen, onClose }) {
  return (
    <section aria-label="Problems" className="flex max-h-[40%] min-h-28 shrink-0 flex-col border-t border-line bg-surface">
      <header className="flex h-9 shrink-0 items-center justify-between pl-3.5 pr-1.5">
        <h2 className="text-xs font-semibold text-ink">Problems</h2>
        <ToolButton label="Close the problems" Icon={X} onClick={onClose} side="top" />
      </header>
      {diagnostics.length ? (
        <ul className="min-h-0 overflow-y-auto pb-1.5">
          {diagnostics.map((each, index) => (
            <Problem key={index} problem={each} onOpen={onOpen} />
          ))}
        </ul>
      ) : (
        <p className="flex items-center gap-2 px-3.5 pb-4 text-[13px] text-faint">
          <CircleCheck size={14} className="text-positive" aria-hidden="true" />
          Nothing is wrong. Each save looks again.
        </p>
      )}
    </section>
  );
}

function Problem({ problem: { file, line, column, message, severity }, onOpen }) {
  const isError = severity === "error";
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(file, { line: line || 1, column: column || 1 })}
        className="flex w-full items-start gap-2.5 px-3.5 py-1.5 text-left text-[13px] hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <Icon size={14} className={`mt-0.5 shrink-0 ${isError ? "text-danger" : "text-warning"}`} aria-hidden="true" />
        <span className="min-w-0 flex-1 break-words text-ink">{message}</span>
        <span className="max-w-[45%] shrink-0 truncate font-mono text-xs text-faint">
          {file}
          {line ? `:${line}` : ""}
        </span>
      </button>
    </li>
  );
}
