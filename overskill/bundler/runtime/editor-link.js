/** Messages to and from the editor that shows this preview in a frame. Nobody else hears them, nobody else is heard. */

export class EditorLink {
  #origins;

  constructor(parents) {
    const framing = location.ancestorOrigins?.[0];
    this.#origins = framing === undefined ? parents : parents.filter((origin) => origin === framing);
  }

  get isThere() {
    return window.parent !== window;
  }

  post(type, details = {}) {
    if (!this.isThere) return;
    for (const origin of this.#origins)
      window.parent.postMessage({ source: "overskill-preview", type, ...details }, origin);
  }

  /** @param {Record<string, (message: object) => void>} commands */
  listen(commands) {
    addEventListener("message", ({ data, origin, source }) => {
      if (source !== window.parent || !this.#origins.includes(origin)) return;
      if (data && typeof data === "object" && Object.hasOwn(commands, data.type)) commands[data.type](data);
    });
  }
}
