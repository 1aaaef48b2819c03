import { useEffect, useState } from "react";

const GIVE_UP_MS = 10_000; // what was sent shows by then; if not, it was refused or lost, and can be sent again

/** Whether something is on its way, and how to send it: once. */
export function useSent() {
  const [isSent, setSent] = useState(false);
  useEffect(() => {
    if (!isSent) return undefined;
    const timer = setTimeout(() => setSent(false), GIVE_UP_MS);
    return () => clearTimeout(timer);
  }, [isSent]);
  const send = (act) => {
    if (isSent) return;
    setSent(true);
    act();
  };
  return [isSent, send];
}
