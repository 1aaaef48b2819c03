import { createStore } from "@/lib/storage";

export type Operation = "+" | "−" | "×" | "÷";

export interface Task {
  text: string;
  answer: number;
}

export const OPERATIONS: Operation[] = [[operations | ts]];
export const TABLES = [[tables | ts]];
export const HIGHEST = [[highest]];
export const ROUND = [[round]];

/** Which tables are practised, and with what. */
export const chosenTables = createStore<number[]>("tables", TABLES);
export const chosenOperation = createStore<Operation | "all">("operation", "all");
/** How often each task went wrong: it comes more often until it goes right again. */
export const slips = createStore<Record<string, number>>("slips", {});
/** The fewest seconds for a round without a mistake; 0 when there was none. */
export const bestTime = createStore("best-time", 0);

export function dealTasks(operation: Operation | "all", tables: number[]): Task[] {
  const wanted = operation === "all" ? OPERATIONS : [operation];
  const missed = slips.get();
  const tasks: Task[] = [];
  const texts = new Set<string>();
  for (let attempt = 0; tasks.length < ROUND && attempt < ROUND * 30; attempt += 1) {
    const task = makeTask(pick(wanted), tables);
    const again = makeTask(pick(wanted), tables);
    const chosen = (missed[again.text] ?? 0) > (missed[task.text] ?? 0) ? again : task;
    if (texts.has(chosen.text) && attempt < ROUND * 15) continue;
    texts.add(chosen.text);
    tasks.push(chosen);
  }
  return tasks;
}

/** One slip more for what went wrong, one less for what went right. */
export function countSlips(
  before: Record<string, number>,
  tasks: Task[],
  slipped: Task[],
): Record<string, number> {
  const counts = { ...before };
  for (const task of tasks) {
    counts[task.text] = (counts[task.text] ?? 0) + (slipped.includes(task) ? 1 : -1);
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function makeTask(operation: Operation, tables: number[]): Task {
  const table = pick(tables.length > 0 ? tables : TABLES);
  const factor = between(1, Math.max(10, ...TABLES));
  const sum = between(2, HIGHEST);
  const part = between(1, sum - 1);
  switch (operation) {
    case "×":
      return { text: `${factor} × ${table}`, answer: factor * table };
    case "÷":
      return { text: `${factor * table} ÷ ${table}`, answer: factor };
    case "+":
      return { text: `${part} + ${sum - part}`, answer: sum };
    case "−":
      return { text: `${sum} − ${part}`, answer: sum - part };
  }
}

function between(lowest: number, highest: number): number {
  return lowest + Math.floor(Math.random() * (highest - lowest + 1));
}

function pick<T>(items: T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}
