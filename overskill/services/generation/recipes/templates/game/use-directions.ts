import { useEffect, useEffectEvent, useRef, type PointerEvent } from "react";

export type Direction = "up" | "down" | "left" | "right";

const KEYS: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  w: "up",
  s: "down",
  a: "left",
  d: "right",
};
/** Shorter moves of a finger are taps. */
const SHORTEST_SWIPE = 24;

/** Arrow keys and swipes. Spread what it returns over the element to swipe on. */
export function useDirections(onDirection: (direction: Direction) => void) {
  const turn = useEffectEvent(onDirection);
  const start = useRef({ x: 0, y: 0 });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const direction = KEYS[event.key];
      if (!direction || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      turn(direction);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  return {
    onPointerDown(event: PointerEvent) {
      start.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp(event: PointerEvent) {
      const x = event.clientX - start.current.x;
      const y = event.clientY - start.current.y;
      if (Math.max(Math.abs(x), Math.abs(y)) < SHORTEST_SWIPE) return;
      if (Math.abs(x) > Math.abs(y)) onDirection(x > 0 ? "right" : "left");
      else onDirection(y > 0 ? "down" : "up");
    },
  };
}
