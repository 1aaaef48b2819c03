/** What two texts have in common, by lines: Myers, “An O(ND) Difference Algorithm and Its Variations”, 1986. */

// Beyond this many changed lines the middle counts as wholly changed: an exact answer would take too long to type by.
const MOST_STEPS = 500;

/** Each with the line break that ends it. */
export function linesOf(text) {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/**
 * The runs of lines that both have, in order.
 *
 * @param {string[]} before
 * @param {string[]} after
 * @returns {{ before: number, after: number, length: number }[]}
 */
export function sharedRuns(before, after) {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;

  const runs = [];
  const add = (at, otherAt, length) => {
    const last = runs.at(-1);
    if (last && last.before + last.length === at && last.after + last.length === otherAt) last.length += length;
    else if (length) runs.push({ before: at, after: otherAt, length });
  };
  add(0, 0, head);
  const middle = sharedPairs(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  for (const [at, otherAt] of middle) add(head + at, head + otherAt, 1);
  add(before.length - tail, after.length - tail, tail);
  return runs;
}

/** The pairs of equal lines along a shortest way from one text to the other. */
function sharedPairs(before, after) {
  const reached = new Map([[1, 0]]); // on each diagonal, how far into `before`
  const history = [];
  const most = Math.min(before.length + after.length, MOST_STEPS);
  for (let step = 0; step <= most; step += 1) {
    history.push(new Map(reached));
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      let at = comesFromAbove(reached, diagonal, step) ? reached.get(diagonal + 1) : reached.get(diagonal - 1) + 1;
      while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at += 1;
      reached.set(diagonal, at);
      if (at >= before.length && at - diagonal >= after.length) return walkBack(history, before.length, after.length);
    }
  }
  return [];
}

function walkBack(history, at, otherAt) {
  const pairs = [];
  for (let step = history.length - 1; step >= 0; step -= 1) {
    const reached = history[step];
    const diagonal = at - otherAt;
    const previous = comesFromAbove(reached, diagonal, step) ? diagonal + 1 : diagonal - 1;
    const start = reached.get(previous);
    while (at > start && otherAt > start - previous && at > 0 && otherAt > 0) pairs.push([--at, --otherAt]);
    at = start;
    otherAt = start - previous;
  }
  return pairs.reverse();
}

function comesFromAbove(reached, diagonal, step) {
  return diagonal === -step || (diagonal !== step && reached.get(diagonal - 1) < reached.get(diagonal + 1));
}
