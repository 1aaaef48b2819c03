import { useEffect, useRef, useState } from "react";
import { Check, FilePen, FileX2, LoaderCircle } from "lucide-react";
import { useTurn } from "./use_turn.js";
import { statusWords } from "./turn_log.js";

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
        <header className="flex h-11 items-center gap-2.5 px-3.5">
          <Activity isOver={turn.end !== null} />
          <span className="min-w-0 flex-1 truncate text-[13px] font-medium text-ink" aria-hidden="true">
            {words}
          </span>
          <Elapsed since={turn.since} isOver={turn.end !== null} />
        </header>
        <Plan summary={turn.summary} steps={turn.plan} />
        <Files files={turn.files} active={turn.active} />
        <Tail file={turn.files.find(({ path }) => path === turn.active)} isWriting={turn.step !== "waiting"} />
      </section>
    </div>
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

function Activity({ isOver }) {
  if (isOver) return <Check size={15} className="shrink-0 text-positive" aria-hidden="true" />;
  return <LoaderCircle size={15} className="shrink-0 animate-spin text-accent-ink" aria-hidden="true" />;
}

/** Seconds since the first entry. Nothing at all before it, so that a waiting turn shows no false clock. */
function Elapsed({ since, isOver }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isOver]);
  const seconds = since ? Math.max(0, Math.floor((now - since) / 1000)) : 0;
  const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <span className="font-mono text-xs tabular-nums text-faint">{since ? words : ""}</span>;
}

function Plan({ summary, steps }) {
  if (!summary && !steps.length) return null;
  return (
    <div className="border-t border-line px-3.5 py-3 text-[13px] leading-relaxed text-soft animate-fade">
      {summary ? <p className="text-ink">{summary}</p> : null}
      {steps.length ? (
        <ol className={`list-decimal space-y-0.5 pl-5 marker:text-faint ${summary ? "mt-1.5" : ""}`}>
          {steps.map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
      ) : null}
    </div>
  );
}

function Files({ files, active }) {
  const list = useRef(null);
  useEffect(() => {
    const box = list.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [files.length]);
  if (!files.length) return null;
  return (
    <ul ref={list} aria-label="Files" className="max-h-44 overflow-y-auto border-t border-line py-1.5">
      {files.map((file) => (
        <li key={file.path}>
          <FileRow file={file} isActive={file.path === active} />
        </li>
      ))}
    </ul>
  );
}

const STATES = {
  writing: { Icon: LoaderCircle, style: "animate-spin text-accent-ink", words: (lines) => `${lines} lines` },
  written: { Icon: Check, style: "text-positive", words: (lines) => (lines ? `${lines} lines` : "written") },
  edited: { Icon: FilePen, style: "text-accent-ink", words: () => "changed" },
  deleted: { Icon: FileX2, style: "text-danger", words: () => "removed" },
};

export function FileRow({ file, isActive }) {
  const { Icon, style, words } = STATES[file.state];
  return (
    <div className={`flex h-7 items-center gap-2 px-3.5 text-[13px] ${isActive ? "text-ink" : "text-soft"}`}>
      <Icon size={13} className={`shrink-0 ${style}`} aria-hidden="true" />
      <span className={`min-w-0 flex-1 truncate font-mono text-xs ${file.state === "deleted" ? "line-through" : ""}`}>
        {file.path}
      </span>
      <span className="shrink-0 text-xs tabular-nums text-faint">{words(file.lines)}</span>
    </div>
  );
}

/** The last lines of the file being written. Its height never changes, so nothing below it moves. */
function Tail({ file, isWriting }) {
  if (!isWriting || !file?.text) return null;
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
