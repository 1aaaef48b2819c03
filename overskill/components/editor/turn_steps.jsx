import { Check, Circle, LoaderCircle, Minus, X } from "lucide-react";
import { secondsWords, stepTitle } from "./turn_words.js";
import { useNow } from "./use_now.js";

const STATES = {
  waiting: { Icon: Circle, style: "text-strong", bar: "bg-line", words: "still to come" },
  active: { Icon: LoaderCircle, style: "animate-spin text-accent-ink", bar: "animate-breathe bg-accent", words: "under way" },
  done: { Icon: Check, style: "text-positive", bar: "bg-accent", words: "done" },
  skipped: { Icon: Minus, style: "text-faint", bar: "bg-strong", words: "left out" },
  failed: { Icon: X, style: "text-danger", bar: "bg-danger", words: "failed" },
};

/** The ten steps as one thin bar. What it shows is also said in words, so nobody needs to see it. */
export function StepBar({ steps }) {
  return (
    <div aria-hidden="true" className="flex h-0.75 gap-0.5 bg-surface px-px">
      {steps.map(({ name, state }) => (
        <span key={name} className={`flex-1 rounded-full transition-colors duration-300 ${STATES[state].bar}`} />
      ))}
    </div>
  );
}

/** The ten steps in order, each with its state, how long it took and what there is to say about it. */
export function StepList({ steps }) {
  return (
    <ol aria-label="Steps" className="py-1.5">
      {steps.map((step) => (
        <StepLine key={step.name} step={step} />
      ))}
    </ol>
  );
}

function StepLine({ step }) {
  const { Icon, style, words } = STATES[step.state];
  const isComing = step.state === "waiting" || step.state === "skipped";
  return (
    <li className="flex min-h-7 items-baseline gap-2.5 px-3.5 py-1 text-[13px]">
      <Icon size={13} className={`shrink-0 translate-y-0.5 ${style}`} aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className={isComing ? "text-faint" : "text-ink"}>{stepTitle(step.name)}</span>
        <span className="sr-only">, {words}</span>
        {step.note ? <span className="text-faint"> · {step.note}</span> : null}
      </span>
      <span className="shrink-0 text-xs tabular-nums text-faint">
        {step.state === "active" ? <Running since={step.since} /> : secondsWords(step.ms)}
      </span>
    </li>
  );
}

function Running({ since }) {
  const now = useNow();
  return since ? secondsWords(Math.max(0, now - since)) : null;
}
