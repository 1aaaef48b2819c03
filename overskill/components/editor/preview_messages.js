/**
 * What a live preview says about itself (bundler/README.md lists it). Pure: `hear(preview, message)` gives the
 * next picture of it.
 *
 * @typedef {{ message: string, file: string, line: number, others: number }} PreviewError
 * @typedef {{ isReady: boolean, hasRendered: boolean, isGone: boolean, revision: number, route: string,
 *   error: PreviewError | null }} Preview
 */

/** @type {Preview} */
export const unheardPreview = {
  isReady: false,
  hasRendered: false,
  isGone: false,
  revision: -1,
  route: "/",
  error: null,
};

const LONGEST = { message: 600, file: 200, route: 200 };

/** @returns {Preview} */
export function hear(preview, message) {
  switch (message.type) {
    case "ready":
      return { ...preview, isReady: true, isGone: false };
    case "rendered":
      return { ...preview, isReady: true, hasRendered: true, revision: Number(message.revision), error: null };
    case "gone":
      return { ...preview, isGone: true };
    case "route":
      return { ...preview, route: routeOf(message.path) };
    case "error":
      return { ...preview, error: errorOf(message) };
    default:
      return preview;
  }
}

function errorOf({ message, file, line, others }) {
  return {
    message: text(message, LONGEST.message) || "The app stopped with an error.",
    file: text(file, LONGEST.file),
    line: Number(line) || 0,
    others: Number(others) || 0,
  };
}

/** "src/App.tsx:12", or "" where nobody knows. */
export function placeOf({ file, line }) {
  return file && line ? `${file}:${line}` : file;
}

/** "src/App.tsx:12, and 2 more errors" */
export function whereabouts(error) {
  const more = error.others ? `and ${error.others} more error${error.others === 1 ? "" : "s"}` : "";
  return [placeOf(error), more].filter(Boolean).join(", ");
}

/** The error as somebody would report it in the chat. */
export function reportOf(error) {
  const place = placeOf(error);
  return `Please fix this error in the preview: ${error.message}${place ? ` (${place})` : ""}`;
}

/** A path and nothing else: it is put behind the preview's address, where "@elsewhere" would lead elsewhere. */
function routeOf(path) {
  const route = text(path, LONGEST.route);
  return route.startsWith("/") ? route : "/";
}

function text(value, longest) {
  return typeof value === "string" ? value.slice(0, longest) : "";
}
