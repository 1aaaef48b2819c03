import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Puck } from "@puckeditor/core";
import "@puckeditor/core/no-external.css";
import { AskDialog } from "./ask_dialog.jsx";
import { canvasApi } from "./api.js";
import { configOf } from "./config.jsx";
import { Frame } from "./frame.jsx";
import { PUCK_TOKENS } from "./frame_styles.js";
import { cleaned } from "./kinds.js";
import { mapNodes } from "./matching.js";
import { PageList } from "./page_list.jsx";
import { PagePicker } from "./page_picker.jsx";
import { PageSession } from "./session.js";
import { Saving } from "./toolbar.jsx";
import { Workspace } from "./workspace.jsx";
import { roomOf } from "$/public/external/overskill/components/editor/browser/room.js";

const PAGE = /^src\/(?!components\/ui\/).*\.[jt]sx$/;
const NARROW = 700; // px; below this the page itself has no room between its panels

/** @param {{ slug: string, address: string, isOpen: boolean, onAsk: (message: string) => void }} props */
export function CanvasEditor({ slug, address, isOpen, onAsk }) {
  const api = useMemo(() => canvasApi(slug), [slug]);
  const [pages, setPages] = useState(null);
  const [problem, setProblem] = useState("");
  const [path, setPath] = useState("");
  const load = useCallback(async () => {
    try {
      const found = await api.pages();
      setPages(found);
      setProblem("");
      setPath((now) => (found.some((page) => page.path === now && !page.problem) ? now : (found.find((page) => !page.problem)?.path ?? "")));
    } catch (failure) {
      setProblem(failure.message);
    }
  }, [api]);
  useEffect(() => {
    void load();
  }, [load]);
  useEffect(() => {
    const known = new Set(pages?.map((page) => page.path));
    const isOther = ({ path: changed, checksum }) => PAGE.test(changed) && (checksum === null || !known.has(changed));
    return roomOf(slug).follow(({ files }) => {
      if (!files || files.some(isOther)) void load();
    });
  }, [slug, load, pages]);

  if (problem && !pages) return <Nothing title="The pages could not be read" words={problem} action={["Try again", load]} />;
  if (!pages) return <Nothing title="Reading the pages…" isBusy />;
  if (!path) return <Nothing title="No page to edit yet" words="As soon as the app has a page, you can move its parts around here." />;
  const picker = <PagePicker pages={pages} path={path} onPick={setPath} />;
  const page = pages.find((each) => each.path === path);
  return <Page key={path} {...{ slug, api, path, picker, isOpen, onAsk }} address={address && `${address}${routeOf(page)}`} />;
}

/** An address with a placeholder in it can't be opened. */
const routeOf = (page) => (page?.route && !/[:*]/.test(page.route) ? page.route : "/");

function Page({ slug, api, path, picker, address, isOpen, onAsk }) {
  const redraw = useRef(() => {});
  const [session] = useState(() => new PageSession(path, api, (...shown) => redraw.current(...shown)));
  const view = useSyncExternalStore(session.subscribe, session.read);
  useEffect(() => {
    void session.open();
    const stop = roomOf(slug).follow((change) => void session.hear(change));
    window.addEventListener("pagehide", session.flush);
    return () => {
      stop();
      window.removeEventListener("pagehide", session.flush);
      session.close();
    };
  }, [session]);
  useEffect(() => {
    if (!isOpen) void session.flush();
  }, [isOpen]);

  const [asked, setAsked] = useState(null);
  const box = useRef(null);
  const isNarrow = useNarrow(box);
  const dialog = asked === null ? null : <AskDialog name={asked} onAsk={onAsk} onClose={() => setAsked(null)} />;
  return (
    <div ref={box} className="flex min-h-0 flex-1 flex-col bg-canvas">
      {view.status === "failed" ? <Nothing picker={picker} title="This page can't be edited visually" words={view.problem} action={["Try again", () => session.open()]} /> : null}
      {view.status === "opening" ? <Nothing picker={picker} title="Opening the page…" isBusy /> : null}
      {view.status === "ready" && isNarrow !== null ? (
        <Opened {...{ session, view, api, picker, address, redraw, isNarrow, isOpen }} onAsk={setAsked} />
      ) : null}
      {view.notice && view.status === "ready" ? <Notice view={view} onRemove={(id) => session.remove(id)} /> : null}
      {dialog}
    </div>
  );
}

function Notice({ view: { notice, offer }, onRemove }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line bg-warning-soft px-4 py-2 text-[13px] text-warning">
      <p>{notice}</p>
      {offer ? (
        <button type="button" onClick={() => onRemove(offer.id)} className="h-7 rounded-md border border-current px-2 font-medium hover:bg-hover">
          Delete {offer.label}
        </button>
      ) : null}
    </div>
  );
}

function Opened({ session, view, api, picker, address, redraw, isNarrow, isOpen, onAsk }) {
  const { kinds, config } = useMemo(() => configOf(view.page), [view.page]);
  const { css, theme } = useStyles(api, view.styles, isOpen);
  const [drawn, setDrawn] = useState(session.shown); // where Puck is not there to hold it
  const edit = useCallback(
    (data) => {
      const document = tidy(data, session.shown, kinds);
      if (JSON.stringify(document) === JSON.stringify(plain(session.shown))) return;
      session.edit(document);
      setDrawn(document);
    },
    [session, kinds],
  );
  const [isSiteDark] = useDark();
  const isDark = theme === "" ? isSiteDark : theme === "dark";
  const overrides = useMemo(() => ({ iframe: (given) => <Frame {...given} styles={css} isDark={isDark} /> }), [css, isDark]);

  if (isNarrow) {
    redraw.current = setDrawn;
    return (
      <>
        <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface px-2.5">
          {picker}
          <Saving view={view} />
        </div>
        <PageList document={drawn} kinds={kinds} onEdit={edit} />
      </>
    );
  }
  return (
    <div className="os-puck flex min-h-0 flex-1 flex-col">
      <style>{PUCK_TOKENS}</style>
      <Puck config={config} data={session.shown} onChange={edit} overrides={overrides} iframe={FRAME}>
        <Workspace {...{ picker, view, address, redraw, kinds, onAsk }} blocks={view.page.blocks} />
      </Puck>
    </div>
  );
}

const FRAME = { enabled: true, syncHostStyles: false, waitForStyles: false };

/** What Puck adds of its own is left out, and so is what somebody emptied. */
function tidy(data, shown, kinds) {
  const before = new Map();
  mapNodes(shown.content, (node) => (before.set(node.props.id, node.props), node));
  const content = mapNodes(data.content, (node) => ({
    type: node.type,
    props: cleaned(node.props, kinds.get(node.type), before.get(node.props.id)),
  }));
  return plain({ root: { props: data.root?.props ?? {} }, content });
}

const plain = ({ root, content }) => JSON.parse(JSON.stringify({ root: { props: root.props ?? {} }, content, zones: {} }));

/** The app's styles and the theme it begins with, read again when something may have changed them. */
function useStyles(api, count, isWanted) {
  const [styles, setStyles] = useState({ css: "", theme: "" });
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    api.styles().then(
      (read) => isCurrent && setStyles(read),
      () => {}, // without them blocks are plain; the next change reads them again
    );
    return () => {
      isCurrent = false;
    };
  }, [api, count, isWanted]);
  return styles;
}

/** Whether there is too little room, or null before it is known. */
function useNarrow(box) {
  const [isNarrow, setNarrow] = useState(null);
  useEffect(() => {
    const sized = new ResizeObserver(([{ contentRect }]) => contentRect.width > 0 && setNarrow(contentRect.width < NARROW));
    sized.observe(box.current);
    return () => sized.disconnect();
  }, []);
  return isNarrow;
}

function useDark() {
  const [isDark, setDark] = useState(() => document.documentElement.classList.contains("dark"));
  useEffect(() => {
    const observer = new MutationObserver(() => setDark(document.documentElement.classList.contains("dark")));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    return () => observer.disconnect();
  }, []);
  return [isDark];
}

function Nothing({ picker, title, words = "", action, isBusy = false }) {
  return (
    <>
      {picker ? <div className="flex h-11 shrink-0 items-center border-b border-line bg-surface px-2.5">{picker}</div> : null}
      <div role="status" className={`grid flex-1 place-items-center p-8 text-center ${isBusy ? "animate-fade [animation-delay:200ms]" : ""}`}>
        <div className="flex max-w-sm flex-col items-center gap-2">
          <p className="text-[15px] font-medium text-ink">{title}</p>
          {words ? <p className="text-sm leading-relaxed text-soft">{words}</p> : null}
          {action ? (
            <button type="button" onClick={() => void action[1]()} className="mt-2 h-8.5 rounded-lg border border-strong px-3 text-[13px] font-medium text-ink hover:bg-hover">
              {action[0]}
            </button>
          ) : null}
        </div>
      </div>
    </>
  );
}
