import type { TextMode } from "@/lib/text-mode";

const SIGNS: [string, number][] = [
  ["M", 1000], ["CM", 900], ["D", 500], ["CD", 400], ["C", 100], ["XC", 90],
  ["L", 50], ["XL", 40], ["X", 10], ["IX", 9], ["V", 5], ["IV", 4], ["I", 1],
];

function toRoman(digits: string): string {
  let rest = Number(digits);
  if (!Number.isInteger(rest) || rest < 1 || rest > 3999) return `(${digits}: 1 to 3999)`;
  let written = "";
  for (const [sign, value] of SIGNS) {
    written += sign.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return written;
}

function fromRoman(word: string): string {
  let rest = word.toUpperCase();
  let sum = 0;
  for (const [sign, value] of SIGNS) {
    while (rest.startsWith(sign)) {
      sum += value;
      rest = rest.slice(sign.length);
    }
  }
  return rest === "" && toRoman(String(sum)) === word.toUpperCase() ? String(sum) : `(${word} is no Roman numeral)`;
}

export const modes: TextMode[] = [
  { label: "Number to Roman", sample: "2026", convert: (text) => text.replace(/\d+/g, toRoman) },
  { label: "Roman to number", sample: "MMXXVI", convert: (text) => text.replace(/[a-z]+/gi, fromRoman) },
];
