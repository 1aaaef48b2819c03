const PAUSES = [4_000, 8_000, 16_000, 30_000];

/**
 * What is typed into one field until the server has it: kept in the tab, so that neither a reload nor a lost connection
 * takes it away; sent when the field is left, and again until it is answered.
 */
export class KeptText {
  #send;
  #changed;
  #store;
  #key;
  #later;
  #text = null; // null: nothing is typed that the server has not got
  #sent = null; // {stamp, text}: not answered yet
  #tries = 0;
  #stop = () => {};
  #note = "";

  /**
   * @param {string} key of this field of this listing
   * @param {{send: (text: string, stamp: string) => void, changed: () => void, store: Storage,
   *   later: (action: () => void, wait: number) => () => void}} tools `later` answers what calls it off.
   */
  constructor(key, { send, changed, store, later }) {
    this.#key = key;
    this.#send = send;
    this.#changed = changed;
    this.#store = store;
    this.#later = later;
    this.#text = read(store, key);
    if (this.#text !== null) this.#note = "typing";
  }

  /** What is to be shown instead of what the server has; null: what it has. */
  get text() {
    return this.#text;
  }

  /** "", "typing", "saving", "late" (nobody answered yet) or "saved". */
  get note() {
    return this.#note;
  }

  get isOpen() {
    return this.#text !== null;
  }

  type(text) {
    this.#text = text;
    write(this.#store, this.#key, text);
    this.#say("typing");
  }

  /** The field is left: what it holds is sent, unless just that is under way. */
  leave() {
    if (this.#text === null || this.#sent?.text === this.#text) return;
    this.#tries = 0;
    this.#say("saving");
    this.#go();
  }

  /** Nobody answered, and there may be somebody again. */
  again() {
    if (this.#sent) this.#go();
  }

  /** The server took, or refused, what had this stamp. Of earlier sendings nothing more is heard. */
  answer(stamp, isRefused) {
    if (!this.#sent || this.#sent.stamp !== stamp) return;
    this.#stop();
    const { text } = this.#sent;
    this.#sent = null;
    if (text !== this.#text) return; // somebody types on: it is sent when they leave
    if (!isRefused) {
      this.#text = null;
      write(this.#store, this.#key, null);
    }
    this.#say(isRefused ? "typing" : "saved");
  }

  /** The field goes: what is open in it is sent for the last time. */
  close() {
    this.#stop();
    if (this.#text !== null) this.#send(this.#text, "");
  }

  #go() {
    this.#stop();
    this.#sent = { stamp: Math.random().toString(36).slice(2, 10), text: this.#text };
    this.#send(this.#sent.text, this.#sent.stamp);
    const pause = PAUSES[Math.min(this.#tries, PAUSES.length - 1)];
    this.#tries += 1;
    this.#stop = this.#later(() => {
      this.#say("late");
      this.#go();
    }, pause);
  }

  #say(note) {
    this.#note = note;
    this.#changed();
  }
}

function read(store, key) {
  try {
    return store.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function write(store, key, text) {
  try {
    if (text === null) store.removeItem(key);
    else store.setItem(key, text);
  } catch {
    // It is kept as long as the page is.
  }
}
