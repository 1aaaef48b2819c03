import { useLayoutEffect, useRef, useState } from "react";
import { ChevronDown, GitBranch, TriangleAlert } from "lucide-react";
import { Button } from "./buttons.jsx";
import { Disclosure } from "./disclosure.jsx";
import { TurnRecord } from "./turn_details.jsx";

const BADGE = "inline-flex h-6 shrink-0 items-center rounded-md px-2 text-xs font-medium";

/** The version a turn made, what speaks for it, and the ways back to it. */
export function TurnResult({ card, isNow, isBusy, actions }) {
  const box = useRef(null);
  const [isAsked, setAsked] = useState(false);
  useLayoutEffect(() => {
    if (isNow && isAsked) box.current.querySelector("button").focus(); // the one that was pressed is gone
    if (isNow) setAsked(false);
  }, [isNow]);
  const restore = () => {
    setAsked(true);
    actions.restore(card.version);
  };
  return (
    <div ref={box} className="relative">
      <Disclosure
        className="group/result overflow-hidden rounded-xl border border-line bg-surface shadow-card"
        lineClass="rounded-xl focus-visible:outline-offset-[-2px]"
      >
        <span className="flex min-h-11 items-center gap-2.5 py-1.5 pl-3.5 pr-2.5 text-[13px]">
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <span className="font-medium text-ink">Version {card.version}</span>
              {card.files_words ? <span className="text-faint"> · {card.files_words}</span> : null}
            </span>
            {card.proof ? (
              <span className="flex items-center gap-1.5 text-xs text-faint">
                {card.is_sound ? null : <TriangleAlert size={12} className="shrink-0 text-warning" aria-hidden="true" />}
                <span className="min-w-0 truncate">{card.proof}</span>
              </span>
            ) : null}
          </span>
          {card.status === "stopped" ? <span className={`${BADGE} bg-warning-soft text-warning`}>Stopped</span> : null}
          {isNow ? <span className={`${BADGE} bg-accent-soft text-accent-ink`}>Now</span> : <span className="w-16 shrink-0" />}
          <ChevronDown size={15} className="shrink-0 text-faint transition-transform duration-150 group-data-open/result:rotate-180" aria-hidden="true" />
        </span>
        <TurnRecord turnId={card.id} onFix={actions.fix} />
        <div className="flex justify-end border-t border-line px-2.5 py-1.5">
          <Button look="ghost" Icon={GitBranch} className="h-7! px-2! text-xs!" onClick={() => actions.branch(card.version)}>
            Branch from here
          </Button>
        </div>
      </Disclosure>
      {isNow ? null : <RestoreButton card={card} isBusy={isBusy} onRestore={restore} />}
    </div>
  );
}

/** It lies over the line that opens the card: inside it, it would be a button within a button. */
const RestoreButton = ({ card, isBusy, onRestore }) => (
  <Button
    look="ghost"
    disabled={isBusy}
    className={`absolute right-9 h-7! w-16 justify-center text-xs! ${card.proof ? "top-2.5" : "top-2"}`}
    onClick={onRestore}
  >
    Restore
  </Button>
);
