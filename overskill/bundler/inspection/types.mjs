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
  const name = `typescript-${process.platform}-${process.arch}`;
  const program = path.join(vendorDirectory, "node_modules", "@typescript", name, "lib", "tsc");
  const env = { GOMEMLIMIT: MEMORY };
  return parsed(await output(program, ["--pretty", "false", "--singleThreaded", "--project", project], { cwd: project, env }));
}

/** Each error is a line; what is indented below it says more, and the first of that is often the point. */
export function parsed(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const match = FOUND.exec(line);
    if (match) {
      const [, file, row, column, code, message] = match;
      const place = { line: Number(row), column: Number(column) };
      const severity = isImplicitAny(code) ? "warning" : "error";
      found.push({ ...diagnostic(file, "type", message, place), severity });
    } else if (/^ {2}\S/.test(line) && found.length > 0) {
      found.at(-1).message += ` ${line.trim()}`;
    }
  }
  return found.slice(0, MOST);
}
