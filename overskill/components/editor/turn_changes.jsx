import { useEffect, useState } from "react";
import { ChevronDown, FileCode2 } from "lucide-react";
import { DiffView } from "./diff_view.jsx";
import { FileRow } from "./file_row.jsx";
import { Fold } from "./fold.jsx";
import { counted } from "./turn_words.js";

const kept = new Map(); // address -> its answer: what a turn did never changes again

async function read(address, signal) {
  if (!kept.has(address)) {
    const answer = await fetch(address, { signal });
    if (!answer.ok) throw new Error(`It could not be read (${answer.status}).`);
    kept.set(address, await answer.json());
  }
  return kept.get(address);
}

/** The answer, once it is there; `hasFailed` when it will not come. */
function useAnswer(address) {
  const [state, setState] = useState({ answer: kept.get(address), hasFailed: false });
  useEffect(() => {
    const giveUp = new AbortController();
    read(address, giveUp.signal).then(
      (answer) => setState({ answer, hasFailed: false }),
      () => giveUp.signal.aborted || setState({ answer: undefined, hasFailed: true }),
    );
    return () => giveUp.abort();
  }, [address]);
  return state;
}

/** What a turn did to the files: lines that came and went, and for each file the difference. */
export function FileChanges({ turnId, files }) {
  const { answer } = useAnswer(`/api/turns/${turnId}/files`);
  if (!answer?.files.length) return <Plain files={files} />;
  const total = (name) => answer.files.reduce((sum, file) => sum + file[name], 0);
  return (
    <Fold
      Icon={FileCode2}
      words={counted(answer.files.length, "file")}
      aside={<Counts added={total("added")} removed={total("removed")} />}
      isOpenAtFirst
      isPadded={false}
    >
      <ul aria-label="Files" className="max-h-[34rem] overflow-y-auto pb-1.5">
        {answer.files.map((file) => (
          <Change key={file.path} turnId={turnId} file={file} />
        ))}
      </ul>
    </Fold>
  );
}

/** The names alone, of a turn that made no version. */
function Plain({ files }) {
  if (!files.length) return null;
  return (
    <Fold Icon={FileCode2} words={counted(files.length, "file")} isOpenAtFirst isPadded={false}>
      <ul aria-label="Files" className="max-h-64 overflow-y-auto pb-1.5">
        {files.map((file) => (
          <li key={file.path}>
            <FileRow file={file} />
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function Change({ turnId, file }) {
  const [isOpen, setOpen] = useState(false);
  const { path, before, after, added, removed } = file;
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-7 w-full items-center gap-2 px-3.5 text-left text-[13px] text-soft hover:bg-hover focus-visible:outline-offset-[-2px]"
      >
        <ChevronDown
          size={13}
          className={`shrink-0 text-faint transition-transform duration-150 ${isOpen ? "" : "-rotate-90"}`}
          aria-hidden="true"
        />
        <span className={`min-w-0 flex-1 truncate font-mono text-xs ${after ? "" : "line-through"}`}>{path}</span>
        {before ? null : <span className="shrink-0 text-xs text-faint">new</span>}
        {after ? null : <span className="shrink-0 text-xs text-faint">removed</span>}
        <Counts added={added} removed={removed} />
      </button>
      {isOpen ? <Difference turnId={turnId} path={path} /> : null}
    </li>
  );
}

function Difference({ turnId, path }) {
  const { answer, hasFailed } = useAnswer(`/api/turns/${turnId}/files/${path.split("/").map(encodeURIComponent).join("/")}`);
  if (hasFailed) return <p className="px-3.5 py-2 text-[13px] text-soft">This file could not be read just now. Close and open it again.</p>;
  if (!answer) return <div role="status" className="shimmer m-3.5 h-16 animate-shimmer rounded-md"><span className="sr-only">Reading the file</span></div>;
  return (
    <div className="border-y border-line">
      <DiffView path={path} before={answer.before} after={answer.after} />
    </div>
  );
}

function Counts({ added, removed }) {
  return (
    <span className="flex shrink-0 gap-1.5 font-mono text-xs tabular-nums">
      <span className="text-positive">
        <span aria-hidden="true">+{added}</span>
        <span className="sr-only">{counted(added, "line")} added, </span>
      </span>
      <span className="text-danger">
        <span aria-hidden="true">−{removed}</span>
        <span className="sr-only">{counted(removed, "line")} removed</span>
      </span>
    </span>
  );
}
