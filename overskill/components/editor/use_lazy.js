import { useEffect, useRef, useState } from "react";

/**
 * A part of the page that is fetched once it is wanted. What fails on the way, as without a connection, can be tried again.
 *
 * @param {() => Promise<object>} load
 * @returns {{ part: object | null, problem: Error | null, retry: () => void }}
 */
export function useLazy(load, isWanted) {
  const [part, setPart] = useState(null);
  const [problem, setProblem] = useState(null);
  const [tries, setTries] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    if (!isWanted || part) return;
    setProblem(null);
    latest.current().then(setPart, setProblem);
  }, [Boolean(isWanted), tries]);
  return { part, problem, retry: () => setTries((count) => count + 1) };
}
