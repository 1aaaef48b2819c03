import { useRef, useState } from "react";
import { LoaderCircle, Upload } from "lucide-react";
import { importProject, reportOn } from "./api.js";
import { Report } from "./import_report.jsx";
import { PRIMARY, SECONDARY } from "./looks.js";
import { summary } from "./report.js";

/** A button that asks for a zip, and what would become of each file before any is taken. */
export function ImportProject({ slug, onDone }) {
  const input = useRef(null);
  const dialog = useRef(null);
  const [file, setFile] = useState(null);
  const [report, setReport] = useState(null);
  const [doing, setDoing] = useState(""); // what is under way, in words
  const [problem, setProblem] = useState("");

  const attempt = async (words, work) => {
    setDoing(words);
    setProblem("");
    try {
      await work();
    } catch (failure) {
      setProblem(failure.message);
    } finally {
      setDoing("");
    }
  };
  const choose = ({ target }) => {
    const [chosen] = target.files;
    target.value = ""; // the same file can be chosen again
    if (!chosen) return;
    setFile(chosen);
    setReport(null);
    dialog.current.showModal();
    attempt("Reading the zip…", async () => setReport(await reportOn(chosen)));
  };
  const take = () =>
    attempt("Importing…", async () => {
      const made = await importProject(file, slug);
      if (!slug) return location.assign(`/studio/${made.slug}`);
      dialog.current.close();
      onDone();
    });

  return (
    <>
      <input ref={input} type="file" accept=".zip,application/zip" onChange={choose} aria-label="Choose a zip" className="sr-only" tabIndex={-1} />
      <button type="button" onClick={() => input.current.click()} className={SECONDARY}>
        <Upload size={16} aria-hidden="true" />
        Import a zip
      </button>
      <dialog
        ref={dialog}
        aria-labelledby="import-title"
        className="m-auto w-[40rem] max-w-[calc(100vw-2rem)] rounded-2xl border border-line bg-surface p-0 text-ink shadow-overlay backdrop:bg-backdrop"
      >
        <div className="flex max-h-[calc(100dvh-4rem)] flex-col">
          <header className="border-b border-line px-5 py-4">
            <h2 id="import-title" className="truncate text-base font-semibold">
              {file ? `Import ${file.name}` : "Import"}
            </h2>
            <p className="mt-0.5 text-sm text-soft">{report ? summary(report) : "Nothing of it is run. You see first what is taken."}</p>
          </header>
          <div className="min-h-32 flex-1 overflow-y-auto px-5 py-4">
            {doing ? (
              <p role="status" className="flex items-center gap-2.5 text-sm text-soft">
                <LoaderCircle size={16} className="animate-spin" aria-hidden="true" />
                {doing}
              </p>
            ) : null}
            {problem ? <p role="alert" className="mb-3 rounded-xl bg-danger-soft px-3.5 py-3 text-sm text-danger">{problem}</p> : null}
            {report && !doing ? <Report report={report} /> : null}
          </div>
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">
            <button type="button" onClick={() => dialog.current.close()} className={SECONDARY}>
              Cancel
            </button>
            {report ? (
              <button type="button" disabled={doing !== ""} onClick={take} className={PRIMARY}>
                Import {report.count} files
              </button>
            ) : (
              <button type="button" disabled={doing !== ""} onClick={() => input.current.click()} className={PRIMARY}>
                Choose another zip
              </button>
            )}
          </footer>
        </div>
      </dialog>
    </>
  );
}
