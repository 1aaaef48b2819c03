import { useEffect, useState } from "react";

/** The time of day, looked at again and again while `isOn`, and at once when the tab comes back. */
export function useNow(isOn: boolean, every = 200): number {
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    if (!isOn) return;
    const look = () => setNow(Date.now());
    look();
    const timer = window.setInterval(look, every);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isOn, every]);

  return now;
}
