import { useEffect, useRef, useState } from "react";
import { hear, unheardPreview } from "./preview_messages.js";
import { previewData } from "./preview_data.js";
import { PreviewLog } from "./preview_log.js";
import { postThumbnail } from "./thumbnail.js";

const PATIENCE_MS = 6000; // until a frame that says nothing is taken for lost, and between tries
const SETTLE_MS = 1500; // from the last drawing to its picture: animations are over by then

/**
 * The preview in a frame: what it says, and a way to speak to it. Nothing is believed that does not come from this frame
 * and its origin.
 *
 * @param {{ address: string, opened: number, slug: string, version: number, isRunning: boolean, problem: string,
 *   keepsLog: boolean, onLost: () => void }} given
 */
export function usePreview({ address, opened, slug, version, isRunning, problem, keepsLog, onLost }) {
  const frame = useRef(null);
  const [preview, setPreview] = useState(unheardPreview);
  const [reloads, setReloads] = useState(0);
  const [log] = useState(() => new PreviewLog());
  const origin = address ? new URL(address).origin : "";
  const visit = `${address} ${opened} ${reloads}`;
  const say = (message) => origin && frame.current?.contentWindow?.postMessage(message, origin);

  const keeps = useRef(keepsLog);
  keeps.current = keepsLog;
  useEffect(() => setPreview(unheardPreview), [visit]);
  useEffect(() => {
    previewData.connect((message) => origin && frame.current?.contentWindow?.postMessage(message, origin));
    return () => previewData.forget();
  }, [origin]);
  useEffect(() => {
    const onMessage = ({ source, origin: from, data }) => {
      if (source !== frame.current?.contentWindow || from !== origin || data?.source !== "overskill-preview") return;
      if (data.type === "begin") log.visit(keeps.current);
      log.hear(data);
      previewData.hear(data);
      setPreview((before) => hear(before, data));
      if (data.type === "snapshot" && data.image) postThumbnail(slug, data.image);
    };
    window.addEventListener("message", onMessage);
    return () => window.removeEventListener("message", onMessage);
  }, [origin, slug]);

  const isAway = useLostPreview({ preview, isExpected: Boolean(address), problem, visit, onLost });
  useColourScheme((scheme) => preview.isReady && say({ type: "color-scheme", scheme }), [preview.isReady, visit]);

  const isSettled = preview.hasRendered && !isRunning && version > 0 && !preview.error;
  useEffect(() => {
    if (!isSettled) return undefined;
    const timer = setTimeout(() => say({ type: "snapshot", id: preview.revision }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isSettled, preview.revision]);

  return {
    frame,
    preview,
    log,
    visit,
    say,
    isAway,
    reload: () => setReloads((count) => count + 1),
    forgetError: () => setPreview((before) => ({ ...before, error: null })),
  };
}

/** Asks for a preview that is gone or says nothing, again and again. @returns {boolean} whether it waits for one */
function useLostPreview({ preview, isExpected, problem, visit, onLost }) {
  const [waits, setWaits] = useState(0);
  const isLost = preview.isGone || Boolean(problem);
  const isSilent = isExpected && !preview.isReady;
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
  return waits > 0;
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
