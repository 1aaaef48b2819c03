import { TriangleAlert } from "lucide-react";

/** What stands where the app will be. It comes late, so that it never flashes up for a preview that answers at once. */
export function Cover({ isVisible, words: [title, text], isFailure }) {
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

export function coverWords({ isRunning, isAway, problem, version }) {
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

export function Notice({ children }) {
  return (
    <div
      role="status"
      className="absolute inset-x-0 top-3 mx-auto flex w-fit items-center gap-2 rounded-full bg-ink px-3.5 py-2 text-[13px] font-medium text-canvas shadow-overlay animate-rise"
    >
      {children}
    </div>
  );
}
