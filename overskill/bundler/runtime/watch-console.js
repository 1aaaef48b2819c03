/** What the app logs: told to the editor as text, as values, and with where in the app it was logged. */
import { limiter } from "./limiter.js";
import { framesOf } from "./stacks.js";
import { clip, shown } from "./values.js";

const MOST_VALUES = 12;
const LEVELS = ["debug", "log", "info", "warn", "error"];

/** @param {(line: {level: string, text: string, values: object[], frames: object[]}) => void} tell */
export function watchConsole(tell) {
  const allowed = limiter();
  for (const level of LEVELS) {
    const original = console[level];
    console[level] = (...values) => {
      original.apply(console, values);
      if (allowed()) tell(line(level, values, new Error().stack));
    };
  }
  const { assert, table } = console;
  console.assert = (isTrue, ...values) => {
    assert.call(console, isTrue, ...values);
    if (!isTrue && allowed()) tell(line("error", ["Assertion failed:", ...values], new Error().stack));
  };
  console.table = (...values) => {
    table.apply(console, values);
    if (allowed()) tell(line("log", values, new Error().stack));
  };
}

function line(level, values, stack) {
  const said = formatted(values).slice(0, MOST_VALUES);
  const error = values.find((value) => value instanceof Error);
  return { level, text: textOf(values), values: said.map((value) => shown(value)), frames: framesOf(error?.stack ?? stack) };
}

/** `console.log("%s is %d", "a", 1)` is one text; what its pattern does not use follows it. */
function formatted([first, ...rest]) {
  if (typeof first !== "string") return [first, ...rest];
  let used = 0;
  const text = first.replace(/%[sdifoOc%]/g, (code) => {
    if (code === "%%") return "%";
    if (used >= rest.length) return code;
    const value = rest[used++];
    return code === "%c" ? "" : plainText(value);
  });
  return [text, ...rest.slice(used)];
}

export function textOf(values) {
  return clip(formatted(values).map(plainText).join(" "));
}

function plainText(value) {
  if (typeof value === "string") return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof Node === "function" && value instanceof Node) return `<${value.nodeName.toLowerCase()}>`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value); // it holds itself
  }
}
