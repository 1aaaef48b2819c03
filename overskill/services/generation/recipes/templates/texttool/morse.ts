import type { TextMode } from "@/lib/text-mode";

const LETTERS = new Map(
  Object.entries({
    a: ".-", b: "-...", c: "-.-.", d: "-..", e: ".", f: "..-.", g: "--.", h: "....", i: "..",
    j: ".---", k: "-.-", l: ".-..", m: "--", n: "-.", o: "---", p: ".--.", q: "--.-", r: ".-.",
    s: "...", t: "-", u: "..-", v: "...-", w: ".--", x: "-..-", y: "-.--", z: "--..",
    "0": "-----", "1": ".----", "2": "..---", "3": "...--", "4": "....-", "5": ".....",
    "6": "-....", "7": "--...", "8": "---..", "9": "----.", ".": ".-.-.-", ",": "--..--",
    "?": "..--..", "!": "-.-.--", "'": ".----.", "/": "-..-.", "(": "-.--.", ")": "-.--.-",
    ":": "---...", "=": "-...-", "+": ".-.-.", "-": "-....-", '"': ".-..-.", "@": ".--.-.",
  }),
);
const CODES = new Map([...LETTERS].map(([letter, code]) => [code, letter]));

export function toMorse(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
  return plain
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word].map((letter) => LETTERS.get(letter) ?? "�").join(" "))
    .join(" / ");
}

export function fromMorse(code: string): string {
  const plain = code.replace(/[·•∙]/g, ".").replace(/[–—−_]/g, "-");
  return plain
    .trim()
    .split(/\s*[/|\n]\s*|\s{3,}/)
    .map((word) => word.split(/\s+/).map((sign) => (sign ? (CODES.get(sign) ?? "�") : "")).join(""))
    .join(" ")
    .toUpperCase();
}

export const modes: TextMode[] = [
  { label: "Text to Morse", sample: "SOS, send help", convert: toMorse },
  { label: "Morse to text", sample: ".... . .-.. .-.. --- / .-- --- .-. .-.. -..", convert: fromMorse },
];
