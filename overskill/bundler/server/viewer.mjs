/** One browser that looks at an app. */

const BEAT = 30_000;
const MOST_FRAMES = 8;
const ENDED = 4001;
const MOST_UNPACKED = 8 * 1024; // characters; beyond that, what is packed is there sooner

export class Viewer {
  /** @param {import("./shares.mjs").Share | null} share  by which it came; null: by the preview's own address */
  constructor(connection, apps, entry, share) {
    this.connection = connection;
    this.apps = apps;
    this.entry = entry;
    this.share = share;
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
      this.share?.viewers.delete(this);
      this.entry.touched = Date.now();
    });
    this.share?.viewers.add(this);
    this.apps.greet(this.entry, this, revision);
  }

  /** @param {boolean} isUrgent  somebody waits for it: packing a small message takes longer than sending it */
  send(message, { isUrgent = false } = {}) {
    const told = this.share && message.type === "problems" ? withoutWords(message) : message;
    if (this.connection.readyState !== this.connection.OPEN) return;
    const text = JSON.stringify(told);
    this.connection.send(text, { compress: !isUrgent || text.length > MOST_UNPACKED });
  }

  /** It is not to see any more of the app. */
  end() {
    this.entry.viewers.delete(this);
    this.send({ type: "gone" });
    this.connection.close(ENDED);
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
    if (message?.type === "resync" && this.entry.viewers.has(this)) this.apps.greet(this.entry, this, -1);
    if (message?.type === "ping") this.send({ type: "pong" });
    if (message?.type === "locate" && this.share === null && Array.isArray(message.frames)) {
      const frames = message.frames.slice(0, MOST_FRAMES);
      const places = await Promise.all(frames.map((frame) => this.apps.locate(this.entry, frame ?? {})));
      this.send({ type: "located", id: message.id, places });
    }
  }
}

/** Who the app is shared with learns that something is wrong, not what and where in its code. */
function withoutWords({ type, problems }) {
  return { type, problems: problems.map(() => ({ file: "", line: 0, column: 0, message: "" })) };
}
