import { useEffect, useRef } from "react";

/**
 * Hear what other parts of the page say, each with what it means now.
 *
 * @param {Record<string, (event: Event) => void>} handlers  by the name of the event; the names stay the same
 */
export function useWindowEvents(handlers) {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const names = Object.keys(latest.current);
    const hear = (event) => latest.current[event.type](event);
    for (const name of names) window.addEventListener(name, hear);
    return () => {
      for (const name of names) window.removeEventListener(name, hear);
    };
  }, []);
}

/** Say something to the other parts of the page. */
export const say = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));
