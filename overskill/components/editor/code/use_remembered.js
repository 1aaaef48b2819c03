import { useState } from "react";

/** A choice that is the same at the next visit. */
export function useRemembered(key, usual) {
  const [value, setValue] = useState(() => read(key, usual));
  const choose = (next) => {
    setValue(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [value, choose];
}

function read(key, usual) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? usual;
  } catch {
    return usual;
  }
}
