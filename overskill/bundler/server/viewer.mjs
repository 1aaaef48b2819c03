/** One browser that looks at an app. */

const BEAT = 30_000;
const MOST_FRAMES = 8;

export class Viewer {
  constructor(connection, apps, entry) {
    this.connection = connection;
    this.apps = apps;
    this.entry = entry;
    this.isAlive = true;
  }

  /** @param {number} revision  what the page shows already */
  start(revision) {
    const beat = setInterval(() => this.#beat(), BEAT).unref();
    this.connection.on("pong", () => (this.isAlive = true));
    this.connection.on("message", (data) => void this.#take(data));
    this.connection.on("error", () => this.connection.terminate());
    this.connection.on("close", () => {
      clearInterval(beat);
      this.entry.viewers.delete(this);
      this.entry.touched = Date.now();
    });
    this.apps.greet(this.entry, this, revision);
  }

  send(message) {
    if (this.connection.readyState === this.connection.OPEN) this.connection.send(JSON.stringify(message));
  }

  #beat() {
    if (!this.isAlive) this.connection.terminate();
    this.isAlive = false;
    this.connection.ping();
  }

  async #take(data) {
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return; // not ours
    }
    if (message?.type === "resync") this.apps.greet(this.entry, this, -1);
    if (message?.type === "ping") this.send({ type: "pong" });
    if (message?.type === "locate" && Array.isArray(message.frames)) {
      const frames = message.frames.slice(0, MOST_FRAMES);
      const places = await Promise.all(frames.map((frame) => this.apps.locate(this.entry, frame ?? {})));
      this.send({ type: "located", id: message.id, places });
    }
  }
}
