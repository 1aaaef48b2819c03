/** The title and the attributes of <html>, as index.html has them; what the app itself changed stays. */

export class PageHead {
  #shown = { title: "", attributes: {} };

  apply(head) {
    const before = this.#shown;
    this.#shown = head;
    if (head.title !== before.title) document.title = head.title;
    const names = new Set([...Object.keys(before.attributes), ...Object.keys(head.attributes)]);
    for (const name of names) {
      const [was, is] = [before.attributes[name], head.attributes[name]];
      if (was === is) continue;
      if (name === "class") changeClasses(was ?? "", is ?? "");
      else if (is === undefined) document.documentElement.removeAttribute(name);
      else document.documentElement.setAttribute(name, is);
    }
  }
}

/** Class by class: the app may have put `dark` there, or taken it away. */
function changeClasses(was, is) {
  const words = (text) => text.split(/\s+/).filter(Boolean);
  document.documentElement.classList.remove(...words(was));
  document.documentElement.classList.add(...words(is));
}
