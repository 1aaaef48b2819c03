import { useEffect, useState } from "react";

/**
 * A choice that is the same at the next visit. The key may change: then it is what was kept there.
 *
 * @template T
 * @param {string} key
 * @param {(kept: unknown) => T} read  what was kept, as far as it means something; undefined: nothing was
 * @returns {[T, (next: T) => void]}
 */
export function useKept(key, read) {
  const [value, setValue] = useState(() => read(keptAt(key)));
  useEffect(() => setValue(read(keptAt(key))), [key]);
  const choose = (next) => {
    setValue(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [value, choose];
}

function keptAt(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined; // not ours, or no storage
  }
}
