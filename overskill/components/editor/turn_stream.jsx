import { useEffect, useId, useRef, useState } from "react";
import { Check, ChevronDown, CircleX, LoaderCircle } from "lucide-react";
import { FileRow } from "./file_row.jsx";
import { TurnOutcome } from "./turn_record.jsx";
import { StepBar, StepList } from "./turn_steps.jsx";
import { BriefFold, PlanFold } from "./turn_thoughts.jsx";
import { statusWords } from "./turn_words.js";
import { useNow } from "./use_now.js";
import { useTurn } from "./use_turn.js";

const TAIL_LINES = 7;

/** A turn while it is written: what is said, each file as it grows, and what happens right now, in words. */
export function TurnStream({ turnId, onDone }) {
  const turn = useTurn(turnId);
  useOnce(turn.end, () => onDone?.(turn.end.status));
  const words = turn.isConnected ? statusWords(turn) : "Connection lost. Picking it up again";
  return (
    <div className="flex flex-col gap-3" data-turn={turnId}>
      <p role="status" className="sr-only">
        {words}
      </p>
      <Prose text={turn.prose} />
      <section
        aria-label="What is being done"
        className="overflow-hidden rounded-xl border border-line bg-surface shadow-card"
      >
        <Progress turn={turn} words={words} />
        <BriefFold brief={turn.brief} results={turn.checks?.results} />
        <PlanFold summary={turn.summary} steps={turn.plan} isOpenAtFirst />
        <Files files={turn.files} active={turn.active} />
        <Tail file={turn.files.find(({ path }) => path === turn.active)} />
        <TurnOutcome turn={turn} />
      </section>
    </div>
  );
}

/** One line and a thin bar; all ten steps behind it. */
function Progress({ turn, words }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={isOpen ? "Hide the steps" : "Show the steps"}
        onClick={() => setOpen(!isOpen)}
        className="flex h-11 w-full items-center gap-2.5 px-3.5 text-left transition-colors duration-150 hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <Activity end={turn.end} />
        <span className="min-w-0 flex-1 truncate text-[13px] font-medium text-ink" aria-hidden="true">
          {words}
        </span>
        <Elapsed since={turn.since} isOver={turn.end !== null} />
        <ChevronDown
          size={14}
          className={`shrink-0 text-faint transition-transform duration-150 ${isOpen ? "rotate-180" : ""}`}
          aria-hidden="true"
        />
      </button>
      <StepBar steps={turn.steps} />
      <div id={id} hidden={!isOpen}>
        {isOpen ? <StepList steps={turn.steps} /> : null}
      </div>
    </>
  );
}

const MARKED = /(\*\*[^*\n]+\*\*|\*[^*\s][^*\n]*\*|`[^`\n]+`)/;

/** What is said, while it comes: only emphasis and code are drawn. All of it as Markdown, every time a word comes,
 * would stop the page (the kept answer is drawn so, once). */
function Prose({ text }) {
  if (!text.trim()) return null;
  return (
    <p className="whitespace-pre-wrap break-words text-[15px] leading-relaxed text-soft">
      {text
        .trim()
        .split(MARKED)
        .map((part, index) => (index % 2 ? <Marked key={index} part={part} /> : part))}
    </p>
  );
}

function Marked({ part }) {
  if (part.startsWith("**")) return <strong className="font-semibold text-ink">{part.slice(2, -2)}</strong>;
  if (part.startsWith("*")) return <em>{part.slice(1, -1)}</em>;
  return <code className="rounded-md bg-hover px-1.5 py-0.5 font-mono text-[13px]">{part.slice(1, -1)}</code>;
}

function useOnce(value, act) {
  const done = useRef(false);
  useEffect(() => {
    if (value && !done.current) {
      done.current = true;
      act();
    }
  }, [value]);
}

function Activity({ end }) {
  if (end?.status === "failed") return <CircleX size={15} className="shrink-0 text-danger" aria-hidden="true" />;
  if (end) return <Check size={15} className="shrink-0 text-positive" aria-hidden="true" />;
  return <LoaderCircle size={15} className="shrink-0 animate-spin text-accent-ink" aria-hidden="true" />;
}

/** Seconds since the first entry. Nothing at all before it, so that a waiting turn shows no false clock. */
function Elapsed({ since, isOver }) {
  const now = useNow(!isOver);
  const seconds = since ? Math.max(0, Math.floor((now - since) / 1000)) : 0;
  const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <span className="font-mono text-xs tabular-nums text-faint">{since ? words : ""}</span>;
}

function Files({ files, active }) {
  const list = useRef(null);
  useEffect(() => {
    const box = list.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [files.length]);
  if (!files.length) return null;
  return (
    <ul ref={list} tabIndex={0} aria-label="Files" className="max-h-44 overflow-y-auto border-t border-line py-1.5">
      {files.map((file) => (
        <li key={file.path}>
          <FileRow file={file} isActive={file.path === active} />
        </li>
      ))}
    </ul>
  );
}

/** The last lines of the file being written. Its height never changes, so nothing below it moves. */
function Tail({ file }) {
  if (!file?.text) return null;
  const lines = file.text.slice(-4000).split("\n").slice(-TAIL_LINES);
  return (
    <pre
      aria-hidden="true"
      className="tail-fade h-35 overflow-hidden border-t border-line bg-sunken px-3.5 py-2.5 font-mono text-[11px] leading-[1.15rem] text-soft [mask-image:linear-gradient(to_bottom,transparent,black_45%)]"
    >
      <code className="flex h-full flex-col justify-end">
        {lines.map((line, index) => (
          <span key={index} className="block truncate whitespace-pre">
            {line || " "}
          </span>
        ))}
      </code>
    </pre>
  );
}
