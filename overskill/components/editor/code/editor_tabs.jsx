import { useEffect, useRef, useState } from "react";
import { PanelLeft, Search, X } from "lucide-react";
import { keyWords } from "./around.js";
import { FileIcon } from "./file_icon.jsx";
import { ToolButton } from "./tool_button.jsx";
import { nameOf, parentOf } from "./tree.js";
import { SaveMark } from "./tree_row.jsx";

/** The open files. Arrow keys walk them, Delete and the middle button close one, dragging puts them in order. */
export function EditorTabs({ workspace, now, onFiles, onFind }) {
  const { open, active } = now.tabs;
  const [target, setTarget] = useState("");
  const list = useRef(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active, open.length]);

  const onKeyDown = (event) => {
    const path = event.target.dataset?.tab;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!path || event.altKey || event.ctrlKey || event.metaKey) return;
    if (step) {
      const next = open[(open.indexOf(path) + step + open.length) % open.length];
      workspace.show(next);
      list.current.querySelector(`[data-tab="${CSS.escape(next)}"]`)?.focus();
    } else if (event.key === "Delete") workspace.close(path);
    else return;
    event.preventDefault();
  };
  return (
    <header className="flex h-10 shrink-0 items-stretch border-b border-line bg-canvas">
      <ToolButton label="Files" Icon={PanelLeft} onClick={onFiles} className="m-1.5 @xl:hidden" />
      <div
        ref={list}
        role="tablist"
        aria-label="Open files"
        onKeyDown={onKeyDown}
        onWheel={(event) => (list.current.scrollLeft += event.deltaY)}
        className="flex min-w-0 flex-1 overflow-x-auto [scrollbar-width:none]"
      >
        {open.map((path) => (
          <Tab
            key={path}
            path={path}
            open={open}
            isActive={path === active}
            isTarget={path === target}
            status={now.statuses.get(path)}
            onShow={() => workspace.show(path)}
            onClose={() => workspace.close(path)}
            onTarget={setTarget}
            onDropped={(dragged) => workspace.reorder(dragged, path)}
          />
        ))}
      </div>
      <ToolButton
        label={`Go to file (${keyWords("mod+p").join(" ")})`}
        Icon={Search}
        onClick={onFind}
        className="m-1.5 [&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0"
      />
    </header>
  );
}

function Tab({ path, open, isActive, isTarget, status, onShow, onClose, onTarget, onDropped }) {
  const name = nameOf(path);
  const isAmbiguous = open.some((each) => each !== path && nameOf(each) === name);
  const isUnsaved = status?.isReady && status.status !== "saved";
  return (
    <div
      title={path}
      draggable
      onDragStart={(event) => event.dataTransfer.setData("application/x-tab", path)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("application/x-tab")) return;
        event.preventDefault();
        onTarget(path);
      }}
      onDragEnd={() => onTarget("")}
      onDrop={(event) => {
        onTarget("");
        onDropped(event.dataTransfer.getData("application/x-tab"));
      }}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onAuxClick={(event) => event.button === 1 && onClose()}
      className={`group relative flex max-w-56 shrink-0 items-center border-r border-line ${
        isActive ? "bg-surface after:absolute after:inset-x-0 after:top-0 after:h-0.5 after:bg-accent" : "hover:bg-hover"
      } ${isTarget ? "bg-accent-soft" : ""}`}
    >
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        aria-label={isUnsaved ? `${path}, not saved` : path}
        tabIndex={isActive ? 0 : -1}
        aria-keyshortcuts="Delete"
        data-tab={path}
        onClick={onShow}
        className={`flex h-full min-w-0 items-center gap-2 pl-3 text-[13px] focus-visible:outline-offset-[-3px] ${isActive ? "text-ink" : "text-soft"}`}
      >
        <FileIcon path={path} size={13} />
        <span className="truncate">{name}</span>
        {isAmbiguous ? <span className="truncate text-xs text-faint">{nameOf(parentOf(path))}</span> : null}
      </button>
      <span className="relative mx-1.5 grid size-5 shrink-0 place-items-center">
        <span className={isUnsaved ? "group-hover:opacity-0" : "hidden"}>
          <SaveMark status={status} />
        </span>
        {/* For the pointer: a list of tabs may hold nothing but tabs. Keys and the palette close a file too. */}
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          title={`Close ${name}`}
          onClick={onClose}
          className={`absolute inset-0 grid place-items-center rounded text-faint hover:bg-line hover:text-ink group-hover:opacity-100 ${
            isActive && !isUnsaved ? "opacity-100" : "opacity-0"
          }`}
        >
          <X size={13} />
        </button>
      </span>
    </div>
  );
}
