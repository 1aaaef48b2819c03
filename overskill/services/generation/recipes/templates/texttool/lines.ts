import type { TextMode } from "@/lib/text-mode";

const SAMPLE = "pears\napples\nplums\napples\ncherries";
const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function byLine(change: (lines: string[]) => string[]): TextMode["convert"] {
  return (text) => change(text.split("\n").map((line) => line.trim()).filter(Boolean)).join("\n");
}

function repeated(lines: string[]): string[] {
  return [...new Set(lines.filter((line, index) => lines.indexOf(line) !== index))];
}

export const modes: TextMode[] = [
  { label: "Sort A–Z", sample: SAMPLE, convert: byLine((lines) => lines.toSorted(compare)) },
  { label: "Sort Z–A", sample: SAMPLE, convert: byLine((lines) => lines.toSorted((a, b) => compare(b, a))) },
  { label: "Without duplicates", sample: SAMPLE, convert: byLine((lines) => [...new Set(lines)]) },
  { label: "Only duplicates", sample: SAMPLE, convert: byLine(repeated) },
  { label: "Numbered", sample: SAMPLE, convert: byLine((lines) => lines.map((line, index) => `${index + 1}. ${line}`)) },
];
