import { DiffView } from "$/public/external/overskill/components/editor/browser/diff_view.jsx";

/**
 * One file in two texts, with a name over each.
 *
 * @param {{ path: string, left: string | null, right: string | null, leftName: string, rightName: string }} props
 *   null: there is no such file
 */
export function SideBySide({ path, left, right, leftName, rightName }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="grid grid-cols-2 border-b border-line bg-sunken text-xs font-medium text-soft">
        <Name words={leftName} isMissing={left === null} />
        <Name words={rightName} isMissing={right === null} />
      </div>
      <DiffView path={path} before={left} after={right} />
    </div>
  );
}

function Name({ words, isMissing }) {
  return (
    <span className="truncate px-3.5 py-2">
      {words}
      {isMissing ? <span className="text-faint"> · removed</span> : null}
    </span>
  );
}
