/** How the preview's own screens look. */

// The app's own stylesheet also reaches the host element, and wins over :host: hence !important.
const BASE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147483000 !important;
  display: block !important; pointer-events: none !important; color-scheme: light dark !important; }
:host([data-scheme="light"]) { color-scheme: light !important; }
:host([data-scheme="dark"]) { color-scheme: dark !important; }
* { box-sizing: border-box; margin: 0; }
main { height: 100%; display: grid; font: 15px/1.55 ui-sans-serif, system-ui, sans-serif; }
button { font: inherit; font-weight: 500; cursor: pointer; border: 0; border-radius: 8px; padding: 4px 10px;
  background: light-dark(#f0f0f6, #2b2b36); color: inherit }
code { display: block; font: 12.5px ui-monospace, monospace; color: light-dark(#6b6b7b, #9a9aab) }`;

export const COVER = `${BASE}
main { place-content: safe center; justify-items: center; gap: 20px; padding: 24px; text-align: center; overflow: auto;
  pointer-events: auto; background: light-dark(#fbfbfd, #101014); color: light-dark(#1d1d27, #ececf3); }
svg { width: 176px; height: 110px; margin-bottom: 8px; }
svg rect { fill: light-dark(#e2e2ee, #262631); transform-origin: left; transform-box: fill-box;
  animation: write 2.4s ease-in-out infinite; }
svg rect:nth-of-type(2) { animation-delay: .18s } svg rect:nth-of-type(3) { animation-delay: .36s }
svg rect:nth-of-type(4) { animation-delay: .54s } svg rect:nth-of-type(5) { animation-delay: .72s }
p { font-weight: 600; font-size: 17px }
small { margin-top: -12px; font-size: 14px; color: light-dark(#6b6b7b, #9a9aab) }
section { width: min(640px, calc(100vw - 48px)); padding: 16px 18px; text-align: left; border-radius: 14px;
  background: light-dark(#fff, #1b1b22); border: 1px solid light-dark(#e4e4ee, #33333f) }
strong { display: block; font-weight: 550; overflow-wrap: anywhere; color: light-dark(#b3261e, #ff8a7a) }
section code { margin-top: 4px; overflow-wrap: anywhere }
pre { margin-top: 12px; padding: 10px 0; overflow-x: auto; border-radius: 10px; font: 12.5px/1.6 ui-monospace, monospace;
  background: light-dark(#f6f6fa, #131318); color: light-dark(#5b5b6b, #a5a5b5) }
pre span { display: block; min-width: max-content; padding: 0 12px }
pre span[data-here] { background: light-dark(#fde8e6, #3a1d1c); color: light-dark(#1d1d27, #fff) }
@keyframes write { 0%, 100% { opacity: .45; transform: scaleX(.55) } 50% { opacity: 1; transform: none } }
@media (prefers-reduced-motion: reduce) { svg rect { animation: none } }`;

export const PROBLEMS = `${BASE}
main { place-items: end center; padding: 16px; }
section { pointer-events: auto; width: min(680px, 100%); max-height: 60vh; overflow: auto; padding: 18px 20px;
  border-radius: 14px; background: light-dark(#fff, #1b1b22); color: light-dark(#1d1d27, #ececf3);
  border: 1px solid light-dark(#e4e4ee, #33333f);  box-shadow: 0 12px 40px rgb(0 0 0 / .18); }
header { display: flex; align-items: center; gap: 12px; font-weight: 600 } header span { flex: 1 }
ul { list-style: none; padding: 0; margin-top: 12px; display: grid; gap: 10px }
li { border-left: 3px solid light-dark(#d4483b, #ff7a6b); padding-left: 12px; overflow-wrap: anywhere }`;
