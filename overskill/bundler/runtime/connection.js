/**
 * The websocket updates come through. It comes back by itself, soon at first and then less often. A computer that slept
 * or changed its network may hold a connection that is dead and doesn't know: then it is asked for a sign of life.
 */

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 3000;
const LONGEST_SILENCE = 3000; // after a question
const LONGEST_ABSENCE = 15_000; // until what could not be asked goes without an answer
const TICK = 5000;
const NOWHERE = { line: 0, column: 0 };

export class Connection {
  #socket = null;
  #pause = FIRST_PAUSE;
  #isOver = false;
  #waiting = new Map(); // request id -> {question, resolve, giveUp}
  #lastId = 0;
  #ticked = Date.now();
  #isSilent = false; // it was asked for a sign of life

  /** @param {{take(message: object): void, revision(): number}} page */
  constructor(page) {
    this.page = page;
    addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#wake());
    setInterval(() => this.#tick(), TICK);
  }

  open() {
    const url = new URL("/@ws", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("revision", this.page.revision());
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#isSilent = false;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    socket.onclose = () => socket === this.#socket && this.#later();
  }

  /** @returns {boolean}  whether there was a connection to send it through */
  send(message) {
    const isOpen = this.#socket?.readyState === WebSocket.OPEN;
    if (isOpen) this.#socket.send(JSON.stringify(message));
    return isOpen;
  }

  /** Where places in compiled code are in the app's files; without a line where nobody can say. */
  async locate(frames) {
    const id = ++this.#lastId;
    const places = new Promise((resolve) => {
      const giveUp = () => resolve(frames.map(({ file }) => ({ file, ...NOWHERE })));
      this.#waiting.set(id, { question: { type: "locate", id, frames }, resolve, giveUp });
      setTimeout(giveUp, LONGEST_ABSENCE);
    });
    this.#ask(this.#waiting.get(id));
    return places.finally(() => this.#waiting.delete(id));
  }

  #ask({ question, giveUp }) {
    if (this.send(question)) setTimeout(giveUp, LONGEST_SILENCE);
  }

  #opened() {
    this.#pause = FIRST_PAUSE;
    for (const waiting of this.#waiting.values()) this.#ask(waiting); // asked before there was a connection
  }

  #take(message) {
    this.#isSilent = false;
    if (message.type === "located") this.#waiting.get(message.id)?.resolve(message.places);
    else if (message.type !== "pong") {
      if (message.type === "gone") this.#isOver = true;
      this.page.take(message);
    }
  }

  #later() {
    this.#socket = null;
    if (this.#isOver) return;
    this.timer = setTimeout(() => this.open(), this.#pause * (0.8 + Math.random() * 0.4));
    this.#pause = Math.min(this.#pause * 1.5, LONGEST_PAUSE);
  }

  /** Timers stand still while a computer sleeps. */
  #tick() {
    const now = Date.now();
    if (now - this.#ticked > 3 * TICK) this.#wake();
    this.#ticked = now;
  }

  #wake() {
    if (this.#isOver) return;
    const socket = this.#socket;
    if (socket === null) {
      clearTimeout(this.timer);
      this.open();
    } else if (socket.readyState === WebSocket.OPEN) {
      this.#isSilent = true;
      this.send({ type: "ping" });
      setTimeout(() => this.#isSilent && socket === this.#socket && this.#replace(socket), LONGEST_SILENCE);
    }
  }

  /** Without waiting for the old one to close: nobody may be there to answer. */
  #replace(socket) {
    socket.onmessage = null;
    socket.close();
    this.open();
  }
}
