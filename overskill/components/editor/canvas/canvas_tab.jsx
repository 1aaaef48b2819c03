import { useEffect, useState } from "react";
import { LoaderCircle } from "lucide-react";
import { useLazy } from "$/public/external/overskill/components/editor/browser/use_lazy.js";

/**
 * The visual tab. What draws it is heavy, so it comes only when the tab is first opened; from then on it stays.
 *
 * @param {{ slug: string, address: string, isOpen: boolean, version: number, onAsk: (message: string) => void }} props
 */
export function CanvasTab({ slug, address, isOpen, version, onAsk }) {
  const [wasOpen, setOpened] = useState(false);
  useEffect(() => {
    if (isOpen) setOpened(true);
  }, [isOpen]);
  const { part, problem, retry } = useLazy(() => import("./canvas_editor.jsx"), wasOpen);

  if (version === 0) return <Words>As soon as the app has its first version, you can move its parts around here.</Words>;
  if (part) return <part.CanvasEditor key={slug} slug={slug} address={address} isOpen={isOpen} onAsk={onAsk} />;
  if (problem) {
    return (
      <Words role="alert">
        The visual editor could not be loaded. Check your connection.
        <button type="button" onClick={retry} className="h-8 rounded-lg border border-strong px-3 text-[13px] font-medium text-ink hover:bg-hover">
          Try again
        </button>
      </Words>
    );
  }
  return (
    <Words>
      <span className="flex items-center gap-2 animate-fade [animation-delay:200ms]">
        <LoaderCircle size={15} className="animate-spin" aria-hidden="true" />
        Opening the visual editor…
      </span>
    </Words>
  );
}

const Words = ({ role = "status", children }) => (
  <div role={role} className="grid flex-1 place-items-center bg-surface p-8 text-sm text-faint">
    <div className="flex flex-col items-center gap-3 text-center">{children}</div>
  </div>
);
