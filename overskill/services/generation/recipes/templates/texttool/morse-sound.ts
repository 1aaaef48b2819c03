const DOT = 0.08; // seconds

let audio: AudioContext | undefined;

/** Beeps a line of dots and dashes. Returns how long it takes, in seconds, and how to stop it. */
export function playMorse(code: string): { seconds: number; stop: () => void } {
  audio ??= new AudioContext();
  void audio.resume();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 620;
  volume.gain.value = 0;
  tone.connect(volume).connect(audio.destination);
  const start = audio.currentTime + 0.05;
  let at = start;
  for (const sign of code) {
    const length = sign === "." ? DOT : sign === "-" ? DOT * 3 : 0;
    if (length > 0) {
      volume.gain.setTargetAtTime(0.3, at, 0.004);
      volume.gain.setTargetAtTime(0, at + length, 0.004);
    }
    // A gap of one dot after a sign, three after a letter, seven around "/".
    at += length > 0 ? length + DOT : DOT * 2;
  }
  tone.start(start);
  tone.stop(at + 0.1);
  return { seconds: at - audio.currentTime, stop: () => tone.stop() };
}
