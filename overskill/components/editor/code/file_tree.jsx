import { useEffect, useRef, useState } from "react";
import { FileMenu } from "./file_menu.jsx";
import { isInside, treeMove } from "./tree.js";
import { NameField, TreeRow } from "./tree_row.jsx";
import { useLatest, useRows, useTreeActions } from "./use_tree.js";

/** The tree of files: walked with the keyboard, changed by menu, keys and drag and drop. */
export function FileTree({ workspace, now, making, onMade, onOpen }) {
  const box = useRef(null);
  const [menu, setMenu] = useState(null); // { row, x, y }
  const tree = useRows(now);
  const focus = (path) => {
    tree.setFocused(path);
    requestAnimationFrame(() => box.current?.querySelector(`[data-path="${CSS.escape(path)}"]`)?.focus());
  };
  const { naming, moving, actions, onNamed, stopNaming, problemOf } = useTreeActions({ workspace, tree, focus, onOpen, onMade });
  const { rows, stop } = tree;
  const { target, ...dropping } = useDropping(actions.move);
  useEffect(() => {
    if (making) actions.create(making, rows.find(({ path }) => path === stop));
  }, [making]);

  // The same functions each time: a row is drawn anew only when something of it is another.
  const openRow = useLatest((row) => {
    tree.setFocused(row.path);
    actions.open(row);
  });
  const openMenu = useLatest((row, place) => setMenu({ row, ...place }));
  const onKeyDown = (event) => keyPressed(event, { rows, focus, toggle: tree.toggle, actions, openMenu });

  const field = (depth, first = "") => (
    <NameField key="naming" depth={depth} first={first} kind={naming.kind} problemOf={problemOf} onNamed={onNamed} onCancel={stopNaming} />
  );
  const isMakingIn = (folder) => naming && naming.kind !== "rename" && naming.at === folder;
  const isRenaming = ({ path }) => naming?.kind === "rename" && naming.at === path;
  return (
    <div
      ref={box}
      role="tree"
      aria-label="Files"
      onKeyDown={onKeyDown}
      {...dropping}
      className={`min-h-0 flex-1 overflow-y-auto overscroll-contain py-1.5 ${target === "" ? "bg-accent-soft/40" : ""}`}
    >
      {isMakingIn("") ? field(0) : null}
      {rows.flatMap((row) => [
        isRenaming(row) ? (
          field(row.depth, row.name)
        ) : (
          <TreeRow
            key={row.path}
            row={row}
            file={now.files.get(row.path)}
            status={now.statuses.get(row.path)}
            isActive={row.path === now.tabs.active}
            isStop={row.path === stop}
            isChanged={now.changed.has(row.path)}
            isMoving={moving !== "" && isInside(row.path, moving)}
            isTarget={target === row.path}
            hasError={now.diagnostics.some(({ file, severity }) => file === row.path && severity === "error")}
            onOpen={openRow}
            onMenu={openMenu}
          />
        ),
        isMakingIn(row.path) ? field(row.depth + 1) : null,
      ])}
      {menu ? (
        <FileMenu
          menu={menu}
          file={now.files.get(menu.row.path)}
          actions={actions}
          onClose={() => {
            setMenu(null);
            if (!naming) focus(menu.row.path);
          }}
        />
      ) : null}
    </div>
  );
}

function keyPressed(event, { rows, focus, toggle, actions, openMenu }) {
  const row = rows.find(({ path }) => path === event.target.dataset?.path);
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const move = treeMove(rows, row.path, event.key);
  if (move?.focus) focus(move.focus);
  else if (move?.toggle) toggle(move.toggle);
  else if (event.key === "Enter" || event.key === " ") actions.open(row);
  else if (event.key === "F2") actions.rename(row);
  else if (event.key === "Delete" || event.key === "Backspace") {
    actions.remove(row);
    focus(neighbour(rows, row)?.path ?? "");
  } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) openMenu(row, cornerOf(event.target));
  else return;
  event.preventDefault();
}

/** The row that takes the place of one that goes, with all that is in it. */
function neighbour(rows, row) {
  const at = rows.indexOf(row);
  return rows.find(({ path }, index) => index > at && !isInside(path, row.path)) ?? rows[at - 1];
}

function cornerOf(element) {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left + 24, y: bottom };
}

/** Rows are dragged into folders. `target` is the folder under the pointer: "" is the root, null none. */
function useDropping(onMove) {
  const [target, setTarget] = useState(null);
  return {
    target,
    onDragOver: (event) => {
      event.preventDefault();
      setTarget(event.target.closest?.("[data-folder]")?.dataset.folder ?? "");
    },
    onDragLeave: (event) => !event.currentTarget.contains(event.relatedTarget) && setTarget(null),
    onDrop: (event) => {
      event.preventDefault();
      if (target !== null) onMove(event.dataTransfer.getData("text/plain"), target);
      setTarget(null);
    },
  };
}
