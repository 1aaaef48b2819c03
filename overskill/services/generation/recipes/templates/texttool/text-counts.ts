export interface TextCounts {
  words: number;
  characters: number;
  withoutSpaces: number;
  sentences: number;
  paragraphs: number;
}

export function countText(text: string): TextCounts {
  const words = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)];
  return {
    words: words.filter(({ isWordLike }) => isWordLike).length,
    characters: [...text].length,
    withoutSpaces: [...text.replace(/\s/g, "")].length,
    sentences: text.split(/[.!?…]+(?:\s|$)/).filter((part) => part.trim()).length,
    paragraphs: text.split(/\n\s*\n/).filter((part) => part.trim()).length,
  };
}

/** The words used most, without the small ones. */
export function topWords(text: string, most: number): [string, number][] {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}'’]{4,}/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1]).slice(0, most);
}

/** "2 min 30 s" */
export function duration(words: number, perMinute: number): string {
  const seconds = Math.ceil((words / perMinute) * 60);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
