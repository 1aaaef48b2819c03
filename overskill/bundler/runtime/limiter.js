const MOST_PER_SECOND = 40;

/** At most so many a second: an app that does something in a loop must not take the editor with it. */
export function limiter(most = MOST_PER_SECOND) {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    return count <= most;
  };
}
