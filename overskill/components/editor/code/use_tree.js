import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { CLOSED_AT_FIRST, joined, movedInto, nameProblem, parentOf, rowsOf } from "./tree.js";

/** The rows of the tree that are seen, which folders are closed, and which row has the focus. */
export function useRows(now) {
  const [closed, setClosed] = useState(() => new Set(CLOSED_AT_FIRST));
  const [focused, setFocused] = useState("");
  const { active } = now.tabs;
  const paths = useMemo(() => [...now.files.keys()], [now.files]);
  const rows = useMemo(() => rowsOf(paths, { closed, empty: now.folders }), [paths, closed, now.folders]);
  const isSeen = (path) => rows.some((row) => row.path === path);

  const unfold = useCallback((path) => setClosed((before) => new Set([...before].filter((each) => !`${path}/`.startsWith(`${each}/`)))), []);
  const toggle = useCallback((path) => setClosed((before) => before.symmetricDifference(new Set([path]))), []);
  useEffect(() => {
    if (active) unfold(parentOf(active));
  }, [active]);
  return {
    rows,
    everything: useMemo(() => [...paths, ...now.folders], [paths, now.folders]),
    stop: isSeen(focused) ? focused : isSeen(active) ? active : rows[0]?.path,
    setFocused,
    unfold,
    toggle,
  };
}

/** What is done to files from the tree. `naming` is the name that is being typed: `{ kind, at }`, or null. */
export function useTreeActions({ workspace, tree, focus, onOpen, onMade }) {
  const [naming, setNaming] = useState(null); // kind "file", "folder" or "rename"; at: the folder, or what is renamed
  const [moving, setMoving] = useState(""); // it takes a moment: imports of it are written anew
  const { everything } = tree;
  const stopNaming = () => {
    setNaming(null);
    onMade();
  };
  const move = async (path, to) => {
    if (!to || to === path) return;
    setMoving(path);
    await attempt(() => workspace.actions.move(path, to));
    setMoving("");
  };
  const actions = {
    open: (row) => (row.isFolder ? tree.toggle(row.path) : onOpen(row.path)),
    create: (kind, row) => {
      const at = folderOf(row);
      tree.unfold(at);
      setNaming({ kind, at });
    },
    rename: (row) => setNaming({ kind: "rename", at: row.path }),
    remove: (row) => removeWithUndo(workspace, row),
    lock: (row, locked) => attempt(() => workspace.actions.lock(row.path, locked)),
    move: (path, folder) => move(path, movedInto(path, folder, everything)),
  };
  const onNamed = async (name) => {
    const { kind, at } = naming;
    const path = joined(kind === "rename" ? parentOf(at) : at, name);
    stopNaming();
    if (kind === "file") await attempt(() => workspace.actions.create(path));
    else if (kind === "folder") workspace.addFolder(path);
    else await move(at, path);
    if (kind !== "file") focus(path);
  };
  return { naming, moving, actions, onNamed, stopNaming, problemOf: (name) => problemOf(naming, name, everything) };
}

function problemOf({ kind, at }, name, everything) {
  if (kind !== "rename") return nameProblem(at, name, everything);
  const others = everything.filter((path) => path !== at && !path.startsWith(`${at}/`));
  return joined(parentOf(at), name) === at ? "" : nameProblem(parentOf(at), name, others);
}

/** Where something is created that is asked for at this row. */
function folderOf(row) {
  if (!row) return "";
  return row.isFolder ? row.path : parentOf(row.path);
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

/** The same function each time, which does what the newest one does. */
export function useLatest(does) {
  const latest = useRef(does);
  latest.current = does;
  return useCallback((...asked) => latest.current(...asked), []);
}
