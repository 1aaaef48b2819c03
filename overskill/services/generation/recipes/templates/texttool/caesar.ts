import type { TextMode } from "@/lib/text-mode";

function shifted(text: string, shift: number): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter < "a" ? 65 : 97;
    return String.fromCharCode(first + ((((letter.charCodeAt(0) - first + shift) % 26) + 26) % 26));
  });
}

export const modes: TextMode[] = [
  { label: "Encode", sample: "Meet me at the old oak", convert: shifted },
  { label: "Decode", sample: "Phhw ph dw wkh rog rdn", convert: (text, shift) => shifted(text, -shift) },
];
