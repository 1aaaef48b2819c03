import { memo, useState } from "react";
import { ChevronRight, Ellipsis, Folder, FolderOpen, Lock, TriangleAlert } from "lucide-react";
import { FileIcon } from "./file_icon.jsx";

const indent = (depth) => ({ paddingLeft: depth * 14 + 10 });
const ROW = "group flex h-7 w-full items-center gap-1.5 pr-1.5 text-[13px]";

/** A folder or a file of the tree, with what there is to know of it. */
export const TreeRow = memo(function TreeRow({ row, file, status, isActive, isStop, isChanged, isMoving, isTarget, hasError, onOpen, onMenu }) {
  const { path, name, depth, isFolder, isOpen } = row;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={isFolder ? isOpen : undefined}
      aria-selected={isActive}
      aria-label={labelOf(row, { file, status, isChanged, hasError })}
      tabIndex={isStop ? 0 : -1}
      data-path={path}
      data-folder={isFolder ? path : path.slice(0, Math.max(path.lastIndexOf("/"), 0))}
      title={path}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", path);
        event.dataTransfer.effectAllowed = "move";
      }}
      onClick={() => onOpen(row)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(row, { x: event.clientX, y: event.clientY });
      }}
      style={indent(depth)}
      aria-busy={isMoving || undefined}
      className={`${ROW} cursor-pointer aria-busy:animate-breathe select-none text-soft hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px] aria-selected:bg-accent-soft aria-selected:text-accent-ink ${
        isTarget ? "bg-accent-soft outline-2 -outline-offset-2 outline-ring" : ""
      }`}
    >
      <ChevronRight
        size={13}
        aria-hidden="true"
        className={`shrink-0 opacity-60 transition-transform duration-100 ${isFolder ? "" : "invisible"} ${isOpen ? "rotate-90" : ""}`}
      />
      {isFolder ? <FolderIcon isOpen={isOpen} /> : <FileIcon path={path} />}
      <span className={`min-w-0 flex-1 truncate ${hasError ? "text-danger" : ""} ${isChanged ? "font-medium text-ink" : ""}`}>{name}</span>
      <Marks file={file} status={status} isChanged={isChanged} />
      <button
        type="button"
        tabIndex={-1}
        aria-label={`More for ${name}`}
        onClick={(event) => {
          event.stopPropagation();
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onMenu(row, { x: left, y: bottom + 2 });
        }}
        className="grid size-5 shrink-0 place-items-center rounded opacity-0 hover:bg-line group-hover:opacity-100 [@media(hover:none)]:opacity-60"
      >
        <Ellipsis size={13} aria-hidden="true" />
      </button>
    </div>
  );
});

function FolderIcon({ isOpen }) {
  const Icon = isOpen ? FolderOpen : Folder;
  return <Icon size={14} className="shrink-0 text-faint" aria-hidden="true" />;
}

function Marks({ file, status, isChanged }) {
  return (
    <>
      {file?.locked ? <Lock size={11} className="shrink-0 text-faint" aria-hidden="true" /> : null}
      {isChanged ? <span className="size-1.5 shrink-0 rounded-full bg-accent" aria-hidden="true" /> : null}
      <SaveMark status={status} />
    </>
  );
}

/** Something of this file is not saved. */
export function SaveMark({ status }) {
  if (!status?.isReady || status.status === "saved") return null;
  if (status.status === "conflict" || status.status === "refused") {
    return <TriangleAlert size={12} className="shrink-0 text-danger" aria-hidden="true" />;
  }
  const colour = status.status === "offline" ? "bg-warning" : "bg-faint";
  return <span className={`size-1.5 shrink-0 rounded-full ${colour}`} aria-hidden="true" />;
}

function labelOf({ name }, { file, status, isChanged, hasError }) {
  const marks = [
    file?.locked && "locked",
    isChanged && "changed by others",
    status?.isReady && status.status !== "saved" && "not saved",
    hasError && "has errors",
  ];
  return [name, ...marks.filter(Boolean)].join(", ");
}

/** The name of something, being typed. */
export function NameField({ depth, first, kind, problemOf, onNamed, onCancel }) {
  const [name, setName] = useState(first);
  const problem = name ? problemOf(name) : "";
  const finish = () => (name && !problem ? onNamed(name) : onCancel());
  return (
    <div className="relative" style={indent(depth)}>
      <input
        autoFocus
        value={name}
        aria-label={{ file: "Name of the file", folder: "Name of the folder", rename: "New name" }[kind]}
        aria-invalid={Boolean(problem)}
        placeholder={kind === "folder" ? "components" : "Button.tsx"}
        spellCheck={false}
        onFocus={(event) => event.target.setSelectionRange(0, first.lastIndexOf(".") > 0 ? first.lastIndexOf(".") : first.length)}
        onChange={(event) => setName(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && !problem) event.currentTarget.blur();
          if (event.key === "Escape") {
            event.preventDefault();
            onCancel();
          }
        }}
        className="my-px h-6.5 w-[calc(100%-0.5rem)] rounded-md border border-ring bg-surface px-2 text-[13px] text-ink outline-none aria-invalid:border-danger"
      />
      {problem ? (
        <p role="alert" className="absolute left-3 right-2 top-full z-10 rounded-md bg-danger-soft px-2 py-1 text-xs text-danger shadow-raised">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
