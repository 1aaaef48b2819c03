/** What was typed into the fields of a form, and not sent: kept in the tab, however the form was closed. */
export class Drafts {
  #key;
  #store;

  /**
   * @param {string} scope what the form is about
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | null} store null where the browser keeps nothing
   */
  constructor(scope, store) {
    this.#key = `draft:${scope}`;
    this.#store = store;
  }

  /** @param {(HTMLInputElement | HTMLTextAreaElement)[]} fields with what the server has as their default */
  keep(fields) {
    const typed = fields.filter(({ value, defaultValue }) => value !== defaultValue);
    const drafts = Object.fromEntries(typed.map(({ name, value, defaultValue }) => [name, [defaultValue, value]]));
    if (typed.length) this.#store?.setItem(this.#key, JSON.stringify(drafts));
    else this.#store?.removeItem(this.#key);
  }

  /** Not over what the server has got since: it was sent, or something else was. */
  restore(fields) {
    const drafts = JSON.parse(this.#store?.getItem(this.#key) ?? "{}");
    for (const field of fields) {
      const [before, typed] = drafts[field.name] ?? [];
      if (before === field.defaultValue) field.value = typed;
    }
  }
}
