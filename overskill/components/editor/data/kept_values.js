/**
 * What an app keeps under one key, as a table: a list of records has a row for each, a record a row for each of its
 * fields, a list of anything else a row for each value. Pure; nothing is changed in place.
 *
 * @typedef {{ kind: "records" | "values" | "fields" | "text", columns: string[], rows: { id: number | string, cells: unknown[] }[] }} Table
 *   `rows[].id`: the place in a list, or the name of a field. "text": nothing to make rows of.
 */

const MOST_COLUMNS = 30;
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** "/:habits" and "app:habits" are "habits": what stands before tells apps apart that share an origin. */
export function nameOf(key) {
  return /^[^:]*:(.+)$/.exec(key)?.[1] ?? key;
}

/** What a text stands for: JSON as nearly all apps keep it, or the text itself. */
export function parsed(text) {
  try {
    return { value: JSON.parse(text), isJson: true };
  } catch {
    return { value: text, isJson: false };
  }
}

/** @returns {Table} */
export function tableOf(value) {
  if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) {
    const columns = [...new Set(value.flatMap((record) => Object.keys(record)))].slice(0, MOST_COLUMNS);
    const rows = value.map((record, place) => ({ id: place, cells: columns.map((column) => record[column]) }));
    return { kind: "records", columns, rows };
  }
  if (Array.isArray(value)) return { kind: "values", columns: ["value"], rows: value.map((each, place) => ({ id: place, cells: [each] })) };
  if (isRecord(value)) {
    return { kind: "fields", columns: ["value"], rows: Object.entries(value).map(([name, each]) => ({ id: name, cells: [each] })) };
  }
  return { kind: "text", columns: [], rows: [] };
}

/** Tables first: they are what somebody looks for. @param {import("../preview_data.js").Entry[]} entries */
export function inOrder(entries) {
  const tables = ["records", "values", "fields", "text"];
  const place = ({ text }) => (text === null ? 0 : tables.indexOf(tableOf(parsed(text).value).kind));
  return entries.map((entry) => [place(entry), entry]).sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

/** How many of what: "5 rows", "3 values"; "" where there is nothing to count. */
export function countWords({ kind, rows }) {
  const word = { records: "row", values: "value", fields: "field" }[kind];
  return word ? `${rows.length.toLocaleString()} ${word}${rows.length === 1 ? "" : "s"}` : "";
}

/** The value with another cell. */
export function withCell(value, { kind }, id, column, cell) {
  if (kind === "records") return value.map((record, place) => (place === id ? { ...record, [column]: cell } : record));
  if (kind === "values") return value.map((each, place) => (place === id ? cell : each));
  return { ...value, [id]: cell };
}

/** The value without a row. */
export function withoutRow(value, { kind }, id) {
  if (kind === "fields") return Object.fromEntries(Object.entries(value).filter(([name]) => name !== id));
  return value.filter((_, place) => place !== id);
}

/** A list with one row more: shaped like the last one, empty, with an identity of its own. */
export function withRow(value, { kind }, makeId = () => crypto.randomUUID()) {
  const last = value.at(-1);
  if (kind !== "records") return [...value, blank(last)];
  const made = Object.fromEntries(Object.entries(last).map(([name, each]) => [name, blank(each)]));
  if ("id" in last) made.id = typeof last.id === "number" ? 1 + Math.max(...value.map(({ id }) => Number(id) || 0)) : makeId();
  return [...value, made];
}

const DAY = /^\d{4}-\d\d-\d\d(T|$)/;

function blank(like) {
  if (typeof like === "string" && DAY.test(like)) return like.length > 10 ? new Date().toISOString() : new Date().toISOString().slice(0, 10);
  if (Array.isArray(like)) return [];
  if (isRecord(like)) return {};
  return { string: "", number: 0, boolean: false }[typeof like] ?? null;
}

/** A cell as one line of text. */
export function words(cell) {
  if (cell === undefined || cell === null) return "";
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/**
 * What somebody typed into a cell, as what was there before: a number stays a number.
 *
 * @returns {{ cell?: unknown, problem: string }}
 */
export function typedCell(text, before) {
  if (typeof before === "number") {
    const number = Number(text.trim().replace(",", "."));
    return text.trim() && Number.isFinite(number) ? { cell: number, problem: "" } : { problem: "The app keeps a number here." };
  }
  if (typeof before === "object" && before !== null) {
    const { value, isJson } = parsed(text);
    const isAlike = isJson && typeof value === "object" && value !== null && Array.isArray(value) === Array.isArray(before);
    return isAlike ? { cell: value, problem: "" } : { problem: `The app keeps ${Array.isArray(before) ? "a list" : "a record"} here, as JSON.` };
  }
  if (typeof before === "string") return { cell: text, problem: "" };
  return { cell: text === "" ? (before ?? null) : text, problem: "" };
}

/** The rows that have these words in any cell; all of them for none. */
export function rowsWith(table, sought) {
  const each = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (each.length === 0) return table.rows;
  return table.rows.filter(({ id, cells }) => {
    const said = [table.kind === "fields" ? id : "", ...cells.map(words)].join(" ").toLowerCase();
    return each.every((word) => said.includes(word));
  });
}

/** RFC 4180, with a mark where a spreadsheet would run what the app keeps as a formula. */
export function csvOf({ kind, columns, rows }) {
  const head = kind === "fields" ? ["name", ...columns] : columns;
  const body = rows.map(({ id, cells }) => (kind === "fields" ? [id, ...cells] : cells));
  return [head, ...body].map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function csvCell(cell) {
  const text = words(cell);
  const safe = typeof cell !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
