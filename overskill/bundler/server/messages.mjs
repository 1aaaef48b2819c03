/** What viewers are sent. Every message of type "state" brings a viewer to one revision, whole or by difference. */

import { excerpt } from "../core/diagnostics.mjs";

const MOST_PROBLEMS = 20;
const MOST_EXCERPTS = 6;

/** @param {import("../core/app.mjs").Snapshot} snapshot */
export function wholeState(snapshot, icons) {
  return {
    type: "state",
    from: null,
    revision: snapshot.revision,
    entry: snapshot.entry,
    modules: [...snapshot.modules.values()],
    removed: [],
    css: { text: snapshot.sheet.text },
    vendors: [...snapshot.vendors],
    addresses: snapshot.addresses,
    icons: drawings(snapshot.icons, icons),
    head: page(snapshot.head),
    variables: snapshot.variables,
  };
}

export function stateSince(before, after, icons) {
  const changed = [...after.modules.values()].filter(({ id, hash }) => before.modules.get(id)?.hash !== hash);
  return {
    type: "state",
    from: before.revision,
    revision: after.revision,
    entry: after.entry,
    modules: changed,
    removed: [...before.modules.keys()].filter((id) => !after.modules.has(id)),
    css: after.sheet.since(before.sheet),
    vendors: [...after.vendors].filter((specifier) => !before.vendors.has(specifier)),
    addresses: after.addresses,
    icons: drawings(
      [...after.icons].filter((name) => !before.icons.has(name)),
      icons,
    ),
    head: page(after.head),
    variables: after.variables,
  };
}

/** What is wrong with an app, with the lines around it. @param {import("../core/app.mjs").App | null} app  null: nothing */
export function problems(app) {
  const errors = (app?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, MOST_PROBLEMS).map((problem, index) => {
    const text = index < MOST_EXCERPTS && problem.line > 0 ? app.files.get(problem.file) : undefined;
    return text === undefined ? problem : { ...problem, excerpt: excerpt(text, problem.line) };
  });
  return { type: "problems", problems: shown };
}

const page = ({ title, attributes }) => ({ title, attributes });

function drawings(names, icons) {
  return Object.fromEntries([...names].map((name) => [name, icons[name]]));
}
