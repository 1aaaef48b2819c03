import type { TextMode } from "@/lib/text-mode";

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const LARGE: [number, string][] = [
  [1e12, "trillion"],
  [1e9, "billion"],
  [1e6, "million"],
  [1000, "thousand"],
  [100, "hundred"],
];

function spelled(value: number): string {
  if (value < 20) return SMALL[value] ?? "";
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 ? `-${SMALL[value % 10]}` : ""}`;
  const [size, name] = LARGE.find(([least]) => value >= least) ?? [100, "hundred"];
  const rest = value % size;
  const joint = rest === 0 ? "" : rest < 100 ? " and " : " ";
  return `${spelled(Math.floor(value / size))} ${name}${joint}${rest ? spelled(rest) : ""}`;
}

function inWords(number: string): string {
  const [whole = "", fraction] = number.replaceAll(",", "").split(".");
  if (whole.length > 15) return number;
  const digits = fraction ? ` point ${[...fraction].map((digit) => SMALL[Number(digit)]).join(" ")}` : "";
  return spelled(Number(whole)) + digits;
}

export const modes: TextMode[] = [
  {
    label: "Number to words",
    sample: "1,284.50",
    convert: (text) => text.replace(/\d[\d,]*(?:\.\d+)?/g, inWords),
  },
];
