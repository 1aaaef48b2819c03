import { useId, useState } from "react";
import { ChevronDown } from "lucide-react";

const TONES = {
  quiet: "text-faint",
  accent: "text-accent-ink",
  positive: "text-positive",
  warning: "text-warning",
  danger: "text-danger",
};

/** One line of what a turn was, with more behind it. Without children it is only the line. */
export function Fold({ Icon, tone = "quiet", words, aside, isOpenAtFirst = false, isPadded = true, children }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const id = useId();
  const line = (
    <>
      <Icon size={14} className={`shrink-0 ${TONES[tone]}`} aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">{words}</span>
      {aside ? <span className="shrink-0 text-xs tabular-nums text-faint">{aside}</span> : null}
    </>
  );
  if (!children) return <div className={`${LINE} border-t px-3.5 first:border-t-0`}>{line}</div>;
  return (
    <div className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className={`${LINE} w-full px-3.5 text-left transition-colors duration-150 hover:bg-hover focus-visible:outline-offset-[-2px]`}
      >
        {line}
        <ChevronDown
          size={14}
          className={`shrink-0 text-faint transition-transform duration-150 ${isOpen ? "rotate-180" : ""}`}
          aria-hidden="true"
        />
      </button>
      <div
        id={id}
        hidden={!isOpen}
        className={`text-[13px] leading-relaxed text-soft ${isPadded ? "px-3.5 pb-3.5 pt-0.5" : ""}`}
      >
        {isOpen ? children : null}
      </div>
    </div>
  );
}

const LINE = "flex min-h-10 items-center gap-2.5 border-line text-[13px] text-ink";

/** A heading over a few lines inside a fold. */
export function Part({ title, children }) {
  return (
    <div className="mt-3 first:mt-0">
      <h3 className="text-xs font-medium text-faint">{title}</h3>
      <div className="mt-1">{children}</div>
    </div>
  );
}

export function Chips({ words }) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {words.map((each) => (
        <li key={each} className="max-w-full truncate rounded-md bg-hover px-2 py-0.5 text-xs text-ink">
          {each}
        </li>
      ))}
    </ul>
  );
}
