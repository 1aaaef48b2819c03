/**
 * A message between the box that it was written in and the server: sent, and sent again while no answer comes. It has an
 * id, so however often it arrives it is one message; and it is kept in the browser, so a reload goes on with it.
 *
 * @typedef {{ id: string, draft: string, text: string, mode: string, attachments: string[] }} Message
 *   `draft` is what the box held, `text` what is sent of it.
 */

export const AGAIN_MS = [4000, 8000, 16_000, 32_000, 60_000]; // then the box can be written in again

export class Outgoing {
  #storage;
  #key;
  #send;
  #onChange;
  #isUnderWay = false;
  #timer = 0;

  /**
   * @param {{ storage: Storage, key: string, send: (message: Message) => void, onChange: () => void }} options
   */
  constructor({ storage, key, send, onChange }) {
    this.#storage = storage;
    this.#key = key;
    this.#send = send;
    this.#onChange = onChange;
  }

  /** Whether an answer is waited for. */
  get isUnderWay() {
    return this.#isUnderWay;
  }

  /** Go on with what a reload came in between of, if that is what the box still holds. */
  resume(draft) {
    if (this.#kept()?.draft === draft) this.#attempt(0);
  }

  /** The same words after no answer came are the same message. @param {Omit<Message, "id">} message */
  send(message) {
    const { id, ...kept } = this.#kept() ?? {};
    const isSame = id && JSON.stringify(kept) === JSON.stringify(message);
    this.#storage.setItem(this.#key, JSON.stringify({ id: isSame ? id : crypto.randomUUID(), ...message }));
    this.#attempt(0);
  }

  /** The server has it. @returns {Message | null} null: it speaks of an earlier one */
  taken(id) {
    return this.#answered(id);
  }

  /** The server said why not: what is sent next is another message. */
  refused(id) {
    return this.#answered(id);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #answered(id) {
    const message = this.#kept();
    if (!message || message.id !== id) return null;
    this.#storage.removeItem(this.#key);
    this.stop();
    this.#say(false);
    return message;
  }

  #attempt(number) {
    this.stop();
    const message = this.#kept();
    if (!message) return;
    const pause = AGAIN_MS[number];
    this.#say(pause !== undefined);
    if (pause === undefined) return;
    this.#timer = setTimeout(() => this.#attempt(number + 1), pause);
    this.#send(message);
  }

  #say(isUnderWay) {
    this.#isUnderWay = isUnderWay;
    this.#onChange();
  }

  #kept() {
    try {
      return JSON.parse(this.#storage.getItem(this.#key));
    } catch {
      return null;
    }
  }
}
