import { useState } from "react";
import { GitCompareArrows, TriangleAlert } from "lucide-react";
import { useLazy } from "$/public/external/overskill/components/editor/browser/use_lazy.js";

const BUTTON = "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-lg border border-strong bg-surface px-2.5 text-xs font-medium text-ink hover:bg-hover";

/** Over a file that somebody else changed in the same lines: choose. Until then nothing of it is saved. */
export function ConflictBar({ workspace, now }) {
  const path = now.tabs.active;
  const status = now.statuses.get(path);
  const [compared, setCompared] = useState("");
  const { part, problem, retry } = useLazy(() => import("./compare.jsx"), compared);
  if (status?.status === "refused") {
    return (
      <Bar tone="bg-danger-soft text-danger">
        <p className="min-w-0 flex-1">{status.problem} Until then it is kept in this browser.</p>
      </Bar>
    );
  }
  if (!status?.theirs) return null;
  const { document, buffer } = workspace.opened(path);
  const isGone = status.theirs.text === null;
  const choose = (choice) => {
    setCompared("");
    if (choice === "mine") document.keepMine();
    else if (isGone) workspace.gone([path]);
    else document.takeTheirs();
  };
  return (
    <>
      <Bar tone="bg-warning-soft text-warning">
        <p className="min-w-0 flex-1 basis-52">
          {isGone
            ? "Somebody deleted this file while you were typing in it."
            : "Somebody else changed the same lines. Nothing is saved until you choose."}
        </p>
        {isGone ? null : (
          <button type="button" onClick={() => (problem ? retry() : setCompared(path))} className={BUTTON}>
            <GitCompareArrows size={13} aria-hidden="true" />
            Compare
          </button>
        )}
        <button type="button" onClick={() => choose("theirs")} className={BUTTON}>
          {isGone ? "Let it go" : "Take theirs"}
        </button>
        <button type="button" onClick={() => choose("mine")} className={BUTTON}>
          Keep mine
        </button>
      </Bar>
      {compared === path && part ? (
        <part.default path={path} mine={buffer.read()} theirs={status.theirs.text} onChoose={choose} onClose={() => setCompared("")} />
      ) : null}
    </>
  );
}

function Bar({ tone, children }) {
  return (
    <div role="alert" className={`flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2 text-[13px] ${tone}`}>
      <TriangleAlert size={15} className="shrink-0" aria-hidden="true" />
      {children}
    </div>
  );
}
