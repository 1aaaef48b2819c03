import { Check, Wrench } from "lucide-react";
import { Button } from "./buttons.jsx";
import { CodeFrame } from "./code_frame.jsx";
import { Stack } from "./preview_console.jsx";
import { SourceLink } from "./source_link.jsx";

/** The app's errors, each once, with what stands there in its code. Those of the version shown come first. */
export function ErrorsTab({ log, isSent, onFix }) {
  const current = log.failures.filter(({ isPast }) => !isPast).reverse();
  const past = log.failures.filter(({ isPast }) => isPast).reverse();
  const unsent = current.filter((error) => !isSent(error));
  if (log.failures.length === 0) return <p className="grid flex-1 place-items-center p-4 text-center text-[13px] text-faint">No errors. If the app has one, it appears here.</p>;
  return (
    <div role="region" aria-label="Errors of the app" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]">
      {unsent.length > 1 ? (
        <div className="sticky top-0 z-10 flex items-center justify-between gap-3 border-b border-line bg-surface px-3 py-1.5 text-[13px] text-soft">
          {unsent.length} errors
          <Button Icon={Wrench} onClick={() => onFix(unsent)} className="h-7!">
            Fix all
          </Button>
        </div>
      ) : null}
      {current.map((error) => (
        <Failure key={error.id} error={error} isSent={isSent(error)} onFix={() => onFix([error])} />
      ))}
      {past.length > 0 ? <p className="border-b border-line bg-sunken px-3 py-1.5 text-xs font-medium text-faint">Before the latest change</p> : null}
      {past.map((error) => (
        <Failure key={error.id} error={error} isSent={false} onFix={null} />
      ))}
    </div>
  );
}

function Failure({ error, isSent, onFix }) {
  return (
    <article className="border-b border-line px-3 py-2.5 text-[13px]">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className={`font-medium wrap-anywhere ${onFix ? "text-danger" : "text-soft"}`}>
            {error.message}
            {error.count > 1 ? <span className="ml-2 rounded-full bg-hover px-1.5 text-[11px] tabular-nums">{error.count} times</span> : null}
          </p>
          {error.isHeldBack && onFix ? <p className="text-xs text-soft">The preview shows the last version that worked.</p> : null}
          {error.file ? <SourceLink place={error} className="mt-0.5 max-w-full" /> : null}
        </div>
        {isSent ? (
          <p className="inline-flex h-7 shrink-0 items-center gap-1.5 text-xs font-medium text-soft">
            <Check size={13} aria-hidden="true" />
            Sent to the chat
          </p>
        ) : onFix ? (
          <Button Icon={Wrench} onClick={onFix} className="h-7!">
            Fix this
          </Button>
        ) : null}
      </div>
      {error.excerpt && onFix ? <CodeFrame excerpt={error.excerpt} line={error.line} className="mt-2" /> : null}
      {onFix ? <Stack frames={error.frames.slice(1)} /> : null}
    </article>
  );
}
