/**
 * The turns of a chat as far as a browser knows them: what came with the page, what was read when somebody scrolled up,
 * and what happened since. Pure.
 *
 * @typedef {{ id: string, before: string, follows: string, replaces: string, at: string, prompt: string, label: string,
 *   sent_along: object[], status: string, stage: "live"|"waiting"|"past", outcome: string, answer: string,
 *   version: number, files_words: string, proof: string, is_sound: boolean, error: string, refund: string,
 *   can_go_on: boolean, is_open: boolean, author: string, facts: string, plan: object, questions: object[],
 *   conflicts: string[] }} Card
 *   services/chat/cards.py says what each means. `before` is the turn before it: "" for the first of the app.
 */

/**
 * All that is known, oldest first. What is told again counts as it is told now; a card that says the same stays the same
 * object, so that nothing is drawn again for it.
 *
 * @param {Card[]} known
 * @param {Card[]} told
 * @returns {Card[]}
 */
export function merged(known, told) {
  const cards = new Map(known.map((card) => [card.id, card]));
  let isChanged = false;
  for (const card of told) {
    const before = cards.get(card.id);
    if (before && isSame(before, card)) continue;
    cards.set(card.id, card);
    isChanged = true;
  }
  if (!isChanged) return known;
  return [...cards.values()].toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The turn whose predecessor is not known although an earlier one is: what lies between was missed. "" if none. */
export function gapIn(cards) {
  const ids = new Set(cards.map(({ id }) => id));
  return cards.slice(1).find(({ before }) => before && !ids.has(before))?.id ?? "";
}

/** The first turn that is known, if there are others before it; else "". */
export const earliest = (cards) => (cards[0]?.before ? cards[0].id : "");

/**
 * What is shown: turns, and folds of those that were replaced by a message that was edited and sent again. What a later
 * turn took up is not asked again.
 *
 * @param {Card[]} cards
 * @returns {({ card: Card, isNewest: boolean } | { by: Card, replaced: Card[] })[]}
 */
export function rowsOf(cards) {
  const taken = new Set(cards.map(({ follows }) => follows).filter(Boolean));
  const newest = cards.at(-1);
  const rows = [];
  let end = cards.length;
  while (end > 0) {
    const card = cards[end - 1];
    rows.unshift({ card: taken.has(card.id) ? answered(card) : card, isNewest: card === newest });
    end -= 1;
    if (!card.replaces) continue;
    const start = firstReplaced(cards, card);
    if (start < end) rows.unshift({ by: card, replaced: cards.slice(start, end) });
    end = Math.min(start, end);
  }
  return rows;
}

/** The place of the first turn that one replaced, also by way of others. Where it is not read yet: of the first known. */
function firstReplaced(cards, card) {
  let place = cards.indexOf(card);
  while (cards[place].replaces) {
    const before = cards.findIndex(({ id }) => id === cards[place].replaces);
    if (before < 0) return 0;
    place = before;
  }
  return place;
}

const settled = new WeakMap(); // one object for each card, so that a row stays the same

function answered(card) {
  if (card.outcome !== "plan" && card.outcome !== "questions") return card;
  if (!settled.has(card)) settled.set(card, { ...card, outcome: "words" });
  return settled.get(card);
}

/** The messages that wait, in the order that they run in. */
export const waitingOf = (cards) => cards.filter(({ stage }) => stage === "waiting");

/** The newest message that somebody wrote, to be changed: one that waits, or one that is over. */
export const lastToEdit = (cards) => cards.findLast(({ stage, label }) => stage !== "live" && !label);
