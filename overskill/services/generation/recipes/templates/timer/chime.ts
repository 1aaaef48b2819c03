import { createStore } from "@/lib/storage";

export const isMuted = createStore("muted", false);

/** Pitches, a quarter of a second each. */
export const TUNES = { over: [784, 988, 1319], rest: [659, 523], tick: [880] };

let audio: AudioContext | undefined;

/**
 * Plays a tune so many seconds from now, and returns how to call it off. It is handed to the sound
 * hardware at once: browsers slow the timers of tabs in the background, but not their sound.
 */
export function chimeIn(seconds: number, tune = TUNES.over): () => void {
  if (isMuted.get() || !navigator.userActivation?.hasBeenActive) return () => {};
  audio ??= new AudioContext();
  void audio.resume();
  const start = audio.currentTime + Math.max(0, seconds);
  const tones = tune.map((pitch, index) => playTone(audio as AudioContext, pitch, start + index * 0.25));
  return () => tones.forEach((tone) => tone.stop());
}

function playTone(context: AudioContext, pitch: number, at: number): OscillatorNode {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.25, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.7);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.75);
  return tone;
}
