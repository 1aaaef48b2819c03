export interface Level {
  label: string;
  columns: number;
  rows: number;
  mines: number;
}

export const LEVELS: Record<string, Level> = {
  easy: { label: "Easy", columns: 8, rows: 8, mines: 9 },
  middle: { label: "Middle", columns: 10, rows: 12, mines: 20 },
  hard: { label: "Hard", columns: 10, rows: 16, mines: 32 },
};

export interface Cell {
  isMine: boolean;
  isOpen: boolean;
  hasFlag: boolean;
  /** Mines among the neighbours. */
  near: number;
}

/** A field without mines yet: they are laid at the first step, so that it is always safe. */
export function closedField(level: Level): Cell[] {
  return Array.from({ length: level.columns * level.rows }, () => ({
    isMine: false,
    isOpen: false,
    hasFlag: false,
    near: 0,
  }));
}

export function layMines(field: Cell[], level: Level, first: number): Cell[] {
  const safe = new Set([first, ...neighbours(first, level)]);
  const places = field
    .map((_, index) => ({ index, rank: Math.random() }))
    .filter(({ index }) => !safe.has(index))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, level.mines);
  const mines = new Set(places.map(({ index }) => index));
  return field.map((cell, index) => ({
    ...cell,
    isMine: mines.has(index),
    near: neighbours(index, level).filter((one) => mines.has(one)).length,
  }));
}

/** Opens a cell, and around it as long as no mine is near. */
export function open(field: Cell[], level: Level, start: number): Cell[] {
  const opened = field.map((cell) => ({ ...cell }));
  const waiting = [start];
  while (waiting.length > 0) {
    const index = waiting.pop() ?? 0;
    const cell = opened[index];
    if (!cell || cell.isOpen || cell.hasFlag) continue;
    cell.isOpen = true;
    if (cell.near === 0 && !cell.isMine) waiting.push(...neighbours(index, level));
  }
  return opened;
}

export function isCleared(field: Cell[]): boolean {
  return field.every((cell) => cell.isMine || cell.isOpen);
}

export function hasExploded(field: Cell[]): boolean {
  return field.some((cell) => cell.isMine && cell.isOpen);
}

function neighbours(index: number, { columns, rows }: Level): number[] {
  const x = index % columns;
  const y = Math.floor(index / columns);
  const found: number[] = [];
  for (const row of [y - 1, y, y + 1]) {
    for (const column of [x - 1, x, x + 1]) {
      const isInside = row >= 0 && column >= 0 && row < rows && column < columns;
      if (isInside && (row !== y || column !== x)) found.push(row * columns + column);
    }
  }
  return found;
}
