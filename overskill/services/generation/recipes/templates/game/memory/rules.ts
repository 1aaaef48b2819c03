import { pictures, type Picture } from "@/data/pictures";

export interface Card {
  id: number;
  picture: Picture;
  isFound: boolean;
}

/** Two cards of each picture, shuffled. */
export function dealCards(pairs: number): Card[] {
  const chosen = shuffle(pictures).slice(0, pairs);
  return shuffle([...chosen, ...chosen]).map((picture, id) => ({ id, picture, isFound: false }));
}

function shuffle<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
