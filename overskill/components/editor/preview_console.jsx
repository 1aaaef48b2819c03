import { useState } from "react";
import { ChevronRight, CircleX, Info, Search, TriangleAlert } from "lucide-react";
import { filtered, LEVELS } from "./preview_log.js";
import { inLine } from "./preview_values.js";
import { RowList } from "./row_list.jsx";
import { SourceLink } from "./source_link.jsx";

const ROW = 26;
const LOOKS = {
  error: { Icon: CircleX, className: "text-danger", words: "Errors" },
  warn: { Icon: TriangleAlert, className: "text-warning", words: "Warnings" },
  info: { Icon: Info, className: "text-accent-ink", words: "Info" },
  log: { Icon: ChevronRight, className: "text-faint", words: "Log" },
  debug: { Icon: ChevronRight, className: "text-faint", words: "Debug" },
};

/** The app's console. A line that is chosen shows its values and where it came from. */
export function ConsoleTab({ log }) {
  const [text, setText] = useState("");
  const [levels, setLevels] = useState(LEVELS.filter((level) => level !== "debug"));
  const [chosen, setChosen] = useState(null);
  const lines = filtered(log.lines, { text, levels });
  const line = lines.find(({ id, level }) => id === chosen && level !== "reload");
  return (
    <>
      <Filter text={text} onText={setText} levels={levels} onLevels={setLevels} />
      {lines.length === 0 ? (
        <p className="grid flex-1 place-items-center p-4 text-center text-[13px] text-faint">
          {log.lines.length > 0 ? "No line is like that." : "What the app logs appears here."}
        </p>
      ) : (
        <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
          <RowList label="Console" rows={lines} height={ROW} chosen={chosen} onChoose={setChosen} aside={placeOfLine} tone={toneOf}>
            {(each) => <Line line={each} />}
          </RowList>
          {line ? <Details line={line} /> : null}
        </div>
      )}
    </>
  );
}

function Filter({ text, onText, levels, onLevels }) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-2">
      <label className="flex h-6.5 min-w-0 flex-1 items-center gap-1.5 rounded-md bg-sunken px-2 focus-within:ring-2 focus-within:ring-ring sm:max-w-60">
        <Search size={12} className="shrink-0 text-faint" aria-hidden="true" />
        <span className="sr-only">Filter the console</span>
        <input
          type="search"
          value={text}
          onChange={(event) => onText(event.target.value)}
          placeholder="Filter"
          className="w-full min-w-0 bg-transparent text-xs text-ink outline-none placeholder:text-faint"
        />
      </label>
      <div role="group" aria-label="Levels" className="flex items-center gap-0.5 overflow-x-auto">
        {LEVELS.map((level) => (
          <button
            key={level}
            type="button"
            aria-pressed={levels.includes(level)}
            onClick={() => onLevels(levels.includes(level) ? levels.filter((other) => other !== level) : [...levels, level])}
            className="h-6.5 shrink-0 rounded-md px-2 text-xs text-faint transition-colors duration-150 hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium aria-pressed:text-ink"
          >
            {LOOKS[level].words}
          </button>
        ))}
      </div>
    </div>
  );
}

const TONES = { error: "bg-danger-soft/60", warn: "bg-warning-soft/60", reload: "bg-sunken" };
const toneOf = ({ level }) => TONES[level] ?? "";

function placeOfLine({ frames: [place] }) {
  return place ? <SourceLink place={place} className="mr-2.5 max-w-48 shrink-0 max-sm:hidden" /> : null;
}

function Line({ line }) {
  if (line.level === "reload")
    return <span className="flex h-full items-center justify-center text-[11px] font-medium text-faint">{line.text}</span>;
  const { Icon, className } = LOOKS[line.level];
  return (
    <span className="flex h-full items-center gap-2 px-2.5">
      <Icon size={13} className={`shrink-0 ${className}`} aria-hidden="true" />
      <span className="sr-only">{line.level}</span>
      <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink">{line.text || "(empty)"}</span>
      {line.count > 1 ? <span className="shrink-0 rounded-full bg-hover px-1.5 text-[11px] leading-4 tabular-nums text-soft">{line.count}</span> : null}
    </span>
  );
}

function Details({ line }) {
  return (
    <div
      role="region"
      aria-label="The chosen line"
      tabIndex={0}
      className="max-h-1/2 shrink-0 overflow-auto border-t border-line p-3 font-mono text-xs lg:max-h-none lg:w-1/2 lg:border-l lg:border-t-0"
    >
      {line.values.map((value, index) => (
        <Tree key={index} value={value} isOpenAtFirst />
      ))}
      <Stack frames={line.frames} />
    </div>
  );
}

export function Stack({ frames }) {
  if (frames.length === 0) return null;
  return (
    <ul aria-label="Called by" className="mt-2 flex flex-col gap-0.5 border-t border-line pt-2">
      {frames.map((frame, index) => (
        <li key={index} className="flex min-w-0 items-baseline gap-2">
          <span className="truncate font-mono text-xs text-soft">{frame.name || "(anonymous)"}</span>
          <SourceLink place={frame} />
        </li>
      ))}
    </ul>
  );
}

/** An object as a tree: what is open shows its parts. */
function Tree({ name, value, isOpenAtFirst = false }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const label = name === undefined ? null : <span className="text-accent-ink">{name}: </span>;
  if (value.kind !== "branch")
    return (
      <p className="py-px pl-4 whitespace-pre-wrap wrap-anywhere">
        {label}
        <span className={value.kind === "text" ? "text-ink" : "text-soft"}>{name === undefined ? value.text : inLine(value)}</span>
      </p>
    );
  return (
    <div>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex w-full items-start gap-0.5 rounded py-px text-left hover:bg-hover">
        <ChevronRight size={13} className={`mt-0.5 shrink-0 text-faint transition-transform duration-150 ${isOpen ? "rotate-90" : ""}`} aria-hidden="true" />
        <span className="min-w-0 wrap-anywhere">
          {label}
          <span className="text-soft">{inLine(value)}</span>
        </span>
      </button>
      {isOpen ? (
        <div className="ml-1.5 border-l border-line pl-2">
          {value.parts.map(([part, inside], index) => (
            <Tree key={index} name={part} value={inside} />
          ))}
          {value.more > 0 ? <p className="pl-4 text-faint">… and {value.more} more</p> : null}
        </div>
      ) : null}
    </div>
  );
}
