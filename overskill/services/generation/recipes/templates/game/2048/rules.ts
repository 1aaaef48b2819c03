import type { Direction } from "@/lib/use-directions";

const SIDE = 4;

export interface Game {
  /** Sixteen fields, row by row; 0 is empty. */
  fields: number[];
  score: number;
}

export function newGame(): Game {
  return { fields: withTile(withTile(Array<number>(SIDE * SIDE).fill(0))), score: 0 };
}

/** All tiles as far as they go, equal ones joined, and a new tile; the same game when nothing can move. */
export function slide(game: Game, direction: Direction): Game {
  const fields = [...game.fields];
  let gained = 0;
  for (const line of linesOf(direction)) {
    const { joined, points } = join(line.map((index) => fields[index] ?? 0));
    line.forEach((index, place) => (fields[index] = joined[place] ?? 0));
    gained += points;
  }
  const hasMoved = fields.some((tile, index) => tile !== game.fields[index]);
  return hasMoved ? { fields: withTile(fields), score: game.score + gained } : game;
}

export function isStuck(game: Game): boolean {
  const directions: Direction[] = ["up", "down", "left", "right"];
  return directions.every((direction) => slide(game, direction) === game);
}

/** The indexes of each row or column, beginning at the side that tiles slide to. */
function linesOf(direction: Direction): number[][] {
  const steps = [0, 1, 2, 3];
  const isRow = direction === "left" || direction === "right";
  const lines = steps.map((line) => steps.map((step) => (isRow ? line * SIDE + step : step * SIDE + line)));
  return direction === "left" || direction === "up" ? lines : lines.map((line) => line.toReversed());
}

function join(line: number[]): { joined: number[]; points: number } {
  const tiles = line.filter((tile) => tile > 0);
  const joined: number[] = [];
  let points = 0;
  while (tiles.length > 0) {
    const tile = tiles.shift() ?? 0;
    const isPair = tiles[0] === tile;
    if (isPair) points += tile + (tiles.shift() ?? 0);
    joined.push(isPair ? tile * 2 : tile);
  }
  return { joined: [...joined, ...Array<number>(SIDE - joined.length).fill(0)], points };
}

function withTile(fields: number[]): number[] {
  const free = fields.flatMap((tile, index) => (tile === 0 ? [index] : []));
  const place = free[Math.floor(Math.random() * free.length)];
  return place === undefined ? fields : fields.with(place, Math.random() < 0.9 ? 2 : 4);
}
