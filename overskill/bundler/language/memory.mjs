/** How much memory a process and what it has started hold; 0 where the system does not tell. */
import fs from "node:fs";

export function megabytesOf(pid) {
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean);
  return children.reduce((sum, child) => sum + megabytesOf(child), kilobytes / 1024);
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return ""; // it has ended, or there is no /proc
  }
}
