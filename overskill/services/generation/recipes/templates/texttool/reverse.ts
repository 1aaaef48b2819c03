import type { TextMode } from "@/lib/text-mode";

function letters(text: string): string {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
    .reverse()
    .join("");
}

const SAMPLE = "Was it a cat I saw?";

export const modes: TextMode[] = [
  { label: "Letters", sample: SAMPLE, convert: letters },
  {
    label: "Words",
    sample: SAMPLE,
    convert: (text) => text.split("\n").map((line) => line.split(" ").reverse().join(" ")).join("\n"),
  },
  {
    label: "Each word",
    sample: SAMPLE,
    convert: (text) => text.split(/(\s+)/).map((part) => (part.trim() ? letters(part) : part)).join(""),
  },
  { label: "Lines", sample: "First\nSecond\nThird", convert: (text) => text.split("\n").reverse().join("\n") },
];
