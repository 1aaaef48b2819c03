/** The type checker: TypeScript's native compiler. */
import path from "node:path";

import { diagnostic } from "../core/diagnostics.mjs";
import { output } from "./run.mjs";

const FOUND = /^(.+?)\((\d+),(\d+)\): error TS(\d+): (.*)$/;
const MOST = 60;
const MEMORY = "600MiB";

/** Without an annotation something is `any`: that can't break an app, it only keeps other errors from being found. */
const isImplicitAny = (code) => /^7\d{3}$/.test(code);

export async function checkTypes(project, vendorDirectory) {
  const program = compilerIn(vendorDirectory);
  const env = { GOMEMLIMIT: MEMORY };
  return parsed(await output(program, ["--pretty", "false", "--singleThreaded", "--project", project], { cwd: project, env }));
}

export function compilerIn(vendorDirectory) {
  const name = `typescript-${process.platform}-${process.arch}`;
  return path.join(vendorDirectory, "node_modules", "@typescript", name, "lib", "tsc");
}

/** One error as a diagnostic; of a message of several lines, the second is often the point. */
export function typeProblem(file, code, message, place) {
  const [first, ...more] = message.split("\n");
  const points = more.filter((line) => /^ {2}\S/.test(line)).map((line) => ` ${line.trim()}`);
  const severity = isImplicitAny(code) ? "warning" : "error";
  return { ...diagnostic(file, "type", first + points.join(""), place), severity };
}

/** Each error is a line; what is indented below it says more. */
export function parsed(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const match = FOUND.exec(line);
    if (match) {
      const [, file, row, column, code, message] = match;
      found.push({ file, code, message, place: { line: Number(row), column: Number(column) } });
    } else if (found.length > 0) {
      found.at(-1).message += `\n${line}`;
    }
  }
  return found.slice(0, MOST).map(({ file, code, message, place }) => typeProblem(file, code, message, place));
}
