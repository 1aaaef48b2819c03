import { useEffect, useState } from "react";

const TICK_MS = 500;

/** The time, again and again while `isRunning`. */
export function useNow(isRunning = true) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
