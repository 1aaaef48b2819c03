/** The linter: mistakes that break an app, or will; nothing about style. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { diagnostic } from "../core/diagnostics.mjs";
import { output } from "./run.mjs";

const RULES = fileURLToPath(new URL("./lint.json", import.meta.url));
const MOST = 60;

export async function lint(project, toolsDirectory) {
  const program = path.join(toolsDirectory, "node_modules", "oxlint", "bin", "oxlint");
  const args = ["--config", RULES, "--disable-nested-config", "--no-ignore", "--format", "json", ...codeIn(project)];
  return parsed(await output(process.execPath, [program, ...args], { cwd: project }));
}

/** The linter finds fault with a folder that is not there. */
const codeIn = (project) => ["src", "server"].filter((folder) => fs.existsSync(path.join(project, folder)));

export function parsed(text) {
  const { diagnostics } = JSON.parse(text);
  return diagnostics.slice(0, MOST).map(({ filename, message, help, severity, labels }) => {
    const place = labels[0]?.span ?? {};
    const whole = [message, help].filter(Boolean).join(" ");
    return { ...diagnostic(filename, "lint", whole, place), severity: severity === "error" ? "error" : "warning" };
  });
}
