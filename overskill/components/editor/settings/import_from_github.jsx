import { useEffect, useRef, useState } from "react";
import { FolderGit2, LoaderCircle, Lock, Search } from "lucide-react";
import { branchesOf, importRepository, offeredRepositories, reportOnRepository } from "./api.js";
import { Report } from "./import_report.jsx";
import { PRIMARY, SECONDARY } from "./looks.js";
import { summary } from "./report.js";
import { branchesInOrder, matching } from "./repositories.js";

const VISIT = "/api/imports/github/visit";

/** A visit to GitHub, then a dialog: choose a repository, see what is taken of it, take it. */
export function ImportFromGithub() {
  const dialog = useRef(null);
  const [visit, setVisit] = useState("");
  const [offered, setOffered] = useState(null);
  const [chosen, setChosen] = useState(null); // {repository, branch}
  const [branches, setBranches] = useState([]);
  const [report, setReport] = useState(null);
  const [connects, setConnects] = useState(true);
  const [doing, setDoing] = useState(""); // what is under way, in words
  const [problem, setProblem] = useState("");
  const newest = useRef(0); // an answer to an earlier choice is not shown

  const attempt = async (words, work) => {
    const turn = ++newest.current;
    setDoing(words);
    setProblem("");
    try {
      await work(() => turn === newest.current);
    } catch (failure) {
      if (turn === newest.current) setProblem(failure.message);
    } finally {
      if (turn === newest.current) setDoing("");
    }
  };

  useEffect(() => {
    const address = new URL(location.href);
    const name = address.searchParams.get("github");
    if (!name) return;
    address.searchParams.delete("github");
    history.replaceState(history.state, "", address);
    setVisit(name);
    dialog.current.showModal();
    attempt("Asking which repositories there are…", async () => setOffered((await offeredRepositories(name)).repositories));
  }, []);

  const choose = (repository, branch = repository.branch) => {
    setChosen({ repository, branch });
    setReport(null);
    attempt("Reading the repository…", async (isNewest) => {
      const found = await reportOnRepository({ visit, id: repository.id, branch });
      if (!isNewest()) return;
      setReport(found);
      setConnects(found.unconnectable === "");
    });
  };
  const open = (repository) => {
    setBranches([repository.branch]);
    choose(repository);
    branchesOf(visit, repository.id)
      .then((found) => setBranches(branchesInOrder(found.branches, repository.branch)))
      .catch(() => {}); // its default branch can be taken all the same
  };
  const goBack = () => {
    newest.current += 1;
    setChosen(null);
    setReport(null);
    setDoing("");
    setProblem("");
  };
  const take = () =>
    attempt("Importing…", async () => {
      const { repository, branch } = chosen;
      const made = await importRepository({ visit, id: repository.id, branch, commit: report.commit, connect: connects });
      location.assign(`/studio/${made.slug}`);
    });

  return (
    <>
      <form action={VISIT} method="post">
        <button type="submit" className={SECONDARY}>
          <FolderGit2 size={16} aria-hidden="true" />
          Import from GitHub
        </button>
      </form>
      <dialog
        ref={dialog}
        aria-labelledby="github-import-title"
        className="m-auto w-[40rem] max-w-[calc(100vw-2rem)] rounded-2xl border border-line bg-surface p-0 text-ink shadow-overlay backdrop:bg-backdrop"
      >
        <div className="flex h-[36rem] max-h-[calc(100dvh-4rem)] flex-col">
          <header className="border-b border-line px-5 py-4">
            <h2 id="github-import-title" className="truncate text-base font-semibold">
              {chosen ? chosen.repository.name : "Import from GitHub"}
            </h2>
            <p className="mt-0.5 text-sm text-soft">
              {report ? summary(report) : chosen ? "Nothing of it is run. You see first what is taken." : "Choose a Vite and React project of yours."}
            </p>
            {chosen ? <BranchMenu branches={branches} branch={chosen.branch} onChoose={(branch) => choose(chosen.repository, branch)} /> : null}
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
            {problem ? <p role="alert" className="mb-3 rounded-xl bg-danger-soft px-3.5 py-3 text-sm text-danger">{problem}</p> : null}
            {doing ? (
              <p role="status" className="flex items-center gap-2.5 text-sm text-soft">
                <LoaderCircle size={16} className="animate-spin" aria-hidden="true" />
                {doing}
              </p>
            ) : null}
            {!chosen && offered ? <Repositories offered={offered} onChoose={open} /> : null}
            {report && !doing ? <Report report={report} /> : null}
          </div>
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-4">
            {report ? <StayConnected report={report} checked={connects} onChange={setConnects} /> : null}
            <button type="button" onClick={chosen ? goBack : () => dialog.current.close()} className={SECONDARY}>
              {chosen ? "Back" : "Cancel"}
            </button>
            {report ? (
              <button type="button" disabled={doing !== ""} onClick={take} className={PRIMARY}>
                Import {report.count} files
              </button>
            ) : null}
          </footer>
        </div>
      </dialog>
    </>
  );
}

function Repositories({ offered, onChoose }) {
  const [query, setQuery] = useState("");
  const found = matching(offered, query);
  return (
    <>
      {offered.length > 0 ? (
        <label className="relative block">
          <span className="sr-only">Search the repositories</span>
          <Search size={15} className="pointer-events-none absolute left-3 top-3 text-faint" aria-hidden="true" />
          <input
            type="search"
            autoFocus
            value={query}
            placeholder="Search"
            onChange={({ target }) => setQuery(target.value)}
            className="h-9.5 w-full rounded-lg border border-strong bg-surface pl-9 pr-3 text-sm text-ink placeholder:text-faint"
          />
        </label>
      ) : null}
      <ul className="mt-3 flex flex-col gap-0.5">
        {found.map((repository) => (
          <li key={repository.id}>
            <button
              type="button"
              onClick={() => onChoose(repository)}
              className="flex w-full items-center gap-2.5 rounded-lg px-3 py-2 text-left text-sm text-ink hover:bg-hover"
            >
              <FolderGit2 size={15} className="shrink-0 text-faint" aria-hidden="true" />
              <span className="min-w-0 flex-1 break-words">{repository.name}</span>
              {repository.private ? (
                <span className="flex shrink-0 items-center gap-1 text-[13px] text-faint">
                  <Lock size={12} aria-hidden="true" />
                  Private
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      {offered.length > 0 && found.length === 0 ? <p className="px-3 py-2 text-sm text-soft">No repository has these words in its name.</p> : null}
      <form action={VISIT} method="post" className="mt-4 flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <input type="hidden" name="install" value="yes" />
        <p className="min-w-0 flex-1 basis-52 text-[13px] text-soft">
          {offered.length > 0 ? "Is one missing?" : "There is none yet."} You choose on GitHub which ones OverSkill may reach.
        </p>
        <button type="submit" className={SECONDARY}>
          Choose on GitHub
        </button>
      </form>
    </>
  );
}

function BranchMenu({ branches, branch, onChoose }) {
  return (
    <label className="mt-2.5 flex items-center gap-2 text-[13px] text-soft">
      Branch
      <select
        value={branch}
        onChange={({ target }) => onChoose(target.value)}
        className="h-8 min-w-0 max-w-60 flex-1 truncate rounded-lg border border-strong bg-surface px-2 font-mono text-[13px] text-ink"
      >
        {branches.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function StayConnected({ report, checked, onChange }) {
  if (report.unconnectable) return <p className="min-w-0 basis-full sm:flex-1 sm:basis-56 text-[13px] text-soft">{report.unconnectable}</p>;
  return (
    <label className="flex min-w-0 basis-full cursor-pointer items-center gap-2.5 text-[13px] text-soft sm:flex-1 sm:basis-56">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 shrink-0 cursor-pointer accent-accent"
      />
      Stay connected: versions become commits, pushes become versions
    </label>
  );
}
