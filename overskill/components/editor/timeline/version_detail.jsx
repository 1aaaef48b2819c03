import { useEffect, useState } from "react";
import { ArrowLeft, GitBranch, Pin, PinOff, Undo2 } from "lucide-react";
import { Button, IconButton } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { Difference } from "./difference.jsx";
import { pairOf, titleOf, totals } from "./version_list.js";
import { Now } from "./version_row.jsx";

/**
 * One version beside another: what differs, file by file, and the ways back to it.
 *
 * @param {{ version: object, versions: object[], api: object, isBusy: boolean, onClose: () => void, onRestore: () => void,
 *   onRestored: (number: number) => void, onBranch: () => void, onChange: (part: object) => void }} props
 */
export function VersionDetail({ version, versions, api, isBusy, onClose, onRestore, onRestored, onBranch, onChange }) {
  const [before, setBefore] = useState(pairOf(version.number).before);
  const [chosen, setChosen] = useState(() => new Set());
  const [problem, setProblem] = useState("");
  const { files, failure } = useComparison(api, before, version);
  useEffect(() => setChosen(new Set()), [before, version.number, version.at]);

  const attempt = (work) => work().then(() => setProblem(""), (refusal) => setProblem(refusal.message));
  const mark = (part, told) => attempt(async () => {
    await api.mark(version.number, told);
    onChange(part);
  });
  const restoreChosen = () => attempt(async () => {
    const { version: number } = await api.restore(version.number, [...chosen]);
    onRestored(number);
  });
  const toggle = (path) => setChosen((paths) => toggled(paths, path));

  return (
    <section aria-label={`Version ${version.number}`} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex shrink-0 flex-col gap-3 border-b border-line bg-surface px-4 py-3">
        <div className="flex items-center gap-2">
          <IconButton label="Back to the list" Icon={ArrowLeft} side="right" size={16} className="@4xl:hidden" onClick={onClose} />
          <Name version={version} onSave={(name) => mark({ name }, { name })} />
          {version.is_current ? <Now /> : null}
          <IconButton
            label={version.is_pinned ? "Unpin" : "Pin"}
            Icon={version.is_pinned ? PinOff : Pin}
            side="left"
            size={15}
            aria-pressed={version.is_pinned}
            onClick={() => mark({ is_pinned: !version.is_pinned }, { pinned: !version.is_pinned })}
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <label className="flex min-w-0 items-center gap-2 text-[13px] text-soft">
            Compared with
            <select
              value={before}
              onChange={(event) => setBefore(Number(event.target.value))}
              className="h-8 min-w-0 max-w-56 truncate rounded-lg border border-strong bg-surface px-2 text-[13px] text-ink"
            >
              {others(versions, version.number, before).map(({ number, words }) => (
                <option key={number} value={number}>{words}</option>
              ))}
            </select>
          </label>
          <span className="flex-1" />
          <Button Icon={GitBranch} look="ghost" onClick={onBranch}>Branch from here</Button>
          {chosen.size > 0 ? (
            <Button look="primary" Icon={Undo2} disabled={isBusy} onClick={restoreChosen}>
              Restore {chosen.size} file{chosen.size === 1 ? "" : "s"}
            </Button>
          ) : version.is_current ? null : version.has_files_of_now ? (
            <span className="text-[13px] text-soft">The app has these files now</span>
          ) : (
            <Button Icon={Undo2} disabled={isBusy} onClick={onRestore}>Restore this version</Button>
          )}
        </div>
        {problem ? <p role="alert" className="text-[13px] text-danger">{problem}</p> : null}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <Files files={files} failure={failure} before={before} api={api} chosen={version.has_files_of_now ? null : chosen} onToggle={toggle} />
      </div>
    </section>
  );
}

function toggled(paths, path) {
  const next = new Set(paths);
  if (!next.delete(path)) next.add(path);
  return next;
}

/** Also an older one that was not read yet, as long as it is chosen. */
function others(versions, number, chosen) {
  const known = versions.filter((version) => version.number !== number).map((version) => ({ number: version.number, words: `${version.number} · ${titleOf(version)}` }));
  const isKnown = chosen === 0 || known.some((each) => each.number === chosen);
  return [...known, ...(isKnown ? [] : [{ number: chosen, words: `Version ${chosen}` }]), { number: 0, words: "Nothing: all of it" }];
}

function useComparison(api, before, { number, at }) {
  const [state, setState] = useState({ files: null, failure: "" });
  useEffect(() => {
    const giveUp = new AbortController();
    setState({ files: null, failure: "" });
    api.compare(before, number, giveUp.signal).then(
      ({ files }) => setState({ files, failure: "" }),
      (refusal) => giveUp.signal.aborted || setState({ files: null, failure: refusal.message }),
    );
    return () => giveUp.abort();
  }, [api, before, number, at]);
  return state;
}

/** The version's name, changed where it stands. */
function Name({ version, onSave }) {
  const [draft, setDraft] = useState(null);
  const save = () => {
    if (draft !== null && draft.trim() !== version.name) onSave(draft.trim());
    setDraft(null);
  };
  if (draft !== null) {
    return (
      <input
        autoFocus
        aria-label="Name of the version"
        value={draft}
        maxLength={80}
        placeholder="A name for this version"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Enter") save();
          if (event.key === "Escape") setDraft(null);
        }}
        className="h-8 min-w-0 flex-1 rounded-lg border border-strong bg-surface px-2.5 text-sm text-ink"
      />
    );
  }
  return (
    <h2 className="min-w-0 flex-1 text-[15px] font-semibold leading-snug text-ink">
      <button type="button" title="Name this version" onClick={() => setDraft(version.name)} className="line-clamp-2 break-words rounded-md px-1 text-left hover:bg-hover">
        {titleOf(version)} <span className="font-mono text-xs font-normal text-faint">{version.number}</span>
      </button>
    </h2>
  );
}

function Files({ files, failure, before, api, chosen, onToggle }) {
  if (failure) return <p role="alert" className="text-sm text-soft">{failure}</p>;
  if (!files) return <div role="status" className="shimmer h-40 animate-shimmer rounded-xl"><span className="sr-only">Comparing the versions</span></div>;
  if (!files.length) return <p className="py-12 text-center text-sm text-soft">{before ? "Both hold the same files." : "It holds no files."}</p>;
  const { added, removed } = totals(files);
  return (
    <>
      <p className="pb-3 text-[13px] text-soft">
        {files.length} file{files.length === 1 ? "" : "s"}, {added} line{added === 1 ? "" : "s"} added, {removed} removed
        {chosen ? ". Tick files to restore only those." : "."}
      </p>
      <ul aria-label="Files" className="overflow-hidden rounded-xl border border-line bg-surface">
        {files.map((file) => (
          <Difference key={file.path} file={file} api={api} isChosen={chosen?.has(file.path)} onToggle={chosen ? () => onToggle(file.path) : null} isOpenAtFirst={files.length === 1} />
        ))}
      </ul>
    </>
  );
}
