/** A program of ours, run to its end: what it printed. It may say "no" by its status, but not fail to answer. */
import { execFile } from "node:child_process";

const MOST_OUTPUT = 8 * 1024 * 1024;

export function output(program, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: MOST_OUTPUT, encoding: "utf8" };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") reject(new Error(`${program}: ${error.message} ${stderr}`));
      else resolve(stdout);
    });
    child.stdin.end();
  });
}
