/**
 * Select mode, from the editor's side: what is selected in the preview, what that is in the code, and changes of it. Each
 * change is shown at once, saved one after the other, and can be taken back.
 */
import { based, lastDone, lastUndone, moved, nothingDone, saveFor, withStep } from "./history.js";
import { coloursOf, isSamePlace, likeliestPlace, selectionOf } from "./messages.js";

const DIGITS = 16; // of a checksum, as the preview knows it
const STALE = 409; // the code has changed since the preview drew it: it draws it anew in a moment, and says so
const CHOSEN = new Set(["click", "key", "listed"]); // how somebody selects; otherwise the page was drawn anew
const PATIENCE = 3000; // ms until the preview has drawn what was changed here

/**
 * @typedef {object} State
 * @property {boolean} isOn
 * @property {import("./messages.js").Selection | null} selection
 * @property {number} placeIndex   which of the selection's places in the code is changed
 * @property {Target} target  what changes are made to: the same while the page is drawn anew around it
 * @property {object | null} element  that place, as bundler/core/elements/describe.mjs knows it
 * @property {Record<string, string>} colours  the app's own
 * @property {string} problem
 * @property {number} saving  changes on their way
 * @property {import("./history.js").History} history
 *
 * @typedef {{ place: import("./messages.js").Place | null }} Target  `place` as the latest answer or drawing knows it
 */
const NOTHING = { selection: null, placeIndex: 0, element: null, problem: "" };
const AT_FIRST = { ...NOTHING, target: { place: null }, isOn: false, colours: {}, saving: 0, history: nothingDone };

export class SelectSession {
  /** @type {State} */
  #state = AT_FIRST;
  #listeners = new Set();
  #work = Promise.resolve();
  #asking = null;
  #replaced = new Set(); // texts that changes from here replaced: what was drawn of them is drawn anew
  #waiting = new Set(); // for that

  /**
   * @param {(message: object) => void} say  to the preview
   * @param {{ describe: Function, patch: Function, save: Function }} api
   * @param {number} [patience]  ms
   */
  constructor(say, api, patience = PATIENCE) {
    this.say = say;
    this.api = api;
    this.patience = patience;
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read = () => this.#state;

  /** A message of the preview. */
  hear(message) {
    const { isOn, element } = this.#state;
    if (message.type === "select-asked") this.turn(!isOn);
    else if (message.type === "colours") this.#set({ colours: { ...this.#state.colours, ...coloursOf(message) } });
    else if (!isOn) return;
    else if (message.type === "selected") this.#take(selectionOf(message), CHOSEN.has(message.how));
    else if (message.type === "select-left") this.turn(false);
    else if (message.type === "select-undo") void this.travel(message.isRedo === true);
    else if (message.type === "select-delete" && element?.refusals.remove === "") void this.change({ kind: "remove" });
    else if (message.type === "ready") this.turn(true); // the page was loaded anew
  }

  turn(isOn) {
    this.#forget();
    this.#replaced.clear();
    this.#set({ isOn });
    this.say({ type: "select-mode", on: isOn });
  }

  /** Change another of the places that made the selected element. */
  edit(index) {
    const place = this.#state.selection.places[index];
    this.#set({ placeIndex: index, element: null, target: { place } });
    void this.#describe(place);
  }

  /** How a change will look: it is not saved. */
  try(change, target = this.#state.target) {
    if (target.place) this.say({ type: "select-try", place: target.place, change });
  }

  /**
   * @param {object} operation  as bundler/core/elements/patch.mjs knows them
   * @param {object} [trial]  how it will look, shown at once
   * @param {Target} [target]  also one that is not selected any more: what was typed is saved when the field is left
   */
  change(operation, trial, target = this.#state.target) {
    if (trial) this.try(trial, target);
    return this.#inTurn(() => this.#patch(target, operation));
  }

  /** Take the latest change back, or make it again. */
  travel(isRedo) {
    return this.#inTurn(async () => {
      const { history } = this.#state;
      const step = isRedo ? lastUndone(history) : lastDone(history);
      if (!step) return;
      const answer = await this.api.save(saveFor(step, isRedo));
      const { checksum } = answer.files.find(({ path }) => path === step.path) ?? step;
      this.#replace(step.path, step.checksum, checksum);
      this.#set({ history: moved(this.#state.history, isRedo, checksum), problem: "" });
    });
  }

  #take(selection, isChosen) {
    if (selection === null) {
      this.#forget(isChosen);
      return;
    }
    const target = isChosen ? { place: null } : this.#state.target;
    const known = target.place ? selection.places.findIndex((each) => isSamePlace(each, target.place)) : -1;
    if (known >= 0) {
      this.#set({ selection, placeIndex: known });
      if (this.#state.problem) void this.#describe(target.place);
      return;
    }
    const last = selection.places.length - 1;
    const placeIndex = isChosen ? likeliestPlace(selection) : Math.min(this.#state.placeIndex, last);
    target.place = selection.places[placeIndex];
    this.#set({ selection, placeIndex, target, element: isChosen ? null : this.#state.element });
    this.#wake();
    void this.#describe(target.place);
  }

  /** Once what is on its way is saved: the answer is of the code after it. */
  async #describe(place) {
    this.#stopAsking();
    const asking = new AbortController();
    this.#asking = asking;
    const { problem } = this.#state;
    await this.#work;
    await this.#untilDrawn(place);
    if (this.#asking !== asking) return;
    try {
      const { element, colours } = await this.api.describe(place, asking.signal);
      if (this.#asking !== asking) return;
      this.#replaced.delete(textOf(place.file, place.checksum)); // somebody has put it back
      const isOther = this.#state.problem !== problem; // a change was refused meanwhile, and nobody has read why
      this.#set({ element, problem: isOther ? this.#state.problem : "" });
      this.say({ type: "select-colours", colours });
    } catch (error) {
      if (this.#asking !== asking) return;
      this.#set({ problem: error.message, element: error.status === STALE ? this.#state.element : null });
    }
  }

  async #patch(target, operation) {
    if (target.place) await this.#untilDrawn(target.place);
    const from = target.place;
    if (!from) return;
    try {
      const answer = await this.api.patch(from, operation);
      this.#replace(from.file, from.checksum, answer.checksum);
      this.say({ type: "select-tried", isKept: true });
      this.#goOn(target, from, answer);
      if (answer.before !== answer.text) this.#remember(from.file, answer);
    } catch (error) {
      this.say({ type: "select-tried", isKept: false });
      throw error;
    }
  }

  /** With the same element in the changed code, its copy, or what was around it; or with what was selected meanwhile. */
  #goOn(target, from, { element, checksum }) {
    const { line, column, name } = element;
    target.place = { ...from, line, column, name, checksum: checksum.slice(0, DIGITS) };
    if (target !== this.#state.target) return;
    this.#stopAsking();
    this.#set({ element, problem: "" });
    this.say({ type: "select-place", place: target.place, index: this.#state.selection?.index ?? 0 });
  }

  #replace(path, before, after) {
    this.#replaced.add(textOf(path, before));
    this.#replaced.delete(textOf(path, after));
  }

  /** Waits until the preview says where the place is now, if the text it was drawn from was replaced from here. */
  async #untilDrawn({ file, checksum }) {
    const text = textOf(file, checksum);
    if (!this.#replaced.has(text)) return;
    const { promise, resolve } = Promise.withResolvers();
    this.#waiting.add(resolve);
    const timer = setTimeout(resolve, this.patience);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  #wake() {
    for (const resolve of this.#waiting) resolve();
  }

  #remember(path, { before, text, checksum }) {
    const step = { path, before, after: text, checksum };
    this.#set({ history: withStep(based(this.#state.history, path, checksum), step) });
  }

  #inTurn(task) {
    this.#set({ saving: this.#state.saving + 1 });
    this.#work = this.#work
      .then(task)
      .catch((error) => this.#set({ problem: error.message }))
      .finally(() => this.#set({ saving: this.#state.saving - 1 }));
    return this.#work;
  }

  /** What was asked before is of no interest any more, also if it is answered. */
  #stopAsking() {
    this.#asking?.abort();
    this.#asking = null;
  }

  /** @param {boolean} isChosen  false: it is not on the page any more, and comes back where a change put it elsewhere */
  #forget(isChosen = true) {
    this.#stopAsking();
    const { target } = this.#state;
    target.place = isChosen ? target.place : null;
    this.#set({ ...NOTHING, target: isChosen ? { place: null } : target });
    this.#wake();
  }

  #set(changes) {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}

const textOf = (path, checksum) => `${path} ${checksum.slice(0, DIGITS)}`;
