import { useEffect, useImperativeHandle, useRef } from "react";
import { EditorSelection } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { FileCode2, LoaderCircle } from "lucide-react";
import { keyWords } from "./around.js";
import { insertTyped } from "./typing.js";

/** The file in front. One view shows them all; each file keeps its own state. */
export function EditorPane({ ref, workspace, now, isOpen }) {
  const host = useRef(null);
  const view = useRef(null);
  const { active } = now.tabs;
  const status = now.statuses.get(active);
  const buffer = status?.isReady ? workspace.opened(active)?.buffer : null;

  useImperativeHandle(ref, () => ({ focus: () => view.current?.focus() }), []);
  useEffect(() => {
    const made = new EditorView({ parent: host.current });
    view.current = made;
    return () => {
      insertTyped(made);
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (!buffer) return undefined;
    buffer.attach(view.current);
    return () => buffer.detach();
  }, [buffer]);

  const { place } = now;
  useEffect(() => {
    if (buffer && place?.path === active) goTo(view.current, place);
  }, [buffer, place?.count]);
  useEffect(() => {
    if (isOpen) view.current.requestMeasure(); // it had no size while another tab was in front
  }, [isOpen]);

  return (
    <div className="relative min-h-0 flex-1" onBlur={() => workspace.opened(active)?.document.flush()}>
      {/* The view stays in the page: what it measured stays true. */}
      <div ref={host} className={`absolute inset-0 ${buffer ? "" : "invisible"}`} />
      {buffer ? null : <Nothing active={active} status={status} now={now} onRetry={() => workspace.show(active)} />}
    </div>
  );
}

function goTo(view, { line, column }) {
  const { doc } = view.state;
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const selection = EditorSelection.cursor(Math.min(at.from + Math.max(column - 1, 0), at.to));
  view.dispatch({ selection, effects: EditorView.scrollIntoView(selection, { y: "center" }) });
  view.focus();
}

function Nothing({ active, status, now, onRetry }) {
  if (status?.problem || (!now.isLoaded && now.problem)) {
    return (
      <div role="alert" className="absolute inset-0 grid place-items-center p-8">
        <div className="flex max-w-xs flex-col items-center gap-3 text-center text-sm text-soft">
          <p>{status?.problem || now.problem}</p>
          {active ? (
            <button type="button" onClick={onRetry} className="h-8 rounded-lg border border-strong px-3 text-[13px] font-medium text-ink hover:bg-hover">
              Try again
            </button>
          ) : null}
        </div>
      </div>
    );
  }
  if (active || !now.isLoaded) {
    return (
      <p role="status" className="absolute inset-0 grid animate-fade place-items-center text-faint [animation-delay:250ms]">
        <LoaderCircle size={18} className="animate-spin" aria-label="Opening the file" />
      </p>
    );
  }
  return (
    <div className="absolute inset-0 grid place-items-center p-8">
      <div className="flex flex-col items-center gap-3 text-center text-sm text-faint">
        <FileCode2 size={28} strokeWidth={1.4} aria-hidden="true" />
        <p>No file is open.</p>
        <p className="text-[13px]">
          Choose one from the list, or press <Key>{keyWords("mod+p").join(" ")}</Key> to find one.
        </p>
      </div>
    </div>
  );
}

function Key({ children }) {
  return <kbd className="rounded-md border border-line bg-canvas px-1.5 py-0.5 font-sans text-xs text-soft">{children}</kbd>;
}
