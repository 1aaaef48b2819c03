import { useSyncExternalStore } from "react";

import { createStore } from "./storage";

export interface Item {
  id: string;
}

/** A stored list of records with the handful of changes every list needs. */
export interface Collection<T extends Item> {
  all: () => T[];
  add: (draft: Omit<T, "id">) => T;
  update: (id: string, changes: Partial<Omit<T, "id">>) => void;
  /** Takes the record out and returns a function that puts it back where it was. */
  remove: (id: string) => () => void;
  subscribe: (listener: () => void) => () => void;
}

/**
 * `samples` are shown until the first change. Records stored before a field existed
 * get that field from `blank`.
 */
export function createCollection<T extends Item>(
  name: string,
  samples: Omit<T, "id">[],
  blank: Omit<T, "id">,
): Collection<T> {
  const seeded = samples.map((sample, index) => ({ ...sample, id: `${name}-${index + 1}` }) as T);
  const store = createStore<T[]>(name, seeded, (stored) =>
    stored.map((record) => ({ ...blank, ...record })),
  );

  return {
    all: store.get,
    add(draft) {
      const record = { ...draft, id: newId() } as T;
      store.set((records) => [record, ...records]);
      return record;
    },
    update(id, changes) {
      store.set((records) =>
        records.map((record) => (record.id === id ? { ...record, ...changes } : record)),
      );
    },
    remove(id) {
      const index = store.get().findIndex((record) => record.id === id);
      const removed = store.get()[index];
      store.set((records) => records.filter((record) => record.id !== id));
      return () => {
        if (removed) store.set((records) => records.toSpliced(index, 0, removed));
      };
    },
    subscribe: store.subscribe,
  };
}

export function useCollection<T extends Item>(collection: Collection<T>): T[] {
  return useSyncExternalStore(collection.subscribe, collection.all);
}

function newId(): string {
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}
