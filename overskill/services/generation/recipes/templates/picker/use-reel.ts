import { useEffect, useRef, useState } from "react";

import { oneOf, prefersStill } from "@/lib/chance";

const STEPS = 16;

/** Shows one after the other, slower and slower, before the one that was drawn. */
export function useReel(): {
  shown: string;
  isTurning: boolean;
  turn: (among: string[], onStop: () => void) => void;
} {
  const [shown, setShown] = useState("");
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function turn(among: string[], onStop: () => void, step = 0) {
    if (prefersStill() || step >= STEPS) {
      setShown("");
      onStop();
      return;
    }
    setShown(oneOf(among) ?? "");
    timer.current = window.setTimeout(() => turn(among, onStop, step + 1), 40 + step * step * 0.9);
  }

  return { shown, isTurning: shown !== "", turn };
}
