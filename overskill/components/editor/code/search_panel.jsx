import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { CaseSensitive, ChevronRight, LoaderCircle, Regex, Replace, ReplaceAll, WholeWord } from "lucide-react";
import { FileIcon } from "./file_icon.jsx";
import { countWords, parts } from "./search_results.js";
import { ToolButton } from "./tool_button.jsx";
import { nameOf, parentOf } from "./tree.js";

const PAUSE_MS = 250;
const FIELD =
  "h-8 w-full min-w-0 rounded-lg border border-line bg-surface pl-2.5 text-[13px] text-ink outline-none placeholder:text-faint focus:border-ring";
const NOTHING = { files: [], isCut: false, problem: "", isBusy: false };

/** Search in all files, and replace: each place, each file, or everything, after a look at what it becomes. */
export function SearchPanel({ workspace, onOpen }) {
  const [query, setQuery] = useState({ text: "", isCase: false, isWord: false, isRegex: false });
  const [isReplacing, setReplacing] = useState(false);
  const [replacement, setReplacement] = useState("");
  const [found, look] = useSearch(workspace, query, isReplacing ? replacement : null);

  const attempt = async (replacing, count) => {
    try {
      await replacing;
      toast.success(count === 1 ? "Replaced in 1 place." : `Replaced in ${count} places.`);
    } catch (failure) {
      toast.error(failure.message);
    }
    look();
  };
  const replaceIn = (files) => {
    const count = files.reduce((sum, file) => sum + file.count, 0);
    const looked = files.map(({ path, base }) => ({ path, base }));
    attempt(workspace.actions.replace(query, replacement, looked), count);
  };
  const replaceHit = (file, hit) => attempt(workspace.actions.replaceHit(file, hit), 1);
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
          className="mt-0.5 size-6! [&.tip]:after:hidden [&_svg]:transition-transform aria-expanded:[&_svg]:rotate-90"
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
                label="Replace all"
                Icon={ReplaceAll}
                disabled={!found.files.length || found.isBusy}
                onClick={() => replaceIn(found.files)}
                className="[&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0"
              />
            </div>
          ) : null}
        </div>
      </div>
      <Summary query={query} found={found} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-3">
        {found.files.map((file) => (
          <FoundFile
            key={file.path}
            file={file}
            isReplacing={isReplacing && Boolean(file.base)}
            onOpen={onOpen}
            onReplace={() => replaceIn([file])}
            onReplaceHit={(hit) => replaceHit(file, hit)}
          />
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
      {found.isBusy && !found.files.length ? "Searching…" : countWords(found.files, found.isCut)}
    </p>
  );
}

function FoundFile({ file: { path, count, hits }, isReplacing, onOpen, onReplace, onReplaceHit }) {
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
        {isReplacing ? <ReplaceButton label={`Replace in ${nameOf(path)}`} onClick={onReplace} /> : null}
        <span className="rounded-md bg-hover px-1.5 text-xs tabular-nums text-faint">{count}</span>
      </div>
      {isOpen ? (
        <ul>
          {hits.map((hit) => (
            <Line
              key={`${hit.line}:${hit.column}`}
              hit={hit}
              isReplacing={isReplacing}
              onOpen={() => onOpen(path, hit)}
              onReplace={() => onReplaceHit(hit)}
            />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Line({ hit, isReplacing, onOpen, onReplace }) {
  const [before, found, after] = parts(hit);
  return (
    <li className="group flex items-center pr-2 hover:bg-hover">
      <button
        type="button"
        aria-label={`Line ${hit.line}: ${hit.preview.trim()}`}
        onClick={onOpen}
        className="h-6 min-w-0 flex-1 truncate pl-9 text-left font-mono text-xs text-soft focus-visible:outline-offset-[-2px]"
      >
        {before}
        {isReplacing ? (
          <>
            <del className="rounded-sm bg-danger-soft text-danger">{found}</del>
            <ins className="rounded-sm bg-positive-soft text-positive no-underline">{hit.replaced}</ins>
          </>
        ) : (
          <mark className="rounded-sm bg-warning-soft text-warning">{found}</mark>
        )}
        {after}
      </button>
      {isReplacing ? <ReplaceButton label={`Replace in line ${hit.line}`} onClick={onReplace} /> : null}
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

/** `[found, look]`: what was found for the query as it is now; `look` looks again. */
function useSearch(workspace, query, replacement) {
  const [found, setFound] = useState(NOTHING);
  const [looks, setLooks] = useState(0);
  const isAgain = useRef(false);
  useEffect(() => {
    if (!query.text) {
      setFound(NOTHING);
      return undefined;
    }
    let isStale = false;
    const search = async () => {
      setFound((before) => ({ ...before, isBusy: true }));
      const { files, is_cut: isCut } = await workspace.actions.search(query, replacement);
      if (!isStale) setFound({ ...NOTHING, files, isCut });
    };
    const timer = setTimeout(
      () => search().catch((failure) => !isStale && setFound({ ...NOTHING, problem: failure.message })),
      isAgain.current ? 0 : PAUSE_MS,
    );
    isAgain.current = false;
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [workspace, query, replacement, looks]);
  const look = () => {
    isAgain.current = true;
    setLooks((count) => count + 1);
  };
  return [found, look];
}
