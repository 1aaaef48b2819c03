/**
 * One cursor is the browser's own, several are drawn. What is drawn is measured, moved and laid out anew at each key
 * (docs/decisions/0038).
 */
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection } from "@codemirror/view";

const drawn = new Compartment();
const ALONE = [];
const SEVERAL = drawSelection();

/** Part of the very change that selects: the page never shows a cursor too few. */
const drawnWhereSeveral = EditorState.transactionExtender.of(({ startState, newSelection }) => {
  const isDrawn = drawn.get(startState) === SEVERAL;
  const isSeveral = newSelection.ranges.length > 1;
  return isSeveral === isDrawn ? null : { effects: drawn.reconfigure(isSeveral ? SEVERAL : ALONE) };
});

export const cursors = [EditorState.allowMultipleSelections.of(true), drawn.of(ALONE), drawnWhereSeveral];
