/** One change of one element, as a change of its file's text: nothing but the element's own code is touched. */
import MagicString from "magic-string";

import { setAttribute } from "./attributes.mjs";
import { Choices } from "./choices.mjs";
import { setClasses, setHidden } from "./classes.mjs";
import { definesClasses } from "./definitions.mjs";
import { duplicate, move, remove, wrap } from "./order.mjs";
import { lineAndColumn, nameOf, parsed, placeAt, refuse } from "./tree.mjs";
import { setText } from "./words.mjs";

/** Changes of a text; an empty stretch is where something is put in. */
class Edits {
  constructor(text) {
    this.code = new MagicString(text);
  }

  insert(at, words) {
    this.code.appendLeft(at, words);
  }

  overwriteOrInsert(start, end, words) {
    if (start === end) this.insert(start, words);
    else if (words === "") this.code.remove(start, end);
    else this.code.overwrite(start, end, words);
  }

  remove(start, end) {
    this.code.remove(start, end);
  }
}

/** What each kind does; the answer is where the element to go on with begins, unless that stays. */
const KINDS = {
  text: (place, operation, edits) => setText(place, operation, edits),
  classes: (place, operation, edits, { takesClasses }) => setClasses(place, operation, edits, takesClasses()),
  hide: (place, operation, edits, { takesClasses }) => setHidden(place, operation, edits, takesClasses()),
  attribute: (place, operation, edits, { choices }) => setAttribute(place, operation, edits, choices()),
  move: (place, operation, edits) => move(place, operation, edits),
  duplicate: (place, _operation, edits) => duplicate(place, edits),
  remove: (place, _operation, edits) => remove(place, edits),
  wrap: (place, _operation, edits) => wrap(place, edits),
};

/**
 * @param {Map<string, string>} files  the app, as far as it is known: what a component takes
 * @returns {{text: string, line: number, column: number}} the file, and where in it to go on
 */
export function patchElement(file, text, position, operation, files = new Map()) {
  const place = placeAt(file, text, position);
  const kind = Object.hasOwn(KINDS, operation?.kind ?? "") ? KINDS[operation.kind] : null;
  if (!kind) throw refuse(`${operation?.kind} is not a change that an element can have.`);
  const edits = new Edits(text);
  const name = nameOf(place.element);
  const known = {
    takesClasses: () => definesClasses(file, place.program, name, files),
    choices: () => new Choices(file, text, name, files),
  };
  const start = kind(place, operation, edits, known) ?? place.element.start;
  const patched = edits.code.toString();
  if (parsed(file, patched) === null) throw refuse("The code would not be valid after this. Change it in the code.");
  return { text: patched, ...lineAndColumn(patched, start) };
}
