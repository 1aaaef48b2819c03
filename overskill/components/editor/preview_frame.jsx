import { useEffect, useRef, useState } from "react";
import { ExternalLink, LoaderCircle, Monitor, RotateCw, Smartphone, Tablet, TriangleAlert } from "lucide-react";
import { ErrorStrip } from "./error_strip.jsx";
import { hear, keyOf, reportOf, unheardPreview, withLine } from "./preview_messages.js";
import { postThumbnail } from "./thumbnail.js";

const DEVICES = [
  { name: "Desktop", width: 0, Icon: Monitor },
  { name: "Tablet", width: 820, Icon: Tablet },
  { name: "Phone", width: 390, Icon: Smartphone },
];
const PATIENCE_MS = 6000; // until a frame that says nothing is taken for lost, and between tries
const SETTLE_MS = 1500; // from the last drawing to its picture: animations are over by then

/**
 * The app itself, on its own origin. Nothing is believed that does not come from this frame and this origin.
 *
 * @param {{ address: string, opened: number, slug: string, version: number, isRunning: boolean, problem: string,
 *   onFix: (report: string) => void, onLost: () => void }} props
 *   `onLost` asks the server to open the preview again: it answers by one more `opened`, or by a `problem`.
 */
export function PreviewFrame({ address, opened, slug, version, isRunning, problem, onFix, onLost }) {
  const frame = useRef(null);
  const [preview, setPreview] = useState(unheardPreview);
  const [reloads, setReloads] = useState(0);
  const [device, setDevice] = useState(DEVICES[0]);
  // Rendered only now: a frame in the first HTML would speak before anybody listens.
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);

  const origin = address ? new URL(address).origin : "";
  const say = (message) => frame.current?.contentWindow?.postMessage(message, origin);

  const visit = `${address} ${opened} ${reloads}`;
  const lines = useRef([]); // of the app's console
  useEffect(() => {
    setPreview(unheardPreview);
    lines.current = [];
  }, [visit]);

  useEffect(() => {
    const onMessage = ({ source, origin: from, data }) => {
      if (source !== frame.current?.contentWindow || from !== origin || data?.source !== "overskill-preview") return;
      lines.current = withLine(lines.current, data);
      setPreview((before) => hear(before, data));
      if (data.type === "snapshot" && data.image) postThumbnail(slug, data.image);
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }, [origin, slug]);

  const isLost = preview.isGone || Boolean(problem);
  const isSilent = Boolean(address) && !preview.isReady;
  const [waits, setWaits] = useState(0);
  useEffect(() => {
    if (!isLost && !isSilent) return undefined;
    const timer = setTimeout(
      () => {
        onLost();
        setWaits((count) => count + 1);
      },
      preview.isGone && waits === 0 ? 0 : PATIENCE_MS,
    );
    return () => clearTimeout(timer);
  }, [isLost, isSilent, waits, visit]);
  useEffect(() => {
    if (preview.isReady) setWaits(0);
  }, [preview.isReady]);

  useColourScheme((scheme) => preview.isReady && say({ type: "color-scheme", scheme }), [preview.isReady, visit]);

  const isSettled = preview.hasRendered && !isRunning && version > 0 && !preview.error;
  useEffect(() => {
    if (!isSettled) return undefined;
    const timer = setTimeout(() => say({ type: "snapshot", id: preview.revision }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isSettled, preview.revision]);

  // Once a version later the same error may be sent again: what was tried did not help.
  const [sent, setSent] = useState("");
  const errorOfVersion = preview.error ? `${version} ${keyOf(preview.error)}` : "";

  // Until there is something to see, the cover says so: the preview's own words would show through it.
  const isVisible = preview.isReady && (preview.hasRendered || version > 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Toolbar address={address} route={preview.route} device={device} onDevice={setDevice} onReload={() => setReloads((count) => count + 1)} />
      <div className="relative min-h-0 flex-1 overflow-hidden bg-sunken">
        <Stage device={device}>
          {isMounted && address ? (
            <iframe
              key={visit}
              ref={frame}
              src={address}
              title="Live preview of the app"
              sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads"
              allow="clipboard-write; fullscreen"
              className="size-full border-0 bg-surface"
            />
          ) : null}
        </Stage>
        <Cover isVisible={!isVisible} words={coverWords({ isRunning, isAway: waits > 0, problem, version })} isFailure={Boolean(problem)} />
        {preview.isGone && isVisible ? (
          <Notice>
            <LoaderCircle size={14} className="animate-spin" aria-hidden="true" />
            The preview was closed. Opening it again…
          </Notice>
        ) : null}
      </div>
      {preview.error && !isRunning ? (
        <ErrorStrip
          error={preview.error}
          isSent={sent === errorOfVersion}
          onFix={() => {
            setSent(errorOfVersion);
            onFix(reportOf(preview.error, preview.route, lines.current));
          }}
          onClose={() => setPreview((before) => ({ ...before, error: null }))}
        />
      ) : null}
    </div>
  );
}

/** Tell the light or dark of this page, now and whenever it changes. */
function useColourScheme(tell, when) {
  useEffect(() => {
    const root = document.documentElement;
    const now = () => tell(root.classList.contains("dark") ? "dark" : "light");
    now();
    const observer = new MutationObserver(now);
    observer.observe(root, { attributes: true, attributeFilter: ["class"] });
    return () => observer.disconnect();
  }, when);
}

function Toolbar({ address, route, device, onDevice, onReload }) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface px-2.5">
      <div role="group" aria-label="Width" className="hidden items-center gap-0.5 rounded-lg bg-hover p-0.5 sm:inline-flex">
        {DEVICES.map((each) => (
          <button
            key={each.name}
            type="button"
            aria-pressed={each === device}
            aria-label={each.name}
            data-tip={each.name}
            onClick={() => onDevice(each)}
            className={`tip grid h-6.5 w-8 place-items-center rounded-md transition-colors duration-150 ${
              each === device ? "bg-surface text-ink shadow-card" : "text-faint hover:text-ink"
            }`}
          >
            <each.Icon size={14} aria-hidden="true" />
          </button>
        ))}
      </div>
      <div className="flex h-7.5 min-w-0 flex-1 items-center gap-1 rounded-lg bg-sunken pl-1 pr-3 sm:mx-auto sm:max-w-md">
        <ToolButton label="Reload the preview" onClick={onReload} Icon={RotateCw} />
        <span className="min-w-0 flex-1 truncate text-center font-mono text-xs text-soft" aria-label="Page shown">
          {route}
        </span>
      </div>
      {address ? (
        <a
          href={`${address}${route}`}
          target="_blank"
          rel="noreferrer"
          aria-label="Open the preview in a new tab"
          data-tip="Open in a new tab"
          className="tip grid size-7.5 shrink-0 place-items-center rounded-lg text-soft transition-colors duration-150 hover:bg-hover hover:text-ink [&.tip]:after:left-auto [&.tip]:after:right-0 [&.tip]:after:translate-x-0"
        >
          <ExternalLink size={15} aria-hidden="true" />
        </a>
      ) : null}
    </div>
  );
}

function ToolButton({ label, onClick, Icon }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-6.5 shrink-0 place-items-center rounded-md text-soft transition-colors duration-150 hover:bg-hover hover:text-ink"
    >
      <Icon size={13} aria-hidden="true" />
    </button>
  );
}

/** The frame at the width of a device; one that is wider than the pane is shown smaller. */
function Stage({ device, children }) {
  const box = useRef(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const sized = new ResizeObserver(([entry]) => setSize(entry.contentRect));
    sized.observe(box.current);
    return () => sized.disconnect();
  }, []);
  const margin = 24;
  const scale = device.width ? Math.min(1, (size.width - margin * 2) / device.width || 1) : 1;
  const style = device.width
    ? { width: device.width, height: (size.height - margin * 2) / scale, transform: `scale(${scale})`, top: margin, left: (size.width - device.width * scale) / 2 }
    : { width: "100%", height: "100%", top: 0, left: 0 };
  return (
    <div ref={box} className="absolute inset-0">
      <div
        style={style}
        className={`absolute origin-top-left overflow-hidden ${device.width ? "rounded-2xl border border-strong shadow-raised" : ""}`}
      >
        {children}
      </div>
    </div>
  );
}

/** What stands where the app will be. It comes late, so that it never flashes up for a preview that answers at once. */
function Cover({ isVisible, words: [title, text], isFailure }) {
  return (
    <div
      aria-hidden={!isVisible}
      className={`absolute inset-0 grid place-items-center bg-sunken p-8 transition-opacity duration-300 ease-calm ${
        isVisible ? "opacity-100" : "pointer-events-none opacity-0"
      }`}
    >
      <div
        role="status"
        className={`flex max-w-sm flex-col items-center gap-3 text-center animate-fade [animation-delay:300ms] ${
          isVisible ? "" : "invisible" /* at once: what comes has words of its own */
        }`}
      >
        {isFailure ? <TriangleAlert size={26} className="text-warning" aria-hidden="true" /> : <Blueprint />}
        <p className="mt-1 text-[15px] font-medium text-ink">{title}</p>
        <p className="text-sm leading-relaxed text-soft">{text}</p>
      </div>
    </div>
  );
}

function coverWords({ isRunning, isAway, problem, version }) {
  if (problem) return ["The preview is not available", `${problem} This page tries again by itself.`];
  if (isAway) return ["Reconnecting to the preview", "The preview does not answer right now. Your app is safe; this goes on by itself."];
  if (isRunning && !version) return ["Your app appears here", "As soon as its first screen is written, you can use it while the rest follows."];
  if (!version) return ["Nothing to show yet", "Describe the app in the chat, and it appears here."];
  return ["Opening the preview", "Loading the app and its packages."];
}

/** A screen being drawn: three bars that breathe, one after the other. */
function Blueprint() {
  return (
    <div aria-hidden="true" className="w-40 rounded-xl border border-line bg-surface p-3 shadow-raised">
      <div className="h-2 w-1/2 animate-breathe rounded-full bg-accent/70" />
      <div className="mt-3 flex flex-col gap-1.5">
        <div className="h-5 animate-breathe rounded-md bg-hover [animation-delay:200ms]" />
        <div className="h-5 w-4/5 animate-breathe rounded-md bg-hover [animation-delay:400ms]" />
        <div className="h-5 w-3/5 animate-breathe rounded-md bg-hover [animation-delay:600ms]" />
      </div>
    </div>
  );
}

function Notice({ children }) {
  return (
    <div role="status" className="absolute inset-x-0 top-3 mx-auto flex w-fit items-center gap-2 rounded-full bg-ink px-3.5 py-2 text-[13px] font-medium text-canvas shadow-overlay animate-rise">
      {children}
    </div>
  );
}
