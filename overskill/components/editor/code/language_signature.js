/** The parameters of the call that is being written, above the line, until it is closed or Escape is pressed. */
import { Prec, StateEffect, StateField } from "@codemirror/state";
import { keymap, showTooltip, ViewPlugin } from "@codemirror/view";
import { answerOf, latestOnly } from "./language_client.js";
import { parametersOf } from "./language_view.js";

const ASK_AFTER_MS = 180;
const show = StateEffect.define(); // { offset, signature }, or null

const shown = StateField.define({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value && tooltip(effect.value);
    if (!value || !transaction.docChanged) return value;
    return { ...value, pos: transaction.changes.mapPos(value.pos) };
  },
  provide: (field) => showTooltip.from(field),
});

function tooltip({ offset, signature }) {
  return { pos: offset, above: true, create: () => ({ dom: parametersOf(signature) }) };
}

/** @returns {import("@codemirror/state").Extension} */
export function callParameters(ask) {
  const askLast = latestOnly((kind, { state, offset }, signal) => ask(kind, state, offset, { signal }));

  const watcher = ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.view = view;
        this.timer = 0;
      }

      update({ docChanged, selectionSet, state, transactions }) {
        const isShown = state.field(shown) !== null;
        const isOpening = transactions.some((each) => each.isUserEvent("input.type") && opensCall(each));
        if (!isOpening && !(isShown && (docChanged || selectionSet))) return;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), ASK_AFTER_MS);
      }

      async ask() {
        const { state } = this.view;
        const offset = state.selection.main.head;
        const signature = (await answerOf(askLast("signature", { state, offset })))?.signature ?? null;
        if (this.isGone || this.view.state !== state) return;
        this.view.dispatch({ effects: show.of(signature && { offset, signature }) });
      }

      destroy() {
        this.isGone = true;
        clearTimeout(this.timer);
      }
    },
  );

  const close = (view) => {
    if (!view.state.field(shown)) return false;
    view.dispatch({ effects: show.of(null) });
    return true;
  };
  return [shown, watcher, Prec.low(keymap.of([{ key: "Escape", run: close }]))];
}

function opensCall(transaction) {
  let isOpen = false;
  transaction.changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
    if (/[(,]/.test(inserted.toString())) isOpen = true;
  });
  return isOpen;
}
