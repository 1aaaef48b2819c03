/**
 * One connection per turn and page, shared by whatever shows the turn. Survives lost connections and a restarted
 * server: it goes on after the last entry it has, so nothing is lost and nothing comes twice.
 *
 * A websocket, because a browser gives all tabs of a site together only six connections of any other kind.
 */
import { apply, waitingTurn } from "./turn_log.js";

const RETRY_MS = [500, 1000, 2000, 4000];
const SILENCE_MS = 40_000; // the server says something every fifteen seconds: then the connection is dead
const LINGER_MS = 2000; // a part of the page may leave and come back while it is laid out anew

class TurnFeed {
  #id;
  #turn = waitingTurn();
  #shown = { ...this.#turn, since: 0, isConnected: true };
  #since = 0;
  #lastId = "";
  #file = ""; // that the last piece was of
  #waiting = [];
  #frame = 0;
  #socket = null;
  #failures = 0;
  #retry = 0;
  #silence = 0;
  #linger = 0;
  #listeners = new Set();

  constructor(id) {
    this.#id = id;
  }

  subscribe = (listener) => {
    feeds.set(this.#id, this);
    this.#listeners.add(listener);
    clearTimeout(this.#linger);
    if (!this.#socket && !this.#turn.end) this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (!this.#listeners.size) this.#linger = setTimeout(() => this.#drop(), LINGER_MS);
    };
  };

  read = () => this.#shown;

  #open() {
    clearTimeout(this.#retry);
    const address = new URL(`/api/turns/${this.#id}/live?after=${this.#lastId}`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = (this.#socket = new WebSocket(address));
    this.#expectWords();
    socket.onopen = () => this.#say(true);
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  /**
   * The id of the last entry, then the entries. A number instead of an id is how many milliseconds later it is than the
   * one before; a text alone is one more piece of the file of the last piece.
   */
  #take([id, ...entries]) {
    this.#failures = 0;
    this.#expectWords();
    if (id) this.#lastId = typeof id === "number" ? `${Number.parseInt(this.#lastId, 10) + id}-0` : id;
    const at = id ? Number.parseInt(this.#lastId, 10) : 0;
    for (const told of entries) {
      const entry = typeof told === "string" ? { k: "delta", path: this.#file, text: told } : told;
      if (entry.k === "open" || entry.k === "delta") this.#file = entry.path;
      this.#waiting.push({ entry, at });
    }
    this.#frame ||= requestAnimationFrame(this.#flush);
    // A hidden tab paints no frames, but must not miss the end.
    if (document.hidden) this.#flush();
  }

  #lost() {
    this.#close();
    this.#flush();
    if (this.#turn.end) return;
    this.#say(false);
    this.#retry = setTimeout(() => this.#open(), RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]);
  }

  #expectWords() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #close() {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #drop() {
    this.#close();
    feeds.delete(this.#id);
  }

  #flush = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const batch = this.#waiting.splice(0);
    for (const { entry, at } of batch) {
      this.#since ||= at;
      this.#turn = apply(this.#turn, entry, at);
    }
    if (this.#turn.end) this.#close();
    this.#say(true);
  };

  #say(isConnected) {
    this.#shown = { ...this.#turn, since: this.#since, isConnected };
    for (const listener of this.#listeners) listener();
  }
}

const feeds = new Map();

/** What is known of a turn, for `useSyncExternalStore`. */
export function feedOf(id) {
  if (!feeds.has(id)) feeds.set(id, new TurnFeed(id));
  return feeds.get(id);
}
