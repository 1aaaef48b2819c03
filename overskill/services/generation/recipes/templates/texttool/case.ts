import type { TextMode } from "@/lib/text-mode";

const SMALL = new Set("a an and as at but by for in nor of on or the to up with".split(" "));
const SAMPLE = "the old man and the sea";

function words(text: string): string[] {
  const plain = text.normalize("NFD").replace(/\p{Diacritic}/gu, "");
  return plain.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function titleCase(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\p{L}\d'’]+/gu, (word, at: number) => (at > 0 && SMALL.has(word) ? word : capital(word)));
}

function sentenceCase(text: string): string {
  return text.toLowerCase().replace(/(^|[.!?]\s+|\n)(\p{L})/gu, (all) => all.toUpperCase());
}

export const modes: TextMode[] = [
  { label: "Title Case", sample: SAMPLE, convert: titleCase },
  { label: "UPPER CASE", sample: SAMPLE, convert: (text) => text.toUpperCase() },
  { label: "lower case", sample: "The OLD Man", convert: (text) => text.toLowerCase() },
  { label: "Sentence case", sample: SAMPLE, convert: sentenceCase },
  { label: "slug-case", sample: SAMPLE, convert: (text) => words(text).join("-") },
  { label: "snake_case", sample: SAMPLE, convert: (text) => words(text).join("_") },
  {
    label: "camelCase",
    sample: SAMPLE,
    convert: (text) => words(text).map((word, index) => (index > 0 ? capital(word) : word)).join(""),
  },
];
