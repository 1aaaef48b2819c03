import { useEffect, useRef, useState } from "react";
import { Download, Files, FilePlus2, FolderPlus, Search, X } from "lucide-react";
import { FileTree } from "./file_tree.jsx";
import { SearchPanel } from "./search_panel.jsx";
import { ToolButton } from "./tool_button.jsx";
import { useRemembered } from "./use_remembered.js";

const USUAL = 240;
const NARROWEST = 180;
const WIDEST = 480;

/** The files, or a search in them. Where there is little room it is a drawer over the editor. */
export function Sidebar({ workspace, now, sidebar, onSidebar, onOpen }) {
  const [width, setWidth] = useRemembered("overskill:files-width", USUAL);
  const [making, setMaking] = useState(""); // "file" or "folder"
  const drawer = useRef(null);
  const { view, isDrawerOpen, asked } = sidebar;
  const show = (next) => onSidebar({ view: next, isDrawerOpen: true, asked: asked + 1 });
  const close = () => onSidebar({ ...sidebar, isDrawerOpen: false });

  useEffect(() => {
    if (asked) drawer.current.querySelector(view === "search" ? "[type=search]" : "[role=treeitem][tabindex='0']")?.focus();
  }, [asked]);

  return (
    <>
      <div
        aria-hidden="true"
        onClick={close}
        className={`absolute inset-0 z-20 animate-fade bg-backdrop @xl:hidden ${isDrawerOpen ? "" : "hidden"}`}
      />
      <aside
        ref={drawer}
        aria-label="Files of the app"
        style={{ "--files": `${width}px` }}
        onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
        className={`min-h-0 flex-col border-r border-line bg-canvas @max-xl:absolute @max-xl:inset-y-0 @max-xl:left-0 @max-xl:z-30 @max-xl:w-[min(20rem,85%)] @max-xl:shadow-overlay @xl:relative @xl:flex @xl:w-(--files) @xl:shrink-0 ${
          isDrawerOpen ? "flex" : "hidden"
        }`}
      >
        <header className="flex h-10 shrink-0 items-center gap-0.5 border-b border-line px-1.5">
          <ToolButton label="Files" Icon={Files} isOn={view === "files"} onClick={() => show("files")} />
          <ToolButton label="Search in files" Icon={Search} isOn={view === "search"} onClick={() => show("search")} />
          <span className="flex-1" />
          {view === "files" ? (
            <>
              <ToolButton label="Create a file" Icon={FilePlus2} onClick={() => setMaking("file")} />
              <ToolButton label="Create a folder" Icon={FolderPlus} onClick={() => setMaking("folder")} />
            </>
          ) : null}
          <ToolButton label="Close" Icon={X} onClick={close} className="@xl:hidden" />
        </header>
        <div className={`min-h-0 flex-1 flex-col ${view === "files" ? "flex" : "hidden"}`}>
          <FileTree workspace={workspace} now={now} making={making} onMade={() => setMaking("")} onOpen={onOpen} />
          <div className="border-t border-line p-1.5">
            <a
              href={`/studio/${workspace.slug}/export.zip`}
              download
              className="flex h-7 items-center gap-2 rounded-md px-2 text-xs font-medium text-soft hover:bg-hover hover:text-ink"
            >
              <Download size={13} aria-hidden="true" />
              Download as zip
            </a>
          </div>
        </div>
        {view === "search" ? <SearchPanel workspace={workspace} onOpen={onOpen} /> : null}
        <Handle width={width} onWidth={(wanted) => setWidth(Math.round(Math.min(Math.max(wanted, NARROWEST), WIDEST)))} />
      </aside>
    </>
  );
}

function Handle({ width, onWidth }) {
  const start = useRef(null);
  return (
    <div
      role="separator"
      aria-label="Width of the files"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      onDoubleClick={() => onWidth(USUAL)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
        if (step) onWidth(width + step);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = event.clientX - width;
      }}
      onPointerMove={(event) => start.current !== null && onWidth(event.clientX - start.current)}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      className="absolute inset-y-0 -right-1 z-10 hidden w-2 cursor-col-resize touch-none hover:bg-ring/25 focus-visible:bg-ring/40 focus-visible:outline-none @xl:block"
    />
  );
}
