import { useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { CaseSensitive, ChevronRight, LoaderCircle, Regex, Replace, ReplaceAll, WholeWord } from "lucide-react";
import { FileIcon } from "./file_icon.jsx";
import { countWords, grouped, parts } from "./search_results.js";
import { ToolButton } from "./tool_button.jsx";
import { nameOf, parentOf } from "./tree.js";

const PAUSE_MS = 250;
const FIELD =
  "h-8 w-full min-w-0 rounded-lg border border-line bg-surface pl-2.5 text-[13px] text-ink outline-none placeholder:text-faint focus:border-ring";
const NOTHING = { matches: [], isCut: false, problem: "", isBusy: false };

/** Search in all files, and replace: each place, each file, or everything, after a look at what it becomes. */
export function SearchPanel({ workspace, onOpen }) {
  const [query, setQuery] = useState({ text: "", isCase: false, isWord: false, isRegex: false });
  const [isReplacing, setReplacing] = useState(false);
  const [replacement, setReplacement] = useState("");
  const [found, look] = useSearch(workspace, query);
  const groups = useMemo(() => grouped(found.matches), [found.matches]);

  const replace = async (matches) => {
    try {
      await workspace.actions.replace(query, replacement, matches);
      const count = matches.length;
      toast.success(count === 1 ? "Replaced 1 place." : `Replaced ${count} places.`);
    } catch (failure) {
      toast.error(failure.message);
    }
    look();
  };
  const toggle = (name) => setQuery((before) => ({ ...before, [name]: !before[name] }));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 items-start gap-1 border-b border-line p-2 pl-1">
        <ToolButton
          label="Replace"
          Icon={ChevronRight}
          side="right"
          aria-expanded={isReplacing}
          onClick={() => setReplacing(!isReplacing)}
          className="mt-0.5 size-6! [&_svg]:transition-transform aria-expanded:[&_svg]:rotate-90"
        />
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          <div className="relative">
            <input
              type="search"
              aria-label="Search in files"
              placeholder="Search"
              spellCheck={false}
              value={query.text}
              onChange={(event) => setQuery({ ...query, text: event.target.value })}
              onKeyDown={(event) => event.key === "Enter" && look()}
              className={`${FIELD} pr-20 [&::-webkit-search-cancel-button]:hidden`}
            />
            <div className="absolute inset-y-0 right-1 flex items-center">
              <Flag label="Match case" Icon={CaseSensitive} isOn={query.isCase} onClick={() => toggle("isCase")} />
              <Flag label="Whole words" Icon={WholeWord} isOn={query.isWord} onClick={() => toggle("isWord")} />
              <Flag label="Regular expression" Icon={Regex} isOn={query.isRegex} onClick={() => toggle("isRegex")} />
            </div>
          </div>
          {isReplacing ? (
            <div className="flex items-center gap-1">
              <input
                aria-label="Replace with"
                placeholder="Replace with"
                spellCheck={false}
                value={replacement}
                onChange={(event) => setReplacement(event.target.value)}
                className={FIELD}
              />
              <ToolButton
                label={`Replace all ${found.matches.length}`}
                Icon={ReplaceAll}
                disabled={!found.matches.length || found.isCut}
                onClick={() => replace(found.matches)}
                className="[&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0"
              />
            </div>
          ) : null}
        </div>
      </div>
      <Summary query={query} found={found} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-3">
        {groups.map((group) => (
          <Group key={group.path} group={group} onOpen={onOpen} replacement={isReplacing ? replacement : null} onReplace={replace} />
        ))}
      </div>
    </div>
  );
}

function Flag({ label, Icon, isOn, onClick }) {
  return <ToolButton label={label} Icon={Icon} isOn={isOn} onClick={onClick} className="size-6! [&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0" />;
}

function Summary({ query, found }) {
  if (found.problem) {
    return (
      <p role="alert" className="px-3 py-2 text-xs text-danger">
        {found.problem}
      </p>
    );
  }
  if (!query.text) return <p className="px-3 py-2 text-xs text-faint">Finds words in every file of the app.</p>;
  return (
    <p role="status" className="flex items-center gap-2 px-3 py-2 text-xs text-faint">
      {found.isBusy ? <LoaderCircle size={12} className="animate-spin" aria-hidden="true" /> : null}
      {found.isBusy && !found.matches.length ? "Searching…" : countWords(found.matches, found.isCut)}
    </p>
  );
}

function Group({ group: { path, matches }, onOpen, replacement, onReplace }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <section>
      <div className="group flex h-7 items-center gap-1 pr-2 hover:bg-hover">
        <button
          type="button"
          aria-expanded={isOpen}
          title={path}
          onClick={() => setOpen(!isOpen)}
          className="flex h-full min-w-0 flex-1 items-center gap-1.5 pl-1.5 text-left text-[13px] text-ink focus-visible:outline-offset-[-2px]"
        >
          <ChevronRight size={13} className={`shrink-0 opacity-60 transition-transform ${isOpen ? "rotate-90" : ""}`} aria-hidden="true" />
          <FileIcon path={path} size={13} />
          <span className="shrink-0">{nameOf(path)}</span>
          <span className="min-w-0 flex-1 truncate text-xs text-faint">{parentOf(path)}</span>
        </button>
        {replacement === null ? null : <ReplaceButton label={`Replace in ${nameOf(path)}`} onClick={() => onReplace(matches)} />}
        <span className="rounded-md bg-hover px-1.5 text-xs tabular-nums text-faint">{matches.length}</span>
      </div>
      {isOpen ? (
        <ul>
          {matches.map((match) => (
            <Line key={`${match.line}:${match.column}`} match={match} onOpen={onOpen} replacement={replacement} onReplace={onReplace} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Line({ match, onOpen, replacement, onReplace }) {
  const [before, found, after] = parts(match);
  return (
    <li className="group flex items-center pr-2 hover:bg-hover">
      <button
        type="button"
        aria-label={`Line ${match.line}: ${match.text.trim()}`}
        onClick={() => onOpen(match.path, match)}
        className="h-6 min-w-0 flex-1 truncate pl-9 text-left font-mono text-xs text-soft focus-visible:outline-offset-[-2px]"
      >
        {before}
        {replacement === null ? (
          <mark className="rounded-sm bg-warning-soft text-warning">{found}</mark>
        ) : (
          <>
            <del className="rounded-sm bg-danger-soft text-danger">{found}</del>
            <ins className="rounded-sm bg-positive-soft text-positive no-underline">{replacement}</ins>
          </>
        )}
        {after}
      </button>
      {replacement === null ? null : <ReplaceButton label={`Replace in line ${match.line}`} onClick={() => onReplace([match])} />}
    </li>
  );
}

function ReplaceButton({ label, onClick }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-5 shrink-0 place-items-center rounded text-faint opacity-0 hover:bg-line hover:text-ink focus-visible:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100"
    >
      <Replace size={13} aria-hidden="true" />
    </button>
  );
}

/** `[found, look]`: what was found for the query as it is now; `look` looks again. What is open is saved before. */
function useSearch(workspace, query) {
  const [found, setFound] = useState(NOTHING);
  const [looks, setLooks] = useState(0);
  const pauses = useRef(false);
  useEffect(() => {
    if (!query.text) {
      setFound(NOTHING);
      return undefined;
    }
    let isStale = false;
    const search = async () => {
      setFound((before) => ({ ...before, isBusy: true }));
      await workspace.flush();
      const { matches, isCut } = await workspace.actions.search(query);
      if (!isStale) setFound({ ...NOTHING, matches, isCut });
    };
    const timer = setTimeout(
      () => search().catch((failure) => !isStale && setFound({ ...NOTHING, problem: failure.message })),
      pauses.current ? 0 : PAUSE_MS,
    );
    pauses.current = false;
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [workspace, query, looks]);
  const look = () => {
    pauses.current = true;
    setLooks((count) => count + 1);
  };
  return [found, look];
}
