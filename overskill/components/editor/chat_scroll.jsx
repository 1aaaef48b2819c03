import { useEffect, useRef, useState } from "react";
import { ArrowDown } from "lucide-react";

const NEAR = 80; // pixels from the end that still count as being there

/** A column that stays at its end while it grows, unless its reader scrolled up: then it says there is more. */
export function ChatScroll({ label, children }) {
  const box = useRef(null);
  const content = useRef(null);
  const isAtEnd = useRef(true);
  const [isAway, setAway] = useState(false);

  const toEnd = (behavior = "instant") => box.current?.scrollTo({ top: box.current.scrollHeight, behavior });

  useEffect(() => {
    const grown = new ResizeObserver(() => isAtEnd.current && toEnd());
    grown.observe(content.current);
    grown.observe(box.current);
    const sent = () => {
      isAtEnd.current = true;
      toEnd();
    };
    window.addEventListener("overskill:sent", sent);
    return () => {
      grown.disconnect();
      window.removeEventListener("overskill:sent", sent);
    };
  }, []);

  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    setAway(!isAtEnd.current);
  };

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        onScroll={onScroll}
        role="log"
        aria-label={label}
        aria-live="off"
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain focus-visible:outline-offset-[-2px]"
      >
        <div ref={content}>{children}</div>
      </div>
      {isAway ? (
        <button
          type="button"
          aria-label="To the newest message"
          onClick={() => toEnd("smooth")}
          className="absolute bottom-3 left-1/2 grid size-8 -translate-x-1/2 place-items-center rounded-full border border-line bg-surface text-soft shadow-raised animate-fade hover:text-ink"
        >
          <ArrowDown size={15} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}
