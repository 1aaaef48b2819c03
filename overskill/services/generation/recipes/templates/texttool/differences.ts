export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** What has to go and to come to make `after` of `before`, line by line: the longest common lines stay. */
export function differences(before: string, after: string): DiffLine[] {
  const old = before.split("\n");
  const now = after.split("\n");
  const lengths = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const oldLine = old[i];
    const line = now[j];
    if (oldLine !== undefined && oldLine === line) {
      lines.push({ kind: "same", text: oldLine });
      i += 1;
      j += 1;
    } else if (line === undefined || (oldLine !== undefined && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push({ kind: "removed", text: oldLine ?? "" });
      i += 1;
    } else {
      lines.push({ kind: "added", text: line });
      j += 1;
    }
  }
  return lines;
}

function commonLengths(old: string[], now: string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const longest =
        old[i] === now[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      lengths[i]?.splice(j, 1, longest);
    }
  }
  return lengths;
}

function at(lengths: number[][], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}
