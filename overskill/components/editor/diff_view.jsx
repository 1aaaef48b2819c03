import { useMemo, useState } from "react";
import { UnfoldVertical } from "lucide-react";
import { diffLines, hunksOf, pairsOf } from "./diff_lines.js";

const TINTS = { same: "", added: "bg-positive-soft", removed: "bg-danger-soft" };
const SIGNS = { same: " ", added: "+", removed: "-" };

/**
 * One file as it was and as it is: two columns where there is room, one where there is not. What did not change is
 * folded.
 *
 * @param {{ path: string, before: string | null, after: string | null }} props  null: it was not there, or is gone
 */
export function DiffView({ path, before, after }) {
  const [opened, setOpened] = useState(() => new Set());
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const parts = useMemo(() => hunksOf(lines), [lines]);
  const isWhole = before === null || after === null; // nothing to compare with
  return (
    <div className="@container" role="group" aria-label={`What changed in ${path}`}>
      <div tabIndex={0} className="max-h-96 overflow-auto font-mono text-[11.5px] leading-[1.3rem] text-soft focus-visible:outline-offset-[-2px]">
        {parts.map((part, index) => {
          if (part.lines) return <Hunk key={index} lines={part.lines} isWhole={isWhole} />;
          const shown = lines.slice(part.from, part.from + part.skipped);
          if (opened.has(index)) return <Hunk key={index} lines={shown} isWhole={isWhole} />;
          return <Skipped key={index} count={part.skipped} onOpen={() => setOpened(new Set(opened).add(index))} />;
        })}
      </div>
    </div>
  );
}

function Skipped({ count, onOpen }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="sticky left-0 flex w-full items-center gap-2 bg-sunken px-3.5 py-0.5 text-left font-sans text-xs text-faint hover:text-ink focus-visible:outline-offset-[-2px]"
    >
      <UnfoldVertical size={12} aria-hidden="true" />
      {count} unchanged line{count === 1 ? "" : "s"}
    </button>
  );
}

function Hunk({ lines, isWhole }) {
  return (
    <>
      <div className={`min-w-max ${isWhole ? "" : "@2xl:hidden"}`}>
        {lines.map((line, index) => (
          <Row key={index} line={line} number={line.new || line.old} />
        ))}
      </div>
      {isWhole ? null : (
        <div className="hidden grid-cols-2 @2xl:grid">
          {pairsOf(lines).map(([left, right], index) => (
            <div key={index} className="contents">
              <Row line={left} number={left?.old} isNarrow />
              <Row line={right} number={right?.new} isNarrow />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function Row({ line, number, isNarrow = false }) {
  if (!line) return <div className="bg-sunken" />;
  return (
    <div className={`flex min-w-0 ${TINTS[line.kind]}`}>
      <span className="w-10 shrink-0 select-none pr-2 text-right text-faint" aria-hidden="true">
        {number}
      </span>
      <span className="w-4 shrink-0 select-none text-faint">{SIGNS[line.kind]}</span>
      <span className={`min-w-0 pr-3 ${isNarrow ? "whitespace-pre-wrap break-all" : "whitespace-pre"}`}>{line.text || " "}</span>
    </div>
  );
}
