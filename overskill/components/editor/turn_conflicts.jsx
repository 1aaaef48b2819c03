import { useEffect, useMemo, useState } from "react";
import { GitMerge } from "lucide-react";
import { Button } from "./buttons.jsx";
import { DiffView } from "./diff_view.jsx";
import { conflictsOf } from "./turn_conflicts.js";

/**
 * What a turn and a person changed in the same place: the person's text is in the app, and somebody chooses here.
 *
 * @param {{ slug: string, turnId: string, paths: string[] }} props
 */
export function TurnConflicts({ slug, turnId, paths }) {
  const [chosen, setChosen] = useState(() => new Set());
  const left = paths.filter((path) => !chosen.has(path));
  if (!left.length) return null;
  return (
    <section aria-label="Changed by hand, too" className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
      <p className="flex gap-2.5 bg-warning-soft px-3.5 py-2.5 text-[13px] leading-relaxed text-warning">
        <GitMerge size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
        While this was written, {left.length === 1 ? "a file was" : "files were"} changed by hand in the same place. What was typed
        stays until you choose.
      </p>
      <ul>
        {left.map((path) => (
          <ConflictRow
            key={path}
            slug={slug}
            turnId={turnId}
            path={path}
            onChosen={() => setChosen((before) => new Set(before).add(path))}
          />
        ))}
      </ul>
    </section>
  );
}

function ConflictRow({ slug, turnId, path, onChosen }) {
  const conflicts = useMemo(() => conflictsOf(slug, turnId), [slug, turnId]);
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const choose = async (keep) => {
    setBusy(true);
    setProblem("");
    try {
      await conflicts.choose(path, keep);
      onChosen();
    } catch (failure) {
      setProblem(failure.message);
      setBusy(false);
    }
  };
  return (
    <li className="border-t border-line" aria-busy={isBusy}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-3.5 py-2">
        <span className="min-w-0 flex-1 basis-40 truncate font-mono text-xs text-ink" title={path}>
          {path}
        </span>
        <span className="flex flex-wrap gap-1.5">
          <Button look="ghost" className={SMALL} aria-expanded={isOpen} aria-label={`${isOpen ? "Close" : "Compare"} ${path}`} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Close" : "Compare"}
          </Button>
          <Button className={SMALL} disabled={isBusy} aria-label={`Keep what is there in ${path}`} onClick={() => choose("mine")}>
            Keep what is there
          </Button>
          <Button className={SMALL} disabled={isBusy} aria-label={`Take the turn’s ${path}`} onClick={() => choose("theirs")}>
            Take the turn’s
          </Button>
        </span>
      </div>
      {problem ? (
        <p role="alert" className="px-3.5 pb-2.5 text-[13px] text-danger">
          {problem}
        </p>
      ) : null}
      {isOpen ? <Comparison conflicts={conflicts} path={path} /> : null}
    </li>
  );
}

const SMALL = "h-7! px-2! text-xs!";

function Comparison({ conflicts, path }) {
  const [texts, setTexts] = useState(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isGone = false;
    conflicts.read(path).then(
      (read) => isGone || setTexts(read),
      (failure) => isGone || setProblem(failure.message),
    );
    return () => {
      isGone = true;
    };
  }, [conflicts, path]);
  if (problem) return <p className="border-t border-line px-3.5 py-2.5 text-[13px] text-soft">{problem}</p>;
  if (!texts)
    return (
      <div role="status" className="border-t border-line p-3.5">
        <span className="sr-only">Reading both</span>
        <span className="shimmer block h-16 animate-shimmer rounded-md" />
      </div>
    );
  return (
    <div className="@container border-t border-line">
      <p className="flex gap-2 border-b border-line bg-sunken px-3.5 py-1 text-xs text-faint">
        <span className="flex-1">{texts.mine === null ? "Removed by hand" : "− As it is"}</span>
        <span className="flex-1 @max-2xl:text-right">{texts.theirs === null ? "Removed by the turn" : "+ As the turn wrote it"}</span>
      </p>
      <DiffView path={path} before={texts.mine} after={texts.theirs} />
    </div>
  );
}
