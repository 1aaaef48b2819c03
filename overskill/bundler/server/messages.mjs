/** What viewers are sent. Every message of type "state" brings a viewer to one revision, whole or by difference. */

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
    icons: drawings(snapshot.icons, icons),
    head: page(snapshot.head),
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
    icons: drawings(
      [...after.icons].filter((name) => !before.icons.has(name)),
      icons,
    ),
    head: page(after.head),
  };
}

export function problems(diagnostics) {
  return { type: "problems", problems: diagnostics.filter(({ severity }) => severity === "error").slice(0, 20) };
}

const page = ({ title, attributes }) => ({ title, attributes });

function drawings(names, icons) {
  return Object.fromEntries([...names].map((name) => [name, icons[name]]));
}
