export type Mark = "X" | "O";
export type Square = Mark | "";

const LINES = ["012", "345", "678", "036", "147", "258", "048", "246"].map((line) => [...line].map(Number));

export const EMPTY: Square[] = Array<Square>(9).fill("");

export function other(mark: Mark): Mark {
  return mark === "X" ? "O" : "X";
}

/** The three squares in a row, if someone has them. */
export function winningLine(board: Square[]): number[] | undefined {
  return LINES.find(([a, b, c]) => board[a!] !== "" && board[a!] === board[b!] && board[a!] === board[c!]);
}

export function isFull(board: Square[]): boolean {
  return board.every((square) => square !== "");
}

export function place(board: Square[], index: number, mark: Mark): Square[] {
  return board.with(index, mark);
}

/** Where the computer goes: never wrong when it is `strong`, now and then careless otherwise. */
export function computerMove(board: Square[], mark: Mark, strong: boolean): number {
  const free = freeSquares(board);
  const isCareless = !strong && Math.random() < 0.4;
  if (isCareless) return free[Math.floor(Math.random() * free.length)] ?? 0;
  const rated = free.map((index) => ({ index, worth: -worthOf(place(board, index, mark), other(mark)) }));
  return rated.toSorted((a, b) => b.worth - a.worth)[0]?.index ?? 0;
}

/** How good a board is for whose turn it is: every way to go on is tried. */
function worthOf(board: Square[], mark: Mark): number {
  const free = freeSquares(board);
  if (winningLine(board)) return -1 - free.length;
  if (free.length === 0) return 0;
  return Math.max(...free.map((index) => -worthOf(place(board, index, mark), other(mark))));
}

function freeSquares(board: Square[]): number[] {
  return board.flatMap((square, index) => (square === "" ? [index] : []));
}
