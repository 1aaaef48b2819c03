import type { TextMode } from "@/lib/text-mode";

function toPigLatin(text: string): string {
  return text.replace(/[a-z']+/gi, (word) => {
    const [, start = "", rest = ""] = /^([^aeiouy]*qu|y?[^aeiouy]*)(.*)$/i.exec(word) ?? [];
    if (!rest) return `${word}ay`;
    const said = start ? `${rest}${start.toLowerCase()}ay` : `${rest}way`;
    return /^[A-Z]/.test(word) ? said.charAt(0).toUpperCase() + said.slice(1) : said;
  });
}

export const modes: TextMode[] = [
  { label: "To pig latin", sample: "Happy birthday, my friend", convert: toPigLatin },
];
