import { roomOf } from "./around.js";

/**
 * Keep a workspace true to what others do, and what was typed safe when the page is left.
 *
 * @param {import("./workspace.js").Workspace} workspace
 * @returns {() => void} stops it
 */
export function follow(workspace) {
  const stop = new AbortController();
  const { signal } = stop;
  const refresh = () => document.visibilityState === "visible" && workspace.refresh();
  window.addEventListener("focus", refresh, { signal });
  window.addEventListener("online", () => workspace.flush({ isTyping: true }), { signal });
  window.addEventListener("pagehide", () => workspace.flush({ isLeaving: true }), { signal });
  document.addEventListener(
    "visibilitychange",
    () => (document.visibilityState === "hidden" ? workspace.flush({ isLeaving: true }) : workspace.refresh()),
    { signal },
  );
  const leaveRoom = roomOf(workspace.slug).follow((change) => workspace.filesChanged(change));
  return () => {
    leaveRoom();
    stop.abort();
  };
}
