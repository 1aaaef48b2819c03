const PASSAGES = [
  "The ferry leaves at seven, so pack the bread and the good knife, wake the others gently, and leave a note for the neighbour who waters the tomatoes.",
  "A good map shows less than the land it stands for. It leaves out every leaf and most of the stones, and keeps the one path that brings you home.",
  "She repaired clocks in a room full of ticking, and claimed to hear which of them was late before she had looked at a single face.",
  "When the snow melts, the river grows loud for a week. After that the children build dams of branches, and the ducks come back to complain about them.",
  "Nobody remembers who planted the walnut tree, but each autumn the whole street comes with baskets, and somebody always brings a ladder that is too short.",
  "To bake a loaf you need flour, water, salt and patience. Three of them are cheap, and the fourth grows a little every time the dough is slow to rise.",
];

export interface Speed {
  /** A word is five signs, as everyone counts. */
  wordsPerMinute: number;
  /** From 0 to 1. */
  accuracy: number;
}

/** Long enough for the fastest: passages one after the other, in another order each time. */
export function drawText(): string {
  return PASSAGES.map((text) => ({ text, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ text }) => text)
    .join(" ");
}

export function speedOf(text: string, typed: string, seconds: number): Speed {
  const right = [...typed].filter((sign, index) => sign === text[index]).length;
  return {
    wordsPerMinute: seconds > 0 ? Math.round(right / 5 / (seconds / 60)) : 0,
    accuracy: typed.length > 0 ? right / typed.length : 1,
  };
}
