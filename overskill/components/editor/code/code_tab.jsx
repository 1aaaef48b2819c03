import { useEffect, useState } from "react";
import { LoaderCircle, PencilLine } from "lucide-react";
import { find } from "$/public/external/overskill/components/editor/browser/commands.js";
import { useLazy } from "$/public/external/overskill/components/editor/browser/use_lazy.js";
import { useWindowEvents } from "$/public/external/overskill/components/editor/browser/use_window_events.js";

/**
 * The code tab. The editor is heavy, so it comes only when the tab is first opened; from then on it stays, with all
 * that is open in it. While a turn is written its files can be watched instead.
 *
 * @param {{ slug: string, turnId: string, version: number, isOpen: boolean }} props `turnId` "" when none is written.
 */
export function CodeTab({ slug, turnId, version, isOpen }) {
  const [wasOpen, setOpened] = useState(false);
  useEffect(() => {
    if (isOpen) setOpened(true);
  }, [isOpen]);
  const ide = useLazy(() => import("./ide.jsx"), wasOpen);
  const live = useLazy(() => import("$/public/external/overskill/components/editor/browser/live_code.jsx"), wasOpen && turnId);

  const [asked, setAsked] = useState(null); // by another part of the page: a file, and a place in it
  useWindowEvents({
    "overskill:open-file": ({ detail }) => {
      setAsked(detail);
      setWatching(false);
      find("go-code")?.run();
    },
  });

  const [isWatching, setWatching] = useState(false);
  useEffect(() => {
    // Who is typing goes on typing.
    setWatching(turnId !== "" && !document.activeElement?.closest(".cm-editor"));
  }, [turnId]);

  const Ide = ide.part?.Ide;
  const LiveCode = isWatching && turnId ? live.part?.LiveCode : null;
  if (!Ide) return <Opening problem={ide.problem} onRetry={ide.retry} />;
  return (
    <>
      {LiveCode ? (
        <div className="flex min-h-0 flex-1 flex-col">
          <LiveCode key={turnId} turnId={turnId} />
          <footer className="flex h-8 shrink-0 items-center gap-3 border-t border-line bg-canvas px-3 text-xs text-soft">
            <span className="size-1.5 shrink-0 animate-breathe rounded-full bg-accent" aria-hidden="true" />
            <span className="min-w-0 flex-1 truncate">Files as they are written</span>
            <button
              type="button"
              onClick={() => setWatching(false)}
              className="inline-flex h-6 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-hover hover:text-ink"
            >
              <PencilLine size={13} aria-hidden="true" />
              Back to the editor
            </button>
          </footer>
        </div>
      ) : null}
      <div className={LiveCode ? "hidden" : "flex min-h-0 flex-1 flex-col"}>
        <Ide key={slug} slug={slug} version={version} asked={asked} isOpen={isOpen && !LiveCode} onWatch={turnId ? () => setWatching(true) : null} />
      </div>
    </>
  );
}

function Opening({ problem, onRetry }) {
  return (
    <div role={problem ? "alert" : "status"} className="grid flex-1 place-items-center bg-surface p-8 text-sm text-faint">
      {problem ? (
        <div className="flex flex-col items-center gap-3 text-center">
          <p>The editor could not be loaded. Check your connection.</p>
          <button type="button" onClick={onRetry} className="h-8 rounded-lg border border-strong px-3 text-[13px] font-medium text-ink hover:bg-hover">
            Try again
          </button>
        </div>
      ) : (
        <p className="flex items-center gap-2 animate-fade [animation-delay:200ms]">
          <LoaderCircle size={15} className="animate-spin" aria-hidden="true" />
          Opening the editor…
        </p>
      )}
    </div>
  );
}
