import type { Direction } from "@/lib/use-directions";

/** The board has so many fields on each side. */
export const SIZE = 17;

export interface Point {
  x: number;
  y: number;
}

export interface Game {
  /** The head first. */
  snake: Point[];
  food: Point;
  direction: Direction;
  /** Turns that were asked for and not yet taken, so that two quick ones both count. */
  turns: Direction[];
  isOver: boolean;
}

const STEPS: Record<Direction, Point> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};
const OPPOSITE: Record<Direction, Direction> = { up: "down", down: "up", left: "right", right: "left" };

export function newGame(): Game {
  const middle = Math.floor(SIZE / 2);
  const snake = [0, 1, 2].map((back) => ({ x: middle - back, y: middle }));
  return { snake, food: freeField(snake), direction: "right", turns: [], isOver: false };
}

export function turn(game: Game, direction: Direction): Game {
  const last = game.turns.at(-1) ?? game.direction;
  if (direction === last || direction === OPPOSITE[last] || game.turns.length >= 3) return game;
  return { ...game, turns: [...game.turns, direction] };
}

/** One field on: it eats, it moves, or it ends at a wall or at itself. */
export function step(game: Game): Game {
  const [direction = game.direction, ...turns] = game.turns;
  const head = game.snake[0]!;
  const next = { x: head.x + STEPS[direction].x, y: head.y + STEPS[direction].y };
  const eats = isSame(next, game.food);
  const body = eats ? game.snake : game.snake.slice(0, -1);
  const isInside = next.x >= 0 && next.y >= 0 && next.x < SIZE && next.y < SIZE;
  if (!isInside || body.some((one) => isSame(one, next))) return { ...game, isOver: true };
  const snake = [next, ...body];
  return { snake, food: eats ? freeField(snake) : game.food, direction, turns, isOver: false };
}

/** Milliseconds a step takes: the longer the snake, the faster. */
export function pace(game: Game): number {
  return Math.max(70, 170 - game.snake.length * 3);
}

function freeField(snake: Point[]): Point {
  const free: Point[] = [];
  for (let x = 0; x < SIZE; x += 1) {
    for (let y = 0; y < SIZE; y += 1) {
      if (!snake.some((one) => isSame(one, { x, y }))) free.push({ x, y });
    }
  }
  return free[Math.floor(Math.random() * free.length)] ?? { x: 0, y: 0 };
}

function isSame(one: Point, other: Point): boolean {
  return one.x === other.x && one.y === other.y;
}
