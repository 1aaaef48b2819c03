import { useMemo, useSyncExternalStore } from "react";
import { feedOf } from "./turn_feed.js";

/** The turn as far as it is known, and again whenever it moves on. */
export function useTurn(id) {
  const feed = useMemo(() => feedOf(id), [id]);
  return useSyncExternalStore(feed.subscribe, feed.read, feed.read);
}
