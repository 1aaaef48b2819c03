/** The app's one stylesheet. A small change is a few rules; where the browser has other rules than expected, all. */

export class Stylesheet {
  #latest = []; // changes that were applied last
  #undo = []; // steps back from them, the first one last
  #heldBack = []; // changes that are known and not shown

  constructor(element) {
    this.element = element;
  }

  /** @returns {boolean} false when the page must ask for the whole state */
  apply(change) {
    const known = change?.text === undefined ? this.#heldBack : []; // a whole text leaves nothing of them
    this.#latest = change ? [...known, change] : known;
    this.#heldBack = [];
    this.#undo = [];
    try {
      for (const each of this.#latest) this.#apply(each);
      return true;
    } catch {
      this.#latest = [];
      return false;
    }
  }

  /** Take the latest change back, until the next one: the modules that it belongs to are not shown either. */
  goBack() {
    for (const step of this.#undo.reverse()) step();
    this.#heldBack = this.#latest;
    this.#latest = [];
    this.#undo = [];
  }

  #apply(change) {
    if (change.text === undefined) {
      operate(this.element.sheet, change.count, change.operations, this.#undo);
      return;
    }
    const before = textOf(this.element.sheet);
    this.#undo.push(() => (this.element.textContent = before));
    this.element.textContent = change.text;
  }
}

function operate(owner, count, operations, undo) {
  if (owner.cssRules.length !== count) throw new Error("The stylesheet has other rules than expected.");
  for (const { at, insert, replace, count: inner, inside } of operations) {
    if (inside) {
      operate(owner.cssRules[at], inner, inside, undo);
      continue;
    }
    if (replace) {
      const before = owner.cssRules[at].cssText;
      owner.deleteRule(at);
      undo.push(() => owner.insertRule(before, at));
    }
    owner.insertRule(insert ?? replace, at);
    undo.push(() => owner.deleteRule(at));
  }
}

function textOf(sheet) {
  return sheet ? [...sheet.cssRules].map((rule) => rule.cssText).join("\n") : "";
}
