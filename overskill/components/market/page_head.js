/** What an element of a head says: two of one name are one too many. */
export function nameOf(element) {
  if (element.tagName === "TITLE") return "title";
  return element.getAttribute("property") ?? element.getAttribute("name") ?? "";
}

/**
 * Those that the server wrote and the page has its own of. Pure.
 *
 * @param {Element[]} elements  titles and metas
 */
export function doubled(elements) {
  const own = new Set(elements.filter((one) => !one.hasAttribute("data-prerendered")).map(nameOf));
  return elements.filter((one) => one.hasAttribute("data-prerendered") && nameOf(one) && own.has(nameOf(one)));
}
