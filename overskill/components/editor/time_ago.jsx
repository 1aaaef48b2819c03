import { useSyncExternalStore } from "react";

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

const TICK_MS = 30_000;
const watchers = new Set();
let ticking = 0;
let now = Date.now();

/** One clock for all times of a page, however many there are. */
function watchClock(watcher) {
  watchers.add(watcher);
  if (!ticking) ticking = setInterval(tick, TICK_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size) return;
    clearInterval(ticking);
    ticking = 0;
  };
}

function tick() {
  now = Date.now();
  for (const each of watchers) each();
}

const readClock = () => now;

/** "5 minutes ago", kept true while the page is open; the exact time on hover. */
export function TimeAgo({ at, className }) {
  const now = useSyncExternalStore(watchClock, readClock, readClock);
  if (!at) return null;
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString()} className={className}>
      {inWords((date.getTime() - now) / 1000)}
    </time>
  );
}

function inWords(seconds, format = new Intl.RelativeTimeFormat("en", { numeric: "auto" })) {
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  if (unit) return format.format(Math.trunc(seconds / unit[1]), unit[0]);
  return seconds * 1000 > TICK_MS ? "in a moment" : "just now"; // the clock may be a tick behind
}
