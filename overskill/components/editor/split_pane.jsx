import { Children, useEffect, useRef, useState } from "react";

const KEY = "overskill:chat-width";
const NARROWEST = 320;
const WIDEST_SHARE = 0.6;
const USUAL = 420;
const STEP = 24;

/**
 * Two panes with a handle between them that a mouse, a finger or the arrow keys move; the width is remembered.
 * On a phone there is one pane at a time: `phonePane` says which.
 */
export function SplitPane({ phonePane, children }) {
  const [first, second] = Children.toArray(children);
  const frame = useRef(null);
  const [width, setWidth] = useState(USUAL);
  const [isDragging, setDragging] = useState(false);

  useEffect(() => {
    const kept = Number(localStorage.getItem(KEY));
    if (kept) setWidth(kept);
  }, []);

  const moveTo = (wanted) => {
    const widest = (frame.current?.clientWidth ?? 1200) * WIDEST_SHARE;
    const next = Math.round(Math.min(Math.max(wanted, NARROWEST), Math.max(widest, NARROWEST)));
    setWidth(next);
    localStorage.setItem(KEY, String(next));
  };

  const onKeyDown = (event) => {
    const move = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (move) {
      event.preventDefault();
      moveTo(width + move);
    }
  };

  const show = (pane) => (phonePane === pane ? "flex" : "hidden md:flex");
  return (
    <div
      ref={frame}
      style={{ "--chat": `${width}px` }}
      className="grid min-h-0 flex-1 grid-cols-1 md:grid-cols-[minmax(20rem,min(var(--chat),45%))_minmax(0,1fr)] lg:grid-cols-[minmax(20rem,min(var(--chat),60%))_minmax(0,1fr)]"
    >
      <div className={`relative min-h-0 min-w-0 flex-col ${show("first")}`}>
        {first}
        <div
          role="separator"
          aria-label="Width of the chat"
          aria-orientation="vertical"
          aria-valuenow={width}
          aria-valuemin={NARROWEST}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onDoubleClick={() => moveTo(USUAL)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            setDragging(true);
          }}
          onPointerMove={(event) => isDragging && moveTo(event.clientX - frame.current.getBoundingClientRect().left)}
          onPointerUp={() => setDragging(false)}
          onPointerCancel={() => setDragging(false)}
          className={`absolute inset-y-0 -right-1 z-20 hidden w-2 cursor-col-resize touch-none md:block
            after:absolute after:inset-y-0 after:left-1/2 after:w-px after:-translate-x-1/2 after:bg-line
            after:transition-[background,width] after:duration-150 hover:after:w-0.5 hover:after:bg-ring
            focus-visible:outline-none focus-visible:after:w-0.5 focus-visible:after:bg-ring
            ${isDragging ? "after:w-0.5! after:bg-ring!" : ""}`}
        />
      </div>
      {/* While the handle moves, the preview's frame must not swallow the pointer. */}
      <div className={`min-h-0 min-w-0 flex-col ${show("second")} ${isDragging ? "pointer-events-none select-none" : ""}`}>
        {second}
      </div>
    </div>
  );
}
