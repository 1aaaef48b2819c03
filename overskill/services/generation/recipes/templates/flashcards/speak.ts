export const canSpeak = "speechSynthesis" in window;

/** Reads a text aloud in a language; what stands in brackets is left out. */
export function speak(text: string, language: string): void {
  const spoken = new SpeechSynthesisUtterance(text.replace(/\(.*?\)/g, ""));
  spoken.lang = language;
  spoken.rate = 0.9;
  speechSynthesis.cancel();
  speechSynthesis.speak(spoken);
}
