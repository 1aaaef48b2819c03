/** The websocket updates come through. It comes back by itself, soon at first and then less often. */

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 3000;

export class Connection {
  #socket = null;
  #pause = FIRST_PAUSE;
  #isOver = false;
  #waiting = new Map(); // request id -> resolve
  #lastId = 0;

  /** @param {{take(message: object): void, revision(): number}} page */
  constructor(page) {
    this.page = page;
    addEventListener("online", () => this.#retryNow());
    document.addEventListener("visibilitychange", () => !document.hidden && this.#retryNow());
  }

  open() {
    const url = new URL("/@ws", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("revision", this.page.revision());
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onopen = () => (this.#pause = FIRST_PAUSE);
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    socket.onclose = () => this.#later();
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Where a place in compiled code is in the app's file; the same place when nobody can say. */
  async locate(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return { file: frame.file, line: 0, column: 0 };
    const id = ++this.#lastId;
    const place = new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      setTimeout(resolve, 1000, { file: frame.file, line: 0, column: 0 });
    });
    this.send({ type: "locate", id, frame });
    return place.finally(() => this.#waiting.delete(id));
  }

  #take(message) {
    if (message.type === "located") this.#waiting.get(message.id)?.(message.place);
    else {
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

  #retryNow() {
    if (this.#socket || this.#isOver) return;
    clearTimeout(this.timer);
    this.open();
  }
}
