import { useEffect, useState } from "react";
import "./plain_http.js";
import { reload, watchForUpdate, whenCalm } from "./site_update.js";

/** Says that the site was updated, and loads the page anew when nobody is at it. On a phone the bottom is for the thumb. */
export function SiteUpdate() {
  const [isUpdated, setUpdated] = useState(false);
  useEffect(() => watchForUpdate(() => setUpdated(true)), []);
  useEffect(() => (isUpdated ? whenCalm(reload) : undefined), [isUpdated]);
  if (!isUpdated) return null;
  return (
    <div
      role="status"
      className="fixed left-1/2 top-3 z-70 md:bottom-5 md:top-auto flex w-max max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-3 rounded-2xl bg-ink py-2 pl-4 pr-2 text-sm font-medium text-canvas shadow-overlay animate-rise"
    >
      OverSkill was updated. This page reloads when you pause; nothing is lost.
      <button
        type="button"
        onClick={reload}
        className="h-8 shrink-0 rounded-xl bg-canvas px-3 text-[13px] font-medium text-ink transition-opacity duration-150 hover:opacity-85"
      >
        Reload now
      </button>
    </div>
  );
}
