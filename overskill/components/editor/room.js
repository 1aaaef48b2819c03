/**
 * What everybody who has the same app open hears of the others: who is there and where, and which files changed. One
 * connection per app and page, shared by whatever shows it. After a lost connection it goes on behind the last change
 * it heard of, so no change is missed and none comes twice.
 *
 * @typedef {{id: string, name: string, colour: number, tab: string, path: string, is_me: boolean}} Person
 * @typedef {{revision: number, version: number, files: {path: string, checksum: string | null}[], by: string}} Change
 * @typedef {{people: Person[], isConnected: boolean}} RoomView
 */

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const SILENCE_MS = 40_000; // the server says something every fifteen seconds: then the connection is dead
const LINGER_MS = 2000; // a part of the page may leave and come back while it is laid out anew
const REFUSED = 1008; // signed out, or no longer in the team

class Room {
  #slug;
  /** @type {RoomView} */
  #view = { people: [], isConnected: false };
  #place = { tab: "", path: "" };
  #lastId = "";
  #socket = null;
  #failures = 0;
  #retry = 0;
  #silence = 0;
  #linger = 0;
  #watchers = new Set();
  #followers = new Set();

  constructor(slug) {
    this.#slug = slug;
  }

  /** For `useSyncExternalStore`: who is there. */
  subscribe = (watcher) => this.#join(this.#watchers, watcher);

  read = () => this.#view;

  /** Hear of each change of files. A change without `files` says: something was missed, read the list again. */
  follow = (follower) => this.#join(this.#followers, follower);

  /** Tell the others where one is. */
  goTo({ tab = this.#place.tab, path = this.#place.path }) {
    if (tab === this.#place.tab && path === this.#place.path) return;
    this.#place = { tab, path };
    this.#tellPlace();
  }

  #join(listeners, listener) {
    listeners.add(listener);
    rooms.set(this.#slug, this);
    clearTimeout(this.#linger);
    if (!this.#socket && !this.#retry) this.#open();
    return () => {
      listeners.delete(listener);
      if (!this.#watchers.size && !this.#followers.size) this.#linger = setTimeout(() => this.#drop(), LINGER_MS);
    };
  }

  #open() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    const address = new URL(`/api/studio/${this.#slug}/room?after=${this.#lastId}`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = (this.#socket = new WebSocket(address));
    this.#expectWords();
    socket.onopen = () => this.#tellPlace();
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    socket.onclose = ({ code } = {}) => socket === this.#socket && this.#lost(code);
  }

  #take(message) {
    this.#failures = 0;
    this.#expectWords();
    if (message.id) this.#lastId = message.id;
    if (message.k === "here") {
      this.#show({ isConnected: true });
      this.#tell({ revision: message.revision }); // what changed while nobody listened
    } else if (message.k === "people") this.#show({ people: message.people });
    else if (message.k === "files") this.#tell(message);
  }

  #tell(change) {
    for (const follower of this.#followers) follower(change);
  }

  #show(change) {
    this.#view = { ...this.#view, ...change };
    for (const watcher of this.#watchers) watcher();
  }

  #tellPlace() {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ k: "at", ...this.#place }));
  }

  #lost(code) {
    this.#close();
    this.#show({ isConnected: false, people: this.#view.people.filter(({ is_me: isMe }) => isMe) });
    if (code === REFUSED) return;
    this.#retry = setTimeout(() => this.#open(), RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]);
  }

  #expectWords() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #close() {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#retry = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #drop() {
    this.#close();
    rooms.delete(this.#slug);
  }
}

const rooms = new Map();

/** The room of an app. */
export function roomOf(slug) {
  if (!rooms.has(slug)) rooms.set(slug, new Room(slug));
  return rooms.get(slug);
}
