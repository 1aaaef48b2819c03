import { useEffect, useRef } from "react";

const SOONER = "900px"; // so that the next page is there before its place is seen

/**
 * What stands at the end of a list. It asks for the next page when it comes near; its children are the button that asks
 * as well, for keyboards and for browsers that don't watch.
 *
 * @param {{ isWatching: boolean, length: number, onReach: () => void, children: React.ReactNode }} props
 *   `length` is that of the list: each page is asked for once.
 */
export function ListEnd({ isWatching, length, onReach, className, children }) {
  const end = useRef(null);
  const askedAt = useRef(-1);

  useEffect(() => {
    if (!isWatching || !window.IntersectionObserver) return undefined;
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (!seen.isIntersecting || askedAt.current === length) return;
        askedAt.current = length;
        onReach();
      },
      { rootMargin: SOONER },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isWatching, length]);

  return (
    <div ref={end} className={className}>
      {children}
    </div>
  );
}
