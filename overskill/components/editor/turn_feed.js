/**
 * One subscription per turn and page, shared by whatever shows the turn. Survives lost connections and a
 * restarted server: it goes on after the last entry it has, so nothing is lost and nothing comes twice.
 */
import { useMemo, useSyncExternalStore } from "react";
import { apply, waitingTurn } from "./turn_log.js";

const RETRY_MS = [500, 1000, 2000, 4000];
const LINGER_MS = 2000; // a part of the page may leave and come back while it is laid out anew

class TurnFeed {
  #id;
  #turn = waitingTurn();
  #shown = { ...this.#turn, since: 0, isConnected: true };
  #since = 0;
  #lastId = "";
  #waiting = [];
  #frame = 0;
  #source = null;
  #failures = 0;
  #timer = 0;
  #listeners = new Set();

  constructor(id) {
    this.#id = id;
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    clearTimeout(this.#timer);
    if (!this.#source && !this.#turn.end) this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (!this.#listeners.size) this.#timer = setTimeout(() => this.#close(), LINGER_MS);
    };
  };

  read = () => this.#shown;

  #open() {
    const after = this.#lastId ? `?after=${this.#lastId}` : "";
    this.#source = new EventSource(`/api/turns/${this.#id}/events${after}`);
    this.#source.onopen = () => this.#say(true);
    this.#source.onmessage = ({ data, lastEventId }) => {
      this.#failures = 0;
      if (lastEventId) this.#lastId = lastEventId;
      this.#waiting.push({ entry: JSON.parse(data), at: Number.parseInt(lastEventId, 10) || 0 });
      this.#frame ||= requestAnimationFrame(this.#flush);
      // A hidden tab paints no frames, but must not miss the end.
      if (document.hidden) this.#flush();
    };
    this.#source.onerror = () => {
      if (this.#turn.end) return;
      this.#say(false);
      if (this.#source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      this.#source = null;
      this.#timer = setTimeout(() => this.#open(), RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]);
    };
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #flush = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const batch = this.#waiting.splice(0);
    for (const { entry, at } of batch) {
      this.#since ||= at;
      this.#turn = apply(this.#turn, entry);
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

/** The turn as far as it is known, and again whenever it moves on. */
export function useTurn(id) {
  const feed = useMemo(() => {
    if (!feeds.has(id)) feeds.set(id, new TurnFeed(id));
    return feeds.get(id);
  }, [id]);
  return useSyncExternalStore(feed.subscribe, feed.read, feed.read);
}
