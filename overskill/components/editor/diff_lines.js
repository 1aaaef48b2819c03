/**
 * What changed from one text to another, line by line: the shortest way there (Myers, “An O(ND) Difference Algorithm and
 * Its Variations”, 1986). Pure.
 *
 * @typedef {{ kind: "same"|"added"|"removed", text: string, old: number, new: number }} Line
 *   `old` and `new` are line numbers from 1; 0 where the line is not there
 */

const MOST_STEPS = 2000; // lines that came and went: with more, all of it is shown as replaced

/** @returns {Line[]} */
export function diffLines(before, after) {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const middle = walk(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const kinds = [...Array(start).fill("same"), ...middle, ...Array(end).fill("same")];
  return numbered(kinds, old, now);
}

const linesOf = (text) => {
  if (!text) return [];
  const lines = text.split("\n");
  return text.endsWith("\n") ? lines.slice(0, -1) : lines;
};

function numbered(kinds, old, now) {
  let left = 0;
  let right = 0;
  return kinds.map((kind) => {
    if (kind !== "added") left++;
    if (kind !== "removed") right++;
    const text = kind === "removed" ? old[left - 1] : now[right - 1];
    return { kind, text, old: kind === "added" ? 0 : left, new: kind === "removed" ? 0 : right };
  });
}

/** The kinds of line on the shortest way from one list to the other. */
function walk(old, now) {
  const all = () => [...old.map(() => "removed"), ...now.map(() => "added")];
  if (!old.length || !now.length) return all();
  const reach = new Map([[1, 0]]); // diagonal -> how far along the old lines
  const trail = [];
  for (let steps = 0; steps <= Math.min(old.length + now.length, MOST_STEPS); steps++) {
    trail.push(new Map(reach));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = isDown(reach, diagonal, steps) ? reach.get(diagonal + 1) : reach.get(diagonal - 1) + 1;
      let y = x - diagonal;
      while (x < old.length && y < now.length && old[x] === now[y]) {
        x++;
        y++;
      }
      reach.set(diagonal, x);
      if (x >= old.length && y >= now.length) return traced(trail, old.length, now.length);
    }
  }
  return all();
}

const isDown = (reach, diagonal, steps) =>
  diagonal === -steps || (diagonal !== steps && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1));

/** The way back from the end. */
function traced(trail, length, width) {
  const kinds = [];
  let [x, y] = [length, width];
  for (let steps = trail.length - 1; steps > 0; steps--) {
    const reach = trail[steps];
    const diagonal = x - y;
    const isAdded = isDown(reach, diagonal, steps);
    const from = isAdded ? diagonal + 1 : diagonal - 1;
    const fromX = reach.get(from);
    const fromY = fromX - from;
    while (x > fromX && y > fromY) {
      kinds.push("same");
      x--;
      y--;
    }
    kinds.push(isAdded ? "added" : "removed");
    [x, y] = [fromX, fromY];
  }
  while (x-- > 0) kinds.push("same");
  return kinds.reverse();
}

const AROUND = 3; // lines shown beside a change

/**
 * Only what changed and a little around it: lists of lines, and between them how many are left out.
 *
 * @param {Line[]} lines
 * @returns {({ skipped: number, from: number } | { lines: Line[] })[]}
 */
export function hunksOf(lines) {
  const isNear = new Array(lines.length).fill(false);
  lines.forEach(({ kind }, place) => {
    if (kind !== "same") isNear.fill(true, Math.max(0, place - AROUND), place + AROUND + 1);
  });
  const parts = [];
  lines.forEach((line, place) => {
    const last = parts.at(-1);
    if (isNear[place]) {
      if (last?.lines) last.lines.push(line);
      else parts.push({ lines: [line] });
    } else if (last && "skipped" in last) last.skipped++;
    else parts.push({ skipped: 1, from: place });
  });
  return parts;
}

/**
 * For two columns: each row has what was there and what is there now, and null where there is nothing.
 *
 * @param {Line[]} lines
 * @returns {[Line | null, Line | null][]}
 */
export function pairsOf(lines) {
  const rows = [];
  let removed = [];
  let added = [];
  const flush = () => {
    for (let place = 0; place < Math.max(removed.length, added.length); place++) {
      rows.push([removed[place] ?? null, added[place] ?? null]);
    }
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    if (line.kind === "removed") removed.push(line);
    else if (line.kind === "added") added.push(line);
    else {
      flush();
      rows.push([line, line]);
    }
  }
  flush();
  return rows;
}
