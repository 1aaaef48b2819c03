/** The app's one stylesheet. A small change is a few rules; where the browser has other rules than expected, all. */

export class Stylesheet {
  constructor(element) {
    this.element = element;
  }

  /** @returns {boolean} false when the page must ask for the whole state */
  apply(change) {
    if (!change) return true;
    if (change.text !== undefined) {
      this.element.textContent = change.text;
      return true;
    }
    try {
      operate(this.element.sheet, change.count, change.operations);
      return true;
    } catch {
      return false;
    }
  }
}

function operate(owner, count, operations) {
  if (owner.cssRules.length !== count) throw new Error("The stylesheet has other rules than expected.");
  for (const { at, insert, replace, count: inner, inside } of operations) {
    if (inside) {
      operate(owner.cssRules[at], inner, inside);
      continue;
    }
    if (replace) owner.deleteRule(at);
    owner.insertRule(insert ?? replace, at);
  }
}
