import { Children, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useWindowEvents } from "./use_window_events.js";

const KEY = "overskill:chat-width";
const HIDDEN_KEY = "overskill:chat-hidden";
const NARROWEST = 320;
const WIDEST_SHARE = 0.6;
const USUAL = 420;
const STEP = 24;

/**
 * Two panes with a handle between them that a mouse, a finger or the arrow keys move; the width is remembered.
 * On a phone there is one pane at a time: `phonePane` says which. Elsewhere the first can be hidden: parts of the page say
 * `overskill:toggle-chat`, `overskill:show-chat` and `overskill:hide-chat`, and the frame has `data-chat="hidden"`.
 */
export function SplitPane({ phonePane, children }) {
  const [first, second] = Children.toArray(children);
  const frame = useRef(null);
  const [width, setWidth] = useState(() => Number(kept(KEY)) || USUAL); // at once, so that nothing moves
  const [isHidden, setHidden] = useState(() => kept(HIDDEN_KEY) === "yes");
  const [isDragging, setDragging] = useState(false);

  const hide = (wanted) => {
    flushSync(() => setHidden(wanted)); // what is said next may want the focus there
    localStorage.setItem(HIDDEN_KEY, wanted ? "yes" : "");
  };
  useWindowEvents({
    "overskill:toggle-chat": () => hide(!isHidden),
    "overskill:show-chat": () => hide(false),
    "overskill:hide-chat": () => hide(true),
    "overskill:ask-about": () => hide(false),
    "overskill:draft": () => hide(false),
  });

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

  const show = (pane, inBoth) => `${phonePane === pane ? "flex" : "hidden"} ${inBoth ? "md:flex" : "md:hidden"}`;
  const columns = isHidden
    ? ""
    : "md:grid-cols-[minmax(20rem,min(var(--chat),45%))_minmax(0,1fr)] lg:grid-cols-[minmax(20rem,min(var(--chat),60%))_minmax(0,1fr)]";
  return (
    <div
      ref={frame}
      style={{ "--chat": `${width}px` }}
      data-chat={isHidden ? "hidden" : "shown"}
      className={`group/panes grid min-h-0 flex-1 grid-cols-1 ${columns}`}
    >
      <div className={`relative min-h-0 min-w-0 flex-col ${show("first", !isHidden)}`}>
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
      <div className={`min-h-0 min-w-0 flex-col ${show("second", true)} ${isDragging ? "pointer-events-none select-none" : ""}`}>
        {second}
      </div>
    </div>
  );
}

const kept = (key) => (typeof localStorage === "undefined" ? null : localStorage.getItem(key));
