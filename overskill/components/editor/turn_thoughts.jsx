import { Check, Circle, Lightbulb, ListOrdered, X } from "lucide-react";
import { Chips, Fold, Part } from "./fold.jsx";
import { counted } from "./turn_words.js";

/** What the prompt was taken to mean. Its checks get their ticks once they were tried. */
export function BriefFold({ brief, results = [] }) {
  if (!brief) return null;
  const { kind, summary, audience, look, pages = [], entities = [], checks = [] } = brief;
  const aside = [pages.length && counted(pages.length, "page"), checks.length && counted(checks.length, "check")];
  return (
    <Fold
      Icon={Lightbulb}
      tone="accent"
      words={<Titled title="Brief" text={summary || kind} />}
      aside={aside.filter(Boolean).join(" · ")}
    >
      {summary ? <p className="text-ink">{summary}</p> : null}
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        <Fact name="Kind" text={kind} />
        <Fact name="For" text={audience} />
        <Fact name="Look" text={look} />
      </dl>
      {pages.length ? (
        <Part title="Pages">
          <Chips words={pages.map(({ title, path }) => title || path)} />
        </Part>
      ) : null}
      {entities.length ? (
        <Part title="What it keeps">
          <Chips words={entities.map(({ name, fields = [] }) => (fields.length ? `${name}: ${fields.join(", ")}` : name))} />
        </Part>
      ) : null}
      {checks.length ? (
        <Part title="It works when">
          <CheckList checks={checks.map(({ title }) => results.find((result) => result.title === title) ?? { title })} />
        </Part>
      ) : null}
    </Fold>
  );
}

function Fact({ name, text }) {
  if (!text) return null;
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words text-ink">{text}</dd>
    </>
  );
}

const OUTCOMES = [
  { is: ({ passed }) => passed === true, Icon: Check, style: "text-positive", words: "passed" },
  { is: ({ passed }) => passed === false, Icon: X, style: "text-danger", words: "failed" },
  { is: () => true, Icon: Circle, style: "text-strong", words: "not tried yet" },
];

/** What the app has to do, and whether it does. */
export function CheckList({ checks }) {
  return (
    <ul className="space-y-1">
      {checks.map((check, index) => {
        const { Icon, style, words } = OUTCOMES.find(({ is }) => is(check));
        return (
          <li key={index} className="flex gap-2">
            <Icon size={13} className={`mt-1 shrink-0 ${style}`} aria-hidden="true" />
            <span className="min-w-0 break-words">
              <span className="text-ink">{check.title}</span>
              <span className="sr-only">, {words}</span>
              {check.why && !check.passed ? <span className="block text-faint">{check.why}</span> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What is going to be done. */
export function PlanFold({ summary, steps, isOpenAtFirst }) {
  if (!summary && !steps.length) return null;
  return (
    <Fold
      Icon={ListOrdered}
      tone="accent"
      words={<Titled title="Plan" text={summary} />}
      aside={steps.length ? counted(steps.length, "step") : ""}
      isOpenAtFirst={isOpenAtFirst}
    >
      {summary ? <p className="text-ink">{summary}</p> : null}
      {steps.length ? (
        <ol className={`list-decimal space-y-0.5 pl-5 marker:text-faint ${summary ? "mt-1.5" : ""}`}>
          {steps.map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
      ) : null}
    </Fold>
  );
}

/** The text goes once the fold is open: it is the first thing inside. */
function Titled({ title, text }) {
  return (
    <>
      <span className="font-medium">{title}</span>
      {text ? <span className="text-soft in-aria-expanded:hidden"> · {text}</span> : null}
    </>
  );
}
