/** Which place in the app's files made an element of the page, without leaving a trace in the page. */

const sources = new WeakMap(); // an element's props -> its place

export function rememberSource(props, { fileName, lineNumber, columnNumber }) {
  sources.set(props, { file: fileName, line: lineNumber, column: columnNumber });
}

/**
 * From the element up to the components that hold it.
 *
 * @returns {{file: string, line: number, column: number, name: string}[]}
 */
export function sourcesOf(element, most = 12) {
  const key = Object.keys(element).find((name) => name.startsWith("__reactFiber$"));
  const found = [];
  for (let fiber = element[key]; fiber && found.length < most; fiber = fiber.return) {
    const props = fiber.memoizedProps;
    const place = props && typeof props === "object" ? sources.get(props) : undefined;
    if (place) found.push({ ...place, name: nameOf(fiber) });
  }
  return found;
}

function nameOf({ type, elementType }) {
  if (typeof type === "string") return type;
  return type?.displayName || type?.name || elementType?.name || "";
}
