/** What the preview itself says, over the app: that it waits, or what is wrong. Shadow roots keep the app's CSS out. */
import { COVER, PROBLEMS } from "./screen-styles.js";

const BARS = [
  [0, 120],
  [24, 176],
  [48, 96],
  [72, 152],
  [96, 64],
];

/**
 * @typedef {{file: string, line: number, message: string, excerpt?: {from: number, lines: string[]}}} Problem
 */
export class Screens {
  #scheme = null;
  #cover = null;
  #shown = ""; // what the cover says
  #problems = null;

  setScheme(scheme) {
    this.#scheme = ["light", "dark"].includes(scheme) ? scheme : null;
    for (const host of [this.#cover, this.#problems]) if (host) this.#applyScheme(host);
  }

  showWaiting() {
    const bars = BARS.map(([y, width]) => `<rect y="${y}" width="${width}" height="14" rx="7"/>`).join("");
    this.#showCover(
      "waiting",
      `
      <svg viewBox="0 0 176 110" aria-hidden="true">${bars}</svg>
      <p>Writing your app…</p>
      <small>It appears here as soon as there is something to see.</small>`,
    );
  }

  /**
   * Where there is nothing of the app to show.
   * @param {Problem | null} problem  null: it is nobody's business here
   * @param {(() => void) | null} startAgain  null: it can't be shown before it is changed
   */
  showStopped(problem, startAgain) {
    const isNew = this.#showCover(
      `stopped ${JSON.stringify(problem)} ${startAgain !== null}`,
      `
      <p>${startAgain ? "The app stopped with an error" : "The app can't be shown"}</p>
      <small>${startAgain ? "Start it again, or have the error fixed." : "It has an error. It appears here as soon as that is fixed."}</small>`,
    );
    if (!isNew) return;
    const main = this.#cover.shadowRoot.querySelector("main");
    if (problem) main.append(card(problem));
    if (startAgain) main.append(button("Start the app again", startAgain));
  }

  /** A link that was shared shows nothing any more. */
  showOver() {
    this.showProblems("", []);
    this.#showCover("over", "<p>This link has ended</p><small>Ask who sent it to you for another one.</small>");
  }

  hideCover() {
    this.#cover?.remove();
    this.#cover = null;
  }

  /** @param {Problem[]} problems  none: take the screen away */
  showProblems(title, problems) {
    this.#problems?.remove();
    this.#problems = null;
    if (problems.length === 0) return;
    const host = (this.#problems = this.#host());
    host.shadowRoot.innerHTML = `<style>${PROBLEMS}</style>
      <main>
        <section role="alert">
          <header><span></span></header>
          <ul></ul>
        </section>
      </main>`;
    host.shadowRoot.querySelector("span").textContent = title;
    host.shadowRoot.querySelector("header").append(button("Hide", () => this.showProblems("", [])));
    const list = host.shadowRoot.querySelector("ul");
    for (const problem of problems.slice(0, 6)) list.append(item(problem));
  }

  /** @returns {boolean} false when it says that already: its bars go on moving */
  #showCover(shown, content) {
    if (this.#cover && shown === this.#shown) return false;
    this.#shown = shown;
    this.#cover ??= this.#host();
    this.#cover.shadowRoot.innerHTML = `<style>${COVER}</style><main role="status">${content}</main>`;
    return true;
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

const placeOf = ({ file, line }) => (line ? `${file}:${line}` : file);

/** @param {Problem} problem */
function item(problem) {
  const entry = document.createElement("li");
  entry.append(problem.message, ...(problem.file ? [element("code", placeOf(problem))] : []));
  return entry;
}

/** The error with the lines around it. @param {Problem} problem */
function card(problem) {
  const section = document.createElement("section");
  section.append(element("strong", problem.message));
  if (problem.file) section.append(element("code", placeOf(problem)));
  if (problem.excerpt) section.append(codeFrame(problem.excerpt, problem.line));
  return section;
}

function codeFrame({ from, lines }, line) {
  const frame = document.createElement("pre");
  lines.forEach((text, index) => {
    const row = element("span", `${String(from + index).padStart(4)}  ${text}\n`);
    row.toggleAttribute("data-here", from + index === line);
    frame.append(row);
  });
  return frame;
}

function button(words, onClick) {
  const made = element("button", words);
  made.type = "button";
  made.onclick = onClick;
  return made;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
