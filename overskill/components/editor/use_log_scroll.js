import { useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR = 80; // pixels from the end that still count as being there
const AHEAD = "1500px 0px 0px 0px"; // so far before the top is reached, what is before it is read

/**
 * A column that stays at its end while it grows, unless its reader scrolled up; and that does not move under its reader
 * when earlier things come before the first.
 *
 * @param {{ first: string, hasEarlier: boolean, onTop: () => void }} options
 *   `first` names the first thing. `onTop` is called when the reader comes near it and there are others before it.
 */
export function useLogScroll({ first, hasEarlier, onTop }) {
  const box = useRef(null);
  const content = useRef(null);
  const top = useRef(null);
  const isAtEnd = useRef(true);
  const anchor = useRef(null);
  const [isAway, setAway] = useState(false);

  const toEnd = (behavior = "instant") => {
    isAtEnd.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight, behavior });
  };

  useEffect(() => {
    const grown = new ResizeObserver(() => isAtEnd.current && toEnd());
    grown.observe(content.current);
    grown.observe(box.current);
    const sent = () => toEnd();
    window.addEventListener("overskill:sent", sent);
    return () => {
      grown.disconnect();
      window.removeEventListener("overskill:sent", sent);
    };
  }, []);

  useEffect(() => {
    if (!hasEarlier) return undefined;
    const near = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && onTop(), { root: box.current, rootMargin: AHEAD });
    near.observe(top.current);
    return () => near.disconnect();
  }, [first, hasEarlier]);

  // A browser keeps what is seen in its place itself, but not at the very top.
  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = null;
    if (!held?.element.isConnected || isAtEnd.current) return;
    box.current.scrollTop += held.element.getBoundingClientRect().top - held.top;
  }, [first]);

  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    setAway(!isAtEnd.current);
  };

  return {
    box,
    content,
    top,
    isAway,
    onScroll,
    toEnd,
    /** Remember what is seen: something is about to come above it. */
    hold: () => {
      const edge = box.current.getBoundingClientRect().top;
      const seen = [...content.current.querySelectorAll("article")];
      const element = seen.find((each) => each.getBoundingClientRect().bottom > edge);
      anchor.current = element ? { element, top: element.getBoundingClientRect().top } : null;
    },
    /** Bring a part of the column into the middle. */
    show: (element) => {
      isAtEnd.current = false;
      element.scrollIntoView({ block: "center" });
    },
  };
}
