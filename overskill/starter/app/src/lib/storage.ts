import { useSyncExternalStore } from "react";

import { basePath } from "./base-path";

/** A value that outlives a reload and is shared by every component that reads it. */
export interface Store<T> {
  get: () => T;
  set: (next: T | ((current: T) => T)) => void;
  subscribe: (listener: () => void) => () => void;
}

/**
 * Keeps a value in localStorage. Where storage is denied or full, it lives until the page is closed.
 * `revive` repairs what an earlier version of the app has stored.
 */
export function createStore<T>(
  name: string,
  initial: T,
  revive: (stored: T) => T = (stored) => stored,
): Store<T> {
  const key = `${basePath}:${name}`;
  const listeners = new Set<() => void>();
  let value = read(key, initial, revive);

  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    value = read(key, initial, revive);
    listeners.forEach((listener) => listener());
  });

  const store: Store<T> = {
    get: () => value,
    set(next) {
      value = typeof next === "function" ? (next as (current: T) => T)(value) : next;
      write(key, value);
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  // For tools that show what an app keeps, also before anything was changed.
  window.dispatchEvent(new CustomEvent("app:store", { detail: { key, store } }));
  return store;
}

export function useStore<T>(store: Store<T>): [T, Store<T>["set"]] {
  return [useSyncExternalStore(store.subscribe, store.get), store.set];
}

function read<T>(key: string, initial: T, revive: (stored: T) => T): T {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? initial : revive(JSON.parse(stored) as T);
  } catch {
    return initial;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and full disks refuse: the value stays in memory.
  }
}
