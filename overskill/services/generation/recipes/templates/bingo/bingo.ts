import { [[e.many]] } from "@/data/[[e.files]]";
import { shuffled } from "@/lib/chance";
import { createStore } from "@/lib/storage";

export const FREE = "Free";
export const TITLE = [[title | ts]];

export interface Settings {
  size: number;
  cards: number;
  free: boolean;
}

export const keptSettings = createStore<Settings>("bingo-settings", { size: [[size]], cards: [[cards]], free: [[free | ts]] });
/** The cards that were dealt, each a row of words. */
export const keptCards = createStore<string[][]>("bingo-cards", []);
/** The card that is played on: its words, and the places that are marked. */
export const keptGame = createStore<{ card: string[]; marked: number[]; called: string[] }>("bingo-game", {
  card: [],
  marked: [],
  called: [],
});

export function dealCard(words: string[], { size, free }: Settings): string[] {
  const fields = size * size;
  const drawn = shuffled(words).slice(0, fields);
  const card = [...drawn, ...Array<string>(Math.max(0, fields - drawn.length)).fill("")];
  return free && size % 2 === 1 ? card.with((fields - 1) / 2, FREE) : card;
}

// The first cards are dealt at once.
if (keptCards.get().length === 0) {
  const words = [[e.many]].all().map(({ [[e.title.id]] }) => [[e.title.id]]);
  const settings = keptSettings.get();
  keptCards.set(Array.from({ length: settings.cards }, () => dealCard(words, settings)));
}

/** A row, a column or a diagonal is full. */
export function hasBingo(card: string[], marked: number[]): boolean {
  const size = Math.sqrt(card.length);
  const isOn = (row: number, column: number) => {
    const place = row * size + column;
    return card[place] === FREE || marked.includes(place);
  };
  const steps = Array.from({ length: size }, (_, index) => index);
  return (
    steps.some((row) => steps.every((column) => isOn(row, column))) ||
    steps.some((column) => steps.every((row) => isOn(row, column))) ||
    steps.every((step) => isOn(step, step)) ||
    steps.every((step) => isOn(step, size - 1 - step))
  );
}
