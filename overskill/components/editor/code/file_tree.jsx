import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { FileMenu } from "./file_menu.jsx";
import { NameField, TreeRow } from "./tree_row.jsx";
import { CLOSED_AT_FIRST, isInside, joined, movedInto, nameProblem, parentOf, rowsOf, treeMove } from "./tree.js";

/** The tree of files: walked with the keyboard, changed by menu, keys and drag and drop. */
export function FileTree({ workspace, now, making, onMade, onOpen }) {
  const [closed, setClosed] = useState(() => new Set(CLOSED_AT_FIRST));
  const [focused, setFocused] = useState("");
  const [naming, setNaming] = useState(null); // { kind: "file" | "folder" | "rename", at }
  const [menu, setMenu] = useState(null); // { row, x, y }
  const [moving, setMoving] = useState(""); // it takes a moment: imports of it are written anew
  const [target, setTarget] = useState(null); // the folder that something is dragged over; "" is the root
  const tree = useRef(null);
  const { active } = now.tabs;
  const paths = useMemo(() => [...now.files.keys()], [now.files]);
  const everything = useMemo(() => [...paths, ...now.folders], [paths, now.folders]);
  const rows = useMemo(() => rowsOf(paths, { closed, empty: now.folders }), [paths, closed, now.folders]);
  const stop = rows.some(({ path }) => path === focused) ? focused : rows.some(({ path }) => path === active) ? active : rows[0]?.path;

  const unfold = (path) => setClosed((before) => new Set([...before].filter((each) => each !== path && !path.startsWith(`${each}/`))));
  useEffect(() => {
    if (active) unfold(parentOf(active));
  }, [active]);
  useEffect(() => {
    if (making) startMaking(making, folderOf(rows.find(({ path }) => path === stop)));
  }, [making]);

  const toggle = (path) => setClosed((before) => (before.has(path) ? new Set([...before].filter((each) => each !== path)) : new Set([...before, path])));
  const focus = (path) => {
    setFocused(path);
    requestAnimationFrame(() => tree.current?.querySelector(`[data-path="${CSS.escape(path)}"]`)?.focus());
  };
  const startMaking = (kind, at) => {
    unfold(at);
    setNaming({ kind, at });
  };
  const actions = {
    open: (row) => (row.isFolder ? toggle(row.path) : onOpen(row.path)),
    create: (kind, row) => startMaking(kind, folderOf(row)),
    rename: (row) => setNaming({ kind: "rename", at: row.path }),
    remove: (row) => removeWithUndo(workspace, row),
    lock: (row, locked) => attempt(() => workspace.actions.lock(row.path, locked)),
    move: (path, folder) => move(path, movedInto(path, folder, everything)),
  };
  const move = async (path, to) => {
    if (!to || to === path) return;
    setMoving(path);
    await attempt(() => workspace.actions.move(path, to));
    setMoving("");
  };

  // The same functions each time: rows are drawn anew only when something of theirs is another.
  const latest = useRef(actions);
  latest.current = actions;
  const openRow = useCallback((row) => {
    setFocused(row.path);
    latest.current.open(row);
  }, []);
  const openMenu = useCallback((row, place) => setMenu({ row, ...place }), []);

  const onNamed = (name) => {
    const { kind, at } = naming;
    stopNaming();
    const folder = kind === "rename" ? parentOf(at) : at;
    const path = joined(folder, name);
    if (kind === "folder") workspace.addFolder(path);
    else if (kind === "file") attempt(() => workspace.actions.create(path));
    else move(at, path);
    if (kind !== "file") focus(path);
  };
  const stopNaming = () => {
    setNaming(null);
    onMade();
  };
  const problemOf = (name) => {
    const { kind, at } = naming;
    if (kind !== "rename") return nameProblem(at, name, everything);
    if (joined(parentOf(at), name) === at) return "";
    return nameProblem(parentOf(at), name, everything.filter((path) => path !== at && !path.startsWith(`${at}/`)));
  };

  const onKeyDown = (event) => {
    const row = rows.find(({ path }) => path === event.target.dataset?.path);
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = treeMove(rows, row.path, event.key);
    if (move?.focus) focus(move.focus);
    else if (move?.toggle) toggle(move.toggle);
    else if (event.key === "Enter" || event.key === " ") actions.open(row);
    else if (event.key === "F2") actions.rename(row);
    else if (event.key === "Delete" || event.key === "Backspace") actions.remove(row);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) setMenu({ row, ...cornerOf(event.target) });
    else return;
    event.preventDefault();
  };
  const onDrop = (event) => {
    event.preventDefault();
    if (target !== null) actions.move(event.dataTransfer.getData("text/plain"), target);
    setTarget(null);
  };

  const field = (depth, first = "") => (
    <NameField key="naming" depth={depth} first={first} kind={naming.kind} problemOf={problemOf} onNamed={onNamed} onCancel={stopNaming} />
  );
  const isMakingIn = (folder) => naming && naming.kind !== "rename" && naming.at === folder;
  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Files"
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        event.preventDefault();
        setTarget(event.target.closest?.("[data-folder]")?.dataset.folder ?? "");
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget) && setTarget(null)}
      onDrop={onDrop}
      className={`min-h-0 flex-1 overflow-y-auto overscroll-contain py-1.5 ${target === "" ? "bg-accent-soft/40" : ""}`}
    >
      {isMakingIn("") ? field(0) : null}
      {rows.flatMap((row) => [
        naming?.kind === "rename" && naming.at === row.path ? (
          field(row.depth, row.name)
        ) : (
          <TreeRow
            key={row.path}
            row={row}
            file={now.files.get(row.path)}
            status={now.statuses.get(row.path)}
            isActive={row.path === active}
            isStop={row.path === stop}
            isChanged={now.changed.has(row.path)}
            isMoving={moving !== "" && isInside(row.path, moving)}
            isTarget={target !== null && target !== "" && target === row.path}
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

function folderOf(row) {
  if (!row) return "";
  return row.isFolder ? row.path : parentOf(row.path);
}

function cornerOf(element) {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left + 24, y: bottom };
}

async function attempt(action) {
  try {
    return await action();
  } catch (failure) {
    toast.error(failure.message);
    return null;
  }
}

async function removeWithUndo(workspace, row) {
  const undo = await attempt(() => workspace.actions.remove(row.path));
  if (!undo) return;
  const action = { label: "Undo", onClick: () => attempt(undo) };
  toast.success(`${row.name} was deleted.`, { action, duration: 10_000 });
}
