/** The files of an app as a tree, and how to walk and change it. Paths are the identity of everything. */

/** Folders that are the same in every app: closed at first. */
export const CLOSED_AT_FIRST = ["src/components/ui", "src/lib"];

export const parentOf = (path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0));
export const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);
export const joined = (folder, name) => (folder ? `${folder}/${name}` : name);
export const isInside = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/**
 * The rows that are seen, in order: folders before files, each by name.
 *
 * @param {string[]} paths of files
 * @param {{ closed: Set<string>, empty?: string[] }} folders `empty` have no file yet.
 * @returns {{ path: string, name: string, depth: number, isFolder: boolean, isOpen: boolean }[]}
 */
export function rowsOf(paths, { closed, empty = [] }) {
  const root = { folders: new Map(), files: [] };
  const folderAt = (path) => {
    if (!path) return root;
    const parent = folderAt(parentOf(path));
    const name = nameOf(path);
    if (!parent.folders.has(name)) parent.folders.set(name, { folders: new Map(), files: [] });
    return parent.folders.get(name);
  };
  for (const folder of empty) folderAt(folder);
  for (const path of paths) folderAt(parentOf(path)).files.push(path);

  const rows = [];
  const add = (folder, path, depth) => {
    for (const [name, child] of [...folder.folders].sort(([one], [other]) => byName(one, other))) {
      const childPath = joined(path, name);
      const isOpen = !closed.has(childPath);
      rows.push({ path: childPath, name, depth, isFolder: true, isOpen });
      if (isOpen) add(child, childPath, depth + 1);
    }
    for (const file of folder.files.sort((one, other) => byName(nameOf(one), nameOf(other)))) {
      rows.push({ path: file, name: nameOf(file), depth, isFolder: false, isOpen: false });
    }
  };
  add(root, "", 0);
  return rows;
}

function byName(one, other) {
  return one.localeCompare(other, "en", { numeric: true, sensitivity: "base" }) || (one < other ? -1 : 1);
}

/**
 * What a key does in a tree (WAI-ARIA): `{ focus }` another row, or `{ toggle }` a folder; null: nothing.
 *
 * @param {ReturnType<typeof rowsOf>} rows
 */
export function treeMove(rows, path, key) {
  const at = rows.findIndex((row) => row.path === path);
  const row = rows[at];
  if (!row) return rows.length ? { focus: rows[0].path } : null;
  const focus = (index) => (rows[index] ? { focus: rows[index].path } : null);
  switch (key) {
    case "ArrowDown":
      return focus(at + 1);
    case "ArrowUp":
      return focus(at - 1);
    case "Home":
      return focus(0);
    case "End":
      return focus(rows.length - 1);
    case "ArrowRight":
      if (!row.isFolder) return null;
      if (!row.isOpen) return { toggle: path };
      return rows[at + 1]?.depth > row.depth ? focus(at + 1) : null;
    case "ArrowLeft":
      if (row.isFolder && row.isOpen) return { toggle: path };
      return parentOf(path) ? { focus: parentOf(path) } : null;
    default:
      return null;
  }
}

/** Why a file or folder can't be called this; "" when it can. `name` may have folders in it: `pages/Home.tsx`. */
export function nameProblem(folder, name, paths) {
  const parts = name.split("/");
  if (!name.trim()) return "Type a name.";
  if (parts.some((part) => !part || part === "." || part === ".." || part !== part.trim())) {
    return "Write it like Button.tsx, or pages/Home.tsx for a folder too.";
  }
  if (!/^[\w@.()[\]+ -]+$/.test(parts.join(""))) return "Use letters, digits, dots, hyphens and underscores.";
  const path = joined(folder, name);
  return paths.some((each) => isInside(each, path)) ? `${name} is already there.` : "";
}

/** Where something is once it was moved into a folder; null: it may not go there. */
export function movedInto(path, folder, paths) {
  const target = joined(folder, nameOf(path));
  if (target === path || isInside(folder, path)) return null;
  return paths.some((each) => isInside(each, target)) ? null : target;
}

/** The path of a file after `from` (it, or a folder above it) was renamed to `to`. */
export function renamed(path, from, to) {
  return isInside(path, from) ? to + path.slice(from.length) : path;
}
