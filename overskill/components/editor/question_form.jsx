import { useId, useState } from "react";
import { ArrowRight, MessageCircleQuestion } from "lucide-react";
import { answersOf, LONGEST_ANSWER } from "./answers.js";
import { useSent } from "./use_sent.js";

const NOTHING = { option: undefined, other: "" };

/**
 * What has to be known before the app is built. Nobody has to answer.
 *
 * @param {{ questions: import("./answers.js").Question[], onAnswer: (answers: Record<string, string>) => void }} props
 *   Skipping is an answer without answers.
 */
export function QuestionForm({ questions, onAnswer }) {
  const [chosen, setChosen] = useState({});
  const [isSent, send] = useSent();
  const answers = answersOf(questions, chosen);
  const choose = (id, change) => setChosen((before) => ({ ...before, [id]: { ...NOTHING, ...before[id], ...change } }));
  return (
    <form
      aria-label="Questions before building"
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(answers).length) send(() => onAnswer(answers));
      }}
      className="overflow-hidden rounded-xl border border-line bg-surface shadow-card"
    >
      <div className="flex flex-col gap-4 px-3.5 py-3.5">
        <h3 className="flex items-center gap-2.5 text-sm font-medium text-ink">
          <MessageCircleQuestion size={15} className="shrink-0 text-accent-ink" aria-hidden="true" />
          Before I build: {questions.length === 1 ? "one question" : `${questions.length} questions`}
        </h3>
        {questions.map((question) => (
          <QuestionField key={question.id} question={question} choice={chosen[question.id] ?? NOTHING} onChoose={choose} />
        ))}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t border-line px-3.5 py-2.5">
        <button type="button" disabled={isSent} onClick={() => send(() => onAnswer({}))} className={`${BUTTON} text-soft hover:bg-hover hover:text-ink`}>
          Skip and build
        </button>
        <button
          type="submit"
          disabled={isSent || !Object.keys(answers).length}
          className={`${BUTTON} bg-accent text-on-accent shadow-card hover:bg-accent-hover`}
        >
          {isSent ? "Starting…" : "Build with these answers"}
          <ArrowRight size={14} aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}

const BUTTON =
  "inline-flex h-8 items-center gap-1.5 rounded-lg px-3 text-[13px] font-medium transition-colors duration-150 disabled:opacity-55 disabled:pointer-events-none";

function QuestionField({ question: { id, text, options, allows_other: allowsOther }, choice, onChoose }) {
  const name = useId();
  const isOther = choice.option === null;
  return (
    <fieldset>
      <legend className="text-[13px] font-medium text-ink">{text}</legend>
      <div className="mt-2 flex flex-wrap gap-2">
        {options.map((option) => (
          <Pill key={option} name={name} isChosen={choice.option === option} onChoose={() => onChoose(id, { option })}>
            {option}
          </Pill>
        ))}
        {allowsOther ? (
          <Pill name={name} isChosen={isOther} onChoose={() => onChoose(id, { option: null })}>
            Something else
          </Pill>
        ) : null}
      </div>
      {isOther ? (
        <input
          type="text"
          value={choice.other}
          maxLength={LONGEST_ANSWER}
          aria-label={`Something else: ${text}`}
          placeholder="In your own words"
          onChange={(event) => onChoose(id, { other: event.target.value })}
          className="mt-2 h-9 w-full rounded-lg border border-strong bg-sunken px-3 text-base text-ink sm:text-[13px]"
        />
      ) : null}
    </fieldset>
  );
}

/** A radio button that looks like a pill: arrows move between those of a question. */
function Pill({ name, isChosen, onChoose, children }) {
  return (
    <label className="inline-flex max-w-full cursor-pointer items-center rounded-full border border-line bg-surface px-3 py-1.5 text-[13px] text-soft transition-colors duration-150 hover:border-strong hover:text-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring">
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} className="sr-only" />
      <span className="min-w-0 break-words">{children}</span>
    </label>
  );
}
