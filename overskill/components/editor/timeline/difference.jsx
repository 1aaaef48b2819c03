import { useEffect, useState } from "react";
import { ChevronDown } from "lucide-react";
import { DiffView } from "$/public/external/overskill/components/editor/browser/diff_view.jsx";

/** One file that differs: its name, how much, and on demand the two texts side by side. */
export function Difference({ file, api, isChosen, onToggle, isOpenAtFirst }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { path, before, after, added, removed } = file;
  return (
    <li className="border-b border-line last:border-b-0">
      <div className="flex items-center">
        {onToggle ? (
          <input
            type="checkbox"
            checked={isChosen}
            onChange={onToggle}
            aria-label={`Restore ${path}`}
            className="ml-3.5 size-4 shrink-0 accent-accent"
          />
        ) : null}
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex h-9 min-w-0 flex-1 items-center gap-2 px-3.5 text-left text-[13px] text-soft hover:bg-hover focus-visible:outline-offset-[-2px]"
        >
          <ChevronDown size={13} className={`shrink-0 text-faint transition-transform duration-150 ${isOpen ? "" : "-rotate-90"}`} aria-hidden="true" />
          <span className={`min-w-0 flex-1 truncate font-mono text-xs ${after ? "" : "line-through"}`}>{path}</span>
          {before ? null : <span className="shrink-0 text-xs text-faint">new</span>}
          {after ? null : <span className="shrink-0 text-xs text-faint">removed</span>}
          <span className="flex shrink-0 gap-1.5 font-mono text-xs tabular-nums" aria-label={`${added} lines added, ${removed} removed`} role="img">
            <span className="text-positive">+{added}</span>
            <span className="text-danger">−{removed}</span>
          </span>
        </button>
      </div>
      {isOpen ? <Texts file={file} api={api} /> : null}
    </li>
  );
}

function Texts({ file, api }) {
  const [texts, setTexts] = useState(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isGone = false;
    Promise.all([api.text(file.before), api.text(file.after)]).then(
      ([before, after]) => isGone || setTexts({ before, after }),
      (failure) => isGone || setProblem(failure.message),
    );
    return () => void (isGone = true);
  }, [api, file.before, file.after]);
  if (problem) return <p role="alert" className="px-3.5 py-2 text-[13px] text-soft">{problem}</p>;
  if (!texts) return <div role="status" className="shimmer m-3.5 h-16 animate-shimmer rounded-md"><span className="sr-only">Reading the file</span></div>;
  return (
    <div className="border-t border-line">
      <DiffView path={file.path} before={texts.before} after={texts.after} />
    </div>
  );
}
