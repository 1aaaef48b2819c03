import { useEffect, useRef, useState } from "react";
import { ExternalLink, LoaderCircle, Monitor, RotateCcw, Smartphone, Tablet, TriangleAlert, X } from "lucide-react";
import { frameIn } from "$/public/external/overskill/components/editor/browser/preview_devices.js";
import { minutesLeft } from "./try_out.js";

const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";
const SIZES = [
  { id: "pane", name: "As wide as it gets", Icon: Monitor },
  { id: "tablet", name: "Tablet", Icon: Tablet },
  { id: "iphone", name: "Phone", Icon: Smartphone },
];
const BUTTON =
  "grid size-9 place-items-center rounded-lg text-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-[pressed=true]:bg-hover aria-[pressed=true]:text-ink";

/**
 * The app itself, on an origin of its own, in front of the page: what is done in it is this visitor's alone.
 *
 * @param {{ phase: "" | "making" | "ready" | "failed", url: string, problem: string, endsAt: string, title: string,
 *   onClose: () => void, onAgain: () => void }} props
 */
export function TryOut({ phase, url, problem, endsAt, title, onClose, onAgain }) {
  const dialog = useRef(null);
  const [size, setSize] = useState("pane");
  const [visit, setVisit] = useState(0);
  const isOpen = Boolean(phase);
  useEffect(() => {
    if (isOpen) dialog.current.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const minutes = useMinutes(endsAt, isOpen);
  const isOver = phase === "ready" && minutes === 0;
  return (
    <dialog
      ref={dialog}
      aria-label={`Trying ${title}`}
      onClose={() => isOpen && onClose()}
      className="m-auto h-[min(56rem,96dvh)] max-h-none w-[min(90rem,96vw)] max-w-none overflow-hidden rounded-2xl border border-line bg-surface p-0 text-soft shadow-overlay backdrop:bg-backdrop max-md:h-dvh max-md:w-screen max-md:rounded-none max-md:border-0"
    >
      {isOpen ? (
        <div className="flex h-full flex-col">
          <Bar {...{ title, url, size, setSize, minutes, phase }} onReload={() => setVisit(visit + 1)} onClose={() => dialog.current.close()} />
          <Stage size={size}>
            {phase === "ready" && !isOver ? (
              <iframe
                key={`${url} ${visit}`}
                src={url}
                title={`${title}, to try`}
                sandbox={SANDBOX}
                allow="clipboard-write; fullscreen"
                referrerPolicy="no-referrer"
                className="size-full border-0 bg-surface"
              />
            ) : (
              <Waiting problem={isOver ? "Your copy has run out of time." : problem} isFailure={isOver || phase === "failed"} onAgain={onAgain} />
            )}
          </Stage>
        </div>
      ) : null}
    </dialog>
  );
}

function Bar({ title, url, size, setSize, minutes, phase, onReload, onClose }) {
  return (
    <div className="flex h-13 shrink-0 items-center gap-1 border-b border-line px-2.5">
      <p className="min-w-0 flex-1 truncate pl-1.5 text-sm font-medium text-ink">
        {title}
        {phase === "ready" && minutes > 0 ? (
          <span className="ml-2 hidden font-normal text-faint sm:inline">your copy for {minutes === 1 ? "one more minute" : `${minutes} minutes`}</span>
        ) : null}
      </p>
      <div role="group" aria-label="Size" className="hidden items-center gap-0.5 md:flex">
        {SIZES.map(({ id, name, Icon }) => (
          <button key={id} type="button" aria-label={name} title={name} aria-pressed={size === id} onClick={() => setSize(id)} className={BUTTON}>
            <Icon size={17} aria-hidden="true" />
          </button>
        ))}
      </div>
      {phase === "ready" ? (
        <>
          <button type="button" aria-label="Reload" title="Reload" onClick={onReload} className={BUTTON}>
            <RotateCcw size={17} aria-hidden="true" />
          </button>
          <a href={url} target="_blank" rel="noopener noreferrer" aria-label="Open in a new tab" title="Open in a new tab" className={BUTTON}>
            <ExternalLink size={17} aria-hidden="true" />
          </a>
        </>
      ) : null}
      <button type="button" aria-label="Close" title="Close" onClick={onClose} className={BUTTON}>
        <X size={18} aria-hidden="true" />
      </button>
    </div>
  );
}

function Stage({ size, children }) {
  const box = useRef(null);
  const [pane, setPane] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const sized = new ResizeObserver(([{ contentRect: { width, height } }]) => setPane({ width, height }));
    sized.observe(box.current);
    return () => sized.disconnect();
  }, []);
  const device = pane.width < 700 ? "pane" : size; // on a phone the device is the one in the hand
  const { width, height, scale, left, top, isFramed } = frameIn({ device, isTurned: false, width: 0, zoom: "fit" }, pane);
  const style = isFramed ? { width, height, left, top, transform: `scale(${scale})` } : { inset: 0 };
  return (
    <div ref={box} className="relative min-h-0 flex-1 overflow-hidden bg-sunken">
      <div style={style} className={`absolute origin-top-left overflow-hidden ${isFramed ? "rounded-2xl border border-strong shadow-raised" : ""}`}>
        {children}
      </div>
    </div>
  );
}

function Waiting({ problem, isFailure, onAgain }) {
  return (
    <div className="grid size-full place-items-center bg-surface p-6 text-center">
      <div className="flex max-w-sm flex-col items-center gap-3" role={isFailure ? "alert" : "status"}>
        {isFailure ? (
          <TriangleAlert size={26} aria-hidden="true" className="text-warning" />
        ) : (
          <LoaderCircle size={26} aria-hidden="true" className="animate-spin text-accent-ink" />
        )}
        <p className="text-[15px] font-medium text-ink">{isFailure ? problem : "Making a copy for you…"}</p>
        {isFailure ? (
          <button type="button" onClick={onAgain} className="rounded-lg bg-accent px-3.5 py-2 text-sm font-medium text-on-accent hover:bg-accent-hover">
            Try again
          </button>
        ) : (
          <p className="text-sm text-faint">It has its own data. Nothing you do in it reaches anybody.</p>
        )}
      </div>
    </div>
  );
}

/** How many minutes are left, looked at every ten seconds while it is shown. */
function useMinutes(endsAt, isOpen) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOpen) return undefined;
    setNow(Date.now());
    const clock = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(clock);
  }, [isOpen, endsAt]);
  return minutesLeft(endsAt, now);
}
