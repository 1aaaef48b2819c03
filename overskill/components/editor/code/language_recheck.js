/** What a file imports has changed: its problems are looked for again, also where nobody types. */
import { StateEffect } from "@codemirror/state";

const elsewhere = StateEffect.define();

export const otherFilesChanged = { effects: elsewhere.of(null) };

/** @param {import("@codemirror/view").ViewUpdate} update */
export const isToBeChecked = ({ transactions }) =>
  transactions.some(({ effects }) => effects.some((effect) => effect.is(elsewhere)));
