export const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
export const LIVES = 7;

/** The letters of a word as they are guessed: without accents, in capitals. */
export function plainLetters(word: string): string[] {
  return [...word.normalize("NFD").replace(/\p{M}/gu, "").toUpperCase()];
}

export function isLetter(sign: string): boolean {
  return LETTERS.includes(sign);
}

export function misses(word: string, guessed: string[]): string[] {
  const letters = plainLetters(word);
  return guessed.filter((letter) => !letters.includes(letter));
}

export function isSolved(word: string, guessed: string[]): boolean {
  return plainLetters(word).every((letter) => !isLetter(letter) || guessed.includes(letter));
}

/** Another word than the last one, when there is another. */
export function drawWord<T extends { id: string }>(words: T[], last?: string): T | undefined {
  const others = words.length > 1 ? words.filter((one) => one.id !== last) : words;
  return others[Math.floor(Math.random() * others.length)];
}
