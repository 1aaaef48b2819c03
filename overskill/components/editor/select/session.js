/**
 * Select mode, from the editor's side: what is selected in the preview, what that is in the code, and changes of it. Each
 * change is shown at once, saved one after the other, and can be taken back.
 */
import { based, lastDone, lastUndone, moved, nothingDone, saveFor, withStep } from "./history.js";
import { coloursOf, isSamePlace, likeliestPlace, selectionOf } from "./messages.js";

const DIGITS = 16; // of a checksum, as the preview knows it
const STALE = 409; // the code has changed since the preview drew it: it draws it anew in a moment, and says so

/**
 * @typedef {object} State
 * @property {boolean} isOn
 * @property {import("./messages.js").Selection | null} selection
 * @property {number} placeIndex   which of the selection's places in the code is changed
 * @property {object | null} element  that place, as bundler/core/elements/describe.mjs knows it
 * @property {Record<string, string>} colours  the app's own
 * @property {string} problem
 * @property {number} saving  changes on their way
 * @property {import("./history.js").History} history
 */
const NOTHING = { selection: null, placeIndex: 0, element: null, problem: "" };
const AT_FIRST = { ...NOTHING, isOn: false, colours: {}, saving: 0, history: nothingDone };

export class SelectSession {
  /** @type {State} */
  #state = AT_FIRST;
  #listeners = new Set();
  #place = null; // the one that is changed, as the latest answer knows it
  #work = Promise.resolve();
  #asking = null;

  /**
   * @param {(message: object) => void} say  to the preview
   * @param {{ describe: Function, patch: Function, save: Function }} api
   */
  constructor(say, api) {
    this.say = say;
    this.api = api;
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
    else if (message.type === "selected") this.#take(selectionOf(message));
    else if (message.type === "select-left") this.turn(false);
    else if (message.type === "select-undo") void this.travel(message.isRedo === true);
    else if (message.type === "select-delete" && element?.refusals.remove === "") void this.change({ kind: "remove" });
    else if (message.type === "ready") this.turn(true); // the page was loaded anew
  }

  turn(isOn) {
    this.#forget();
    this.#set({ isOn });
    this.say({ type: "select-mode", on: isOn });
  }

  /** Change another of the places that made the selected element. */
  edit(index) {
    this.#set({ placeIndex: index, element: null });
    void this.#describe(this.#state.selection.places[index]);
  }

  /** How a change will look: it is not saved. */
  try(change) {
    if (this.#place) this.say({ type: "select-try", place: this.#place, change });
  }

  /**
   * @param {object} operation  as bundler/core/elements/patch.mjs knows them
   * @param {object} [trial]  how it will look, shown at once
   */
  change(operation, trial) {
    if (trial) this.try(trial);
    return this.#inTurn(() => this.#place && this.#patch(this.#place, operation));
  }

  /** Take the latest change back, or make it again. */
  travel(isRedo) {
    return this.#inTurn(async () => {
      const { history } = this.#state;
      const step = isRedo ? lastUndone(history) : lastDone(history);
      if (!step) return;
      const answer = await this.api.save(saveFor(step, isRedo));
      const { checksum } = answer.files.find(({ path }) => path === step.path) ?? step;
      this.#set({ history: moved(this.#state.history, isRedo, checksum), problem: "" });
    });
  }

  #take(selection) {
    if (selection === null) {
      this.#forget();
      return;
    }
    const isAgain = selection.how === "again" || selection.how === "sought";
    const known = isAgain && this.#place ? selection.places.findIndex((each) => isSamePlace(each, this.#place)) : -1;
    if (known >= 0) {
      this.#set({ selection, placeIndex: known });
      if (this.#state.problem) void this.#describe(selection.places[known]);
      return;
    }
    const last = selection.places.length - 1;
    const placeIndex = isAgain ? Math.min(this.#state.placeIndex, last) : likeliestPlace(selection);
    this.#set({ selection, placeIndex, element: isAgain ? this.#state.element : null });
    void this.#describe(selection.places[placeIndex]);
  }

  async #describe(place) {
    this.#stopAsking();
    const asking = new AbortController();
    this.#asking = asking;
    this.#place = place;
    try {
      const { element, colours } = await this.api.describe(place, asking.signal);
      if (this.#asking !== asking) return;
      this.#set({ element, problem: "" });
      this.say({ type: "select-colours", colours });
    } catch (error) {
      if (this.#asking !== asking) return;
      this.#set({ problem: error.message, element: error.status === STALE ? this.#state.element : null });
    }
  }

  async #patch(from, operation) {
    try {
      const answer = await this.api.patch(from, operation);
      this.#goOn(from, answer);
      if (answer.before !== answer.text) this.#remember(from.file, answer);
    } catch (error) {
      this.say({ type: "select-tried", isKept: false });
      throw error;
    }
  }

  /** With the same element in the changed code, its copy, or what was around it. */
  #goOn(from, { element, checksum }) {
    this.#stopAsking();
    const { line, column, name } = element;
    this.#place = { ...from, line, column, name, checksum: checksum.slice(0, DIGITS) };
    this.#set({ element, problem: "" });
    this.say({ type: "select-tried", isKept: true });
    this.say({ type: "select-place", place: this.#place, index: this.#state.selection?.index ?? 0 });
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

  #forget() {
    this.#stopAsking();
    this.#place = null;
    this.#set(NOTHING);
  }

  #set(changes) {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
