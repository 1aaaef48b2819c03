/**
 * What is wrong: with the app, as its last save found it, and with the file in front, as its types say. Of two that say
 * so of one line the save's comes first: what can't be read has no types, either.
 *
 * @typedef {import("./workspace.js").Diagnostic} Diagnostic
 * @param {Diagnostic[]} saved
 * @param {{ path: string, problems: Omit<Diagnostic, "file" | "code">[] }} checked
 * @param {string} active the file in front: what was found in another may be mended by now
 * @returns {Diagnostic[]} `saved` itself where there is nothing to add
 */
export function diagnosticsOf(saved, { path, problems }, active) {
  if (path !== active) return saved;
  const isKnown = ({ line }) => saved.some((each) => each.file === path && each.line === line);
  const more = problems.filter((problem) => !isKnown(problem)).map((problem) => ({ ...problem, file: path, code: "types" }));
  return more.length ? [...saved, ...more] : saved;
}
