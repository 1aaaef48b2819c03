import { useEffect, useRef, useState } from "react";
import { dragged, frameIn, NARROWEST, nudged, sizeWords, USUAL_VIEW, WIDEST } from "./preview_devices.js";

const PHONE = "(max-width: 767px)"; // there the device is the one in the hand

/** The frame in its size: as its pane is, or as a device. Its right edge can be dragged, or moved with the arrow keys. */
export function PreviewStage({ view: chosen, onView, children }) {
  const box = useRef(null);
  const [pane, setPane] = useState({ width: 0, height: 0, isPhone: false });
  useEffect(() => {
    const sized = new ResizeObserver(([{ contentRect }]) => {
      // A pane under another tab has no size: what it had is what it will have.
      if (contentRect.width > 0) setPane({ width: contentRect.width, height: contentRect.height, isPhone: matchMedia(PHONE).matches });
    });
    sized.observe(box.current);
    return () => sized.disconnect();
  }, []);

  const [drag, setDrag] = useState(null); // from where, and how wide the frame was there
  const view = pane.isPhone ? USUAL_VIEW : chosen;
  const frame = frameIn(view, pane);
  const words = sizeWords(view, pane);
  const style = frame.isFramed
    ? { width: frame.width, height: frame.height, transform: `scale(${frame.scale})`, top: frame.top, left: frame.left }
    : { width: "100%", height: "100%", top: 0, left: 0 };
  const edge = frame.isFramed ? Math.min(frame.left + frame.width * frame.scale, pane.width - 8) : pane.width - 8;
  return (
    <div ref={box} className={`absolute inset-0 ${frame.isFramed ? "overflow-auto" : "overflow-hidden"}`}>
      <div
        style={style}
        className={`absolute box-content origin-top-left overflow-hidden ${frame.isFramed ? "rounded-xl border border-strong shadow-raised" : ""} ${drag ? "pointer-events-none" : ""}`}
      >
        {children}
      </div>
      <div
        role="separator"
        aria-label="Width of the preview"
        aria-orientation="vertical"
        aria-valuenow={Math.round(frame.width)}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        tabIndex={0}
        onKeyDown={(event) => {
          const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (!direction) return;
          event.preventDefault();
          onView(nudged(view, pane, direction));
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ x: event.clientX, width: frame.width, view });
        }}
        onPointerMove={(event) => drag && onView(dragged(drag.view, pane, drag.width, event.clientX - drag.x))}
        onPointerUp={() => setDrag(null)}
        onPointerCancel={() => setDrag(null)}
        onDoubleClick={() => onView({ ...view, device: "pane" })}
        style={{ left: edge, top: frame.isFramed ? frame.top : 0, height: frame.isFramed ? frame.height * frame.scale : "100%" }}
        className="group absolute z-10 hidden w-3 cursor-ew-resize touch-none place-items-center focus-visible:outline-none md:grid"
      >
        <span
          className={`h-10 w-1 rounded-full bg-ring transition-opacity duration-150 group-hover:opacity-100 group-focus-visible:opacity-100 ${
            drag ? "opacity-100" : frame.isFramed ? "opacity-50" : "opacity-0"
          }`}
        />
      </div>
      {drag && words ? (
        <p className="absolute bottom-3 left-1/2 z-10 -translate-x-1/2 rounded-full bg-ink px-3 py-1.5 text-xs font-medium text-canvas shadow-overlay">
          {words}
        </p>
      ) : null}
    </div>
  );
}
