import { useRef, useState } from "react";
import { ArrowDown, ArrowUp, ListOrdered, MessageSquare, Plus, Rocket, X } from "lucide-react";
import { Chips, Part } from "./fold.jsx";
import { LONGEST_STEP, MOST_STEPS, moved, stepsOf, textsOf, withoutStep, withStepAfter, withText } from "./plan_steps.js";
import { CheckList } from "./turn_thoughts.jsx";
import { useSent } from "./use_sent.js";

/**
 * A plan that nobody built yet: to be read, changed in place, and built.
 *
 * @param {{ plan: { summary: string, steps: string[], pages: string[], checks: string[] },
 *   onBuild: (steps: string[]) => void }} props
 *   "Change the plan" tells the composer (`overskill:plan`) to take the next words for this.
 */
export function PlanCard({ plan, onBuild }) {
  const [steps, setSteps] = useState(() => stepsOf(plan.steps));
  const [isSent, send] = useSent();
  const texts = textsOf(steps);
  return (
    <section aria-label="Plan" className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
      <div className="px-3.5 py-3 text-[13px] leading-relaxed text-soft">
        <h3 className="flex items-center gap-2.5 text-sm font-medium text-ink">
          <ListOrdered size={15} className="text-accent-ink" aria-hidden="true" />
          The plan
        </h3>
        {plan.summary ? <p className="mt-1.5">{plan.summary}</p> : null}
        <Steps steps={steps} onChange={setSteps} />
        {plan.pages.length ? (
          <Part title="Pages">
            <Chips words={plan.pages} />
          </Part>
        ) : null}
        {plan.checks.length ? (
          <Part title="It works when">
            <CheckList checks={plan.checks.map((title) => ({ title }))} />
          </Part>
        ) : null}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-3.5 py-2.5">
        <button type="button" onClick={() => window.dispatchEvent(new Event("overskill:plan"))} className={`${BUTTON} text-soft hover:bg-hover hover:text-ink`}>
          <MessageSquare size={14} aria-hidden="true" />
          Change the plan
        </button>
        <button
          type="button"
          disabled={isSent || !texts.length}
          onClick={() => send(() => onBuild(texts))}
          className={`${BUTTON} bg-accent text-on-accent shadow-card hover:bg-accent-hover`}
        >
          <Rocket size={14} aria-hidden="true" />
          {isSent ? "Starting…" : "Build this"}
        </button>
      </div>
    </section>
  );
}

const BUTTON =
  "inline-flex h-8 items-center gap-1.5 rounded-lg px-3 text-[13px] font-medium transition-colors duration-150 disabled:opacity-55 disabled:pointer-events-none";

/** Enter makes a step below, Backspace takes an empty one away, Alt and an arrow moves one. */
function Steps({ steps, onChange }) {
  const list = useRef(null);
  const [said, setSaid] = useState("");
  const focusSoon = (place) => requestAnimationFrame(() => list.current?.querySelectorAll("textarea")[place]?.focus());

  const add = (id) => {
    const next = withStepAfter(steps, id);
    onChange(next);
    focusSoon(next.findIndex((step) => !steps.includes(step)));
  };
  const remove = (id, place) => {
    onChange(withoutStep(steps, id));
    setSaid(`Step ${place + 1} removed`);
    focusSoon(Math.max(0, place - 1));
  };
  const move = (id, by) => {
    const next = moved(steps, id, by);
    onChange(next);
    setSaid(`Moved to place ${next.findIndex((step) => step.id === id) + 1} of ${next.length}`);
  };
  const onKeyDown = (event, step, place) => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(step.id, event.key === "ArrowUp" ? -1 : 1);
      focusSoon(Math.min(Math.max(0, place + (event.key === "ArrowUp" ? -1 : 1)), steps.length - 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      add(step.id);
    } else if (event.key === "Backspace" && !step.text && steps.length > 1) {
      event.preventDefault();
      remove(step.id, place);
    }
  };
  return (
    <div className="mt-2">
      <ol ref={list} aria-label="Steps of the plan" className="flex flex-col gap-1">
        {steps.map((step, place) => (
          <li key={step.id} className="group relative flex items-start gap-1 rounded-lg focus-within:bg-hover hover:bg-hover">
            <span className="w-6 shrink-0 pt-1 text-right text-xs tabular-nums leading-5 text-faint" aria-hidden="true">
              {place + 1}.
            </span>
            <textarea
              rows={1}
              value={step.text}
              maxLength={LONGEST_STEP}
              aria-label={`Step ${place + 1}`}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onChange={(event) => onChange(withText(steps, step.id, event.target.value))}
              onKeyDown={(event) => onKeyDown(event, step, place)}
              className="field-sizing-content min-h-7 min-w-0 flex-1 resize-none rounded-md bg-transparent px-1.5 py-1 text-base leading-5 text-ink focus-visible:outline-offset-[-2px] sm:text-[13px]"
            />
            <div className="absolute -top-6 right-1 z-10 hidden rounded-lg border border-line bg-surface p-px shadow-raised group-focus-within:flex group-hover:flex">
              <StepButton label={`Move step ${place + 1} up`} Icon={ArrowUp} disabled={place === 0} onClick={() => move(step.id, -1)} />
              <StepButton label={`Move step ${place + 1} down`} Icon={ArrowDown} disabled={place === steps.length - 1} onClick={() => move(step.id, 1)} />
              <StepButton label={`Remove step ${place + 1}`} Icon={X} disabled={steps.length === 1} onClick={() => remove(step.id, place)} />
            </div>
          </li>
        ))}
      </ol>
      <button
        type="button"
        disabled={steps.length >= MOST_STEPS}
        onClick={() => add(-1)}
        className="mt-1 inline-flex h-8 items-center gap-1.5 rounded-lg pl-2 pr-2.5 text-[13px] font-medium text-accent-ink transition-colors duration-150 hover:bg-hover disabled:opacity-55"
      >
        <Plus size={14} aria-hidden="true" />
        Add a step
      </button>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function StepButton({ label, Icon, ...props }) {
  return (
    <button
      type="button"
      aria-label={label}
      className="grid size-7 place-items-center rounded-md text-faint transition-colors duration-150 hover:bg-hover hover:text-ink disabled:opacity-40"
      {...props}
    >
      <Icon size={13} aria-hidden="true" />
    </button>
  );
}
