/** What the preview itself says, over the app: that it waits, or what is wrong. Shadow roots keep the app's CSS out. */

// The app's own stylesheet also reaches the host element, and wins over :host: hence !important.
const BASE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147483000 !important;
  display: block !important; pointer-events: none !important; color-scheme: light dark !important; }
:host([data-scheme="light"]) { color-scheme: light !important; }
:host([data-scheme="dark"]) { color-scheme: dark !important; }
* { box-sizing: border-box; margin: 0; }
main { height: 100%; display: grid; font: 15px/1.55 ui-sans-serif, system-ui, sans-serif; }`;

const COVER = `${BASE}
main { place-content: center; justify-items: center; gap: 20px; padding: 24px; text-align: center;
  background: light-dark(#fbfbfd, #101014); color: light-dark(#1d1d27, #ececf3); }
svg { width: 176px; height: 110px; margin-bottom: 8px; }
svg rect { fill: light-dark(#e2e2ee, #262631); transform-origin: left; transform-box: fill-box;
  animation: write 2.4s ease-in-out infinite; }
svg rect:nth-of-type(2) { animation-delay: .18s } svg rect:nth-of-type(3) { animation-delay: .36s }
svg rect:nth-of-type(4) { animation-delay: .54s } svg rect:nth-of-type(5) { animation-delay: .72s }
p { font-weight: 600; font-size: 17px }
small { margin-top: -12px; font-size: 14px; color: light-dark(#6b6b7b, #9a9aab) }
@keyframes write { 0%, 100% { opacity: .45; transform: scaleX(.55) } 50% { opacity: 1; transform: none } }
@media (prefers-reduced-motion: reduce) { svg rect { animation: none } }`;

const PROBLEMS = `${BASE}
main { place-items: end center; padding: 16px; }
section { pointer-events: auto; width: min(680px, 100%); max-height: 60vh; overflow: auto; padding: 18px 20px;
  border-radius: 14px; background: light-dark(#fff, #1b1b22); color: light-dark(#1d1d27, #ececf3);
  border: 1px solid light-dark(#e4e4ee, #33333f);  box-shadow: 0 12px 40px rgb(0 0 0 / .18); }
header { display: flex; align-items: center; gap: 12px; font-weight: 600 } header span { flex: 1 }
button { font: inherit; font-weight: 500; cursor: pointer; border: 0; border-radius: 8px; padding: 4px 10px;
  background: light-dark(#f0f0f6, #2b2b36); color: inherit }
ul { list-style: none; padding: 0; margin-top: 12px; display: grid; gap: 10px }
li { border-left: 3px solid light-dark(#d4483b, #ff7a6b); padding-left: 12px; overflow-wrap: anywhere }
code { display: block; font: 12.5px ui-monospace, monospace; color: light-dark(#6b6b7b, #9a9aab) }`;

const BARS = [
  [0, 120],
  [24, 176],
  [48, 96],
  [72, 152],
  [96, 64],
];

export class Screens {
  #scheme = null;
  #cover = null;
  #content = "";
  #problems = null;

  setScheme(scheme) {
    this.#scheme = ["light", "dark"].includes(scheme) ? scheme : null;
    for (const host of [this.#cover, this.#problems]) if (host) this.#applyScheme(host);
  }

  showWaiting() {
    const bars = BARS.map(([y, width]) => `<rect y="${y}" width="${width}" height="14" rx="7"/>`).join("");
    this.#showCover(`
      <svg viewBox="0 0 176 110" aria-hidden="true">${bars}</svg>
      <p>Writing your app…</p>
      <small>It appears here as soon as there is something to see.</small>`);
  }

  /** Where the editor says what is wrong, and the app shows nothing. */
  showStopped() {
    this.#showCover(`
      <p>The app can't be shown</p>
      <small>It has an error. It appears here as soon as that is fixed.</small>`);
  }

  hideCover() {
    this.#cover?.remove();
    this.#cover = null;
  }

  /** @param {{file: string, line: number, message: string}[]} problems  none: take the screen away */
  showProblems(title, problems) {
    this.#problems?.remove();
    this.#problems = null;
    if (problems.length === 0) return;
    const host = (this.#problems = this.#host());
    host.shadowRoot.innerHTML = `<style>${PROBLEMS}</style>
      <main>
        <section role="alert">
          <header><span></span><button type="button">Hide</button></header>
          <ul></ul>
        </section>
      </main>`;
    host.shadowRoot.querySelector("span").textContent = title;
    host.shadowRoot.querySelector("button").onclick = () => this.showProblems("", []);
    const list = host.shadowRoot.querySelector("ul");
    for (const { file, line, message } of problems.slice(0, 6)) list.append(item(file, line, message));
  }

  #showCover(content) {
    if (this.#cover && content === this.#content) return; // its bars go on moving
    this.#content = content;
    this.#cover ??= this.#host();
    this.#cover.shadowRoot.innerHTML = `<style>${COVER}</style><main role="status">${content}</main>`;
  }

  #host() {
    const host = document.createElement("overskill-screen");
    host.attachShadow({ mode: "open" });
    this.#applyScheme(host);
    document.documentElement.append(host);
    return host;
  }

  #applyScheme(host) {
    if (this.#scheme) host.dataset.scheme = this.#scheme;
    else delete host.dataset.scheme;
  }
}

function item(file, line, message) {
  const entry = document.createElement("li");
  const place = document.createElement("code");
  place.textContent = line ? `${file}:${line}` : file;
  entry.append(message, ...(file ? [place] : []));
  return entry;
}
