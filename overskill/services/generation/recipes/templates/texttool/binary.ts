import type { TextMode } from "@/lib/text-mode";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function toDigits(text: string, base: 2 | 16): string {
  const width = base === 2 ? 8 : 2;
  return [...encoder.encode(text)].map((byte) => byte.toString(base).padStart(width, "0")).join(" ");
}

function fromDigits(text: string, base: 2 | 16): string {
  const digits = text.replace(/0[xb]/gi, "").replace(base === 2 ? /[^01]/g : /[^0-9a-f]/gi, "");
  const groups = digits.match(base === 2 ? /.{1,8}/g : /.{1,2}/g) ?? [];
  return decoder.decode(Uint8Array.from(groups, (group) => parseInt(group, base)));
}

export const modes: TextMode[] = [
  { label: "Text to binary", sample: "Hello", convert: (text) => toDigits(text, 2) },
  { label: "Binary to text", sample: "01001000 01101001", convert: (text) => fromDigits(text, 2) },
  { label: "Text to hex", sample: "Hello", convert: (text) => toDigits(text, 16) },
  { label: "Hex to text", sample: "48 65 6c 6c 6f", convert: (text) => fromDigits(text, 16) },
];
