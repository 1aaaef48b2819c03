/**
 * How fast a page is there: runs in it, beside sight.js, from before its first script on. Milliseconds since the
 * navigation began, but for the layout shift, which has no unit.
 */
globalThis.timings = (() => {
  const LONG = 50; // ms: what a task takes beyond that, it blocks
  const GAP = 1_000; // ms without a shift end a window of shifts,
  const LONGEST_WINDOW = 5_000; // and so does its length

  let firstPaint = 0;
  let largestPaint = 0;
  const shifts = []; // {at, value}
  const tasks = []; // {start, end}

  const watch = (type, take) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  };
  watch("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") firstPaint = startTime;
  });
  watch("largest-contentful-paint", ({ startTime }) => {
    largestPaint = startTime;
  });
  watch("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (!hadRecentInput) shifts.push({ at: startTime, value });
  });
  watch("longtask", ({ startTime, duration }) => tasks.push({ start: startTime, end: startTime + duration }));

  /** The worst window of shifts, as web.dev/articles/cls defines it. */
  function shift() {
    let worst = 0;
    let window = { first: -Infinity, last: -Infinity, sum: 0 };
    for (const { at, value } of shifts) {
      const isOver = at - window.last > GAP || at - window.first > LONGEST_WINDOW;
      window = isOver ? { first: at, last: at, sum: value } : { ...window, last: at, sum: window.sum + value };
      worst = Math.max(worst, window.sum);
    }
    return worst;
  }

  const blocked = () =>
    tasks.reduce((sum, { start, end }) => sum + Math.max(0, end - Math.max(start, firstPaint) - LONG), 0);

  /** null where nothing was painted. */
  const read = () =>
    firstPaint > 0 ? { firstPaint, largestPaint: Math.max(firstPaint, largestPaint), blocked: blocked(), shift: shift() } : null;

  return { read };
})();
