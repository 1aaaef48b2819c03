// What is wrong with the page for people who do not see it or do not use a mouse: one line each.
() => {
  const wrong = [];
  const complain = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  const isVisible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const isNamed = (element) =>
    [element.ariaLabel, element.title, element.alt, element.innerText, ...labelsOf(element)].some((words) => words?.trim()) ||
    element.querySelector("img[alt]:not([alt=''])");
  const labelsOf = (element) => {
    const named = document.getElementById(element.getAttribute("aria-labelledby"));
    return [named, ...(element.labels ?? [])].map((label) => label?.innerText);
  };

  for (const element of document.querySelectorAll("button, a[href], input, textarea, select, iframe")) {
    if (element.type === "hidden" || !isVisible(element)) continue;
    const isHidden = element.closest("[aria-hidden=true]");
    if (isHidden && element.tabIndex >= 0) complain("it can have the focus, but is hidden", element);
    if (!isHidden && !isNamed(element)) complain("it has no name", element);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) complain("it has no alt", image);

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of repeated) wrong.push(`two elements have the id ${id}`);

  if (!document.documentElement.lang) wrong.push("the page has no language");
  if (!document.title) wrong.push("the page has no title");
  for (const tag of ["main", "h1"]) {
    const count = [...document.querySelectorAll(tag)].filter(isVisible).length;
    if (count !== 1) wrong.push(`the page has ${count} ${tag} instead of one`);
  }
  return wrong;
}
