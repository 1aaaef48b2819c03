import { useEffect, useId, useRef, useState } from "react";
import { ChevronRight, Info, Minus, Plus } from "lucide-react";
import { Disclosure } from "$/public/external/overskill/components/editor/browser/disclosure.jsx";

const FIELD =
  "min-w-0 rounded-md border border-line bg-sunken px-2 text-[13px] text-ink outline-none transition-colors duration-150 placeholder:text-faint hover:border-strong focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/25 disabled:opacity-55";

/** Controls that belong together, under a heading that folds them away. */
export function Section({ title, isOpen = true, children }) {
  return (
    <Disclosure
      isAsked={isOpen}
      className="group/section border-b border-line last:border-b-0"
      lineClass="h-9 px-3.5 text-xs font-semibold text-ink transition-colors duration-150 hover:bg-hover focus-visible:outline-offset-[-2px]"
    >
      <span className="flex items-center gap-1.5">
        <ChevronRight size={13} className="text-faint transition-transform duration-150 group-data-open/section:rotate-90" aria-hidden="true" />
        {title}
      </span>
      <div className="flex flex-col gap-2.5 px-3.5 pb-3.5 pt-0.5">{children}</div>
    </Disclosure>
  );
}

/** A name and its control, side by side. */
export function Row({ label, htmlFor, children }) {
  return (
    <div className="grid grid-cols-[4.75rem_minmax(0,1fr)] items-center gap-2">
      <label htmlFor={htmlFor} className="truncate text-xs text-soft">
        {label}
      </label>
      <div className="flex min-w-0 items-center gap-1.5">{children}</div>
    </div>
  );
}

/** Why something can't be changed, where it would be. */
export function Reason({ children }) {
  return (
    <p className="flex gap-2 rounded-lg bg-sunken px-2.5 py-2 text-xs leading-relaxed text-soft">
      <Info size={13} className="mt-0.5 shrink-0 text-faint" aria-hidden="true" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{withCode(children)}</span>
    </p>
  );
}

/** `name` in a sentence, as code. */
const withCode = (sentence) =>
  String(sentence)
    .split("`")
    .map((part, index) =>
      index % 2 ? (
        <code key={index} className="rounded bg-hover px-1 font-mono text-[11px] text-ink">
          {part}
        </code>
      ) : (
        part
      ),
    );

/** One of a few, as buttons with icons or words; the chosen one again takes it away. */
export function Choice({ label, value, options, onChange, canClear = true }) {
  return (
    <div role="group" aria-label={label} className="flex min-w-0 flex-1 rounded-md bg-hover p-0.5">
      {options.map(({ value: each, words, title, Icon }) => (
        <button
          key={each}
          type="button"
          aria-pressed={value === each}
          aria-label={Icon ? words : undefined}
          title={title ?? words}
          onClick={() => onChange(value === each && canClear ? "" : each)}
          className={`grid h-6.5 min-w-0 flex-1 place-items-center truncate rounded px-1 text-xs transition-colors duration-150 ${
            value === each ? "bg-surface font-medium text-ink shadow-card" : "text-soft hover:text-ink"
          }`}
        >
          {Icon ? <Icon size={14} aria-hidden="true" /> : words}
        </button>
      ))}
    </div>
  );
}

/** One of many. `placeholder` is what "none" is called; with `isRequired` that can't be chosen. */
export function Pick({ label, id, value, options, placeholder = "–", isRequired = false, onChange }) {
  const isOther = value !== "" && !options.some((each) => (each.value ?? each) === value);
  return (
    <select id={id} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} className={`${FIELD} h-7.5 w-full`}>
      {isRequired ? null : <option value="">{placeholder}</option>}
      {isOther ? <option value={value}>{value}</option> : null}
      {options.map((each) => (
        <option key={each.value ?? each} value={each.value ?? each}>
          {each.words ?? each}
        </option>
      ))}
    </select>
  );
}

/** A value with a step down and up. What is typed counts when Enter is pressed or the field is left. */
export function Stepper({ label, value, placeholder = "–", onStep, onType }) {
  return (
    <div className="flex h-7.5 min-w-0 flex-1 items-center rounded-md border border-line bg-sunken focus-within:border-ring focus-within:ring-2 focus-within:ring-ring/25 hover:border-strong">
      <StepButton label={`${label}: less`} Icon={Minus} onClick={() => onStep(-1)} />
      <Typed
        label={label}
        value={value}
        placeholder={placeholder}
        onCommit={onType}
        onArrow={onStep}
        className="h-full w-0 min-w-0 flex-1 bg-transparent text-center text-[13px] tabular-nums text-ink outline-none placeholder:text-faint"
      />
      <StepButton label={`${label}: more`} Icon={Plus} onClick={() => onStep(1)} />
    </div>
  );
}

function StepButton({ label, Icon, onClick }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid h-full w-6 shrink-0 place-items-center rounded text-faint transition-colors duration-150 hover:bg-hover hover:text-ink"
    >
      <Icon size={11} aria-hidden="true" />
    </button>
  );
}

/** Another element may be selected before the browser says that the field was left: what was typed counts all the same. */
function useLeaving(commit) {
  const latest = useRef(commit);
  latest.current = commit;
  useEffect(() => () => latest.current(), []);
}

/** A field whose text is taken at Enter or when it is left; Escape puts back what was there. */
export function Typed({ label, id, value, placeholder, onCommit, onArrow, className = `${FIELD} h-7.5 w-full`, list }) {
  const [text, setText] = useState(value);
  const taken = useRef(value);
  useEffect(() => {
    setText(value);
    taken.current = value;
  }, [value]);
  const commit = () => {
    if (text === taken.current) return;
    taken.current = text;
    onCommit(text);
  };
  useLeaving(commit);
  return (
    <input
      id={id}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      list={list}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        else if (event.key === "Escape") setText(taken.current);
        else if (onArrow && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          event.preventDefault();
          onArrow(event.key === "ArrowUp" ? 1 : -1);
        }
      }}
      className={className}
    />
  );
}

const PAUSE_MS = 500;

/** Words over several lines, taken after a short pause in writing, at Enter, or when the field is left. */
export function Words({ label, value, onTry, onCommit }) {
  const [text, setText] = useState(value);
  const timer = useRef(0);
  const taken = useRef(value);
  const id = useId();
  useEffect(() => {
    clearTimeout(timer.current);
    setText((now) => (taken.current === now ? value : now));
    taken.current = value;
  }, [value]);
  const commit = (words) => {
    clearTimeout(timer.current);
    if (words.trim() === taken.current.trim()) return;
    taken.current = words;
    onCommit(words);
  };
  useLeaving(() => commit(text));
  return (
    <textarea
      id={id}
      aria-label={label}
      rows={1}
      value={text}
      onChange={(event) => {
        const words = event.target.value;
        onTry(text, words);
        setText(words);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(words), PAUSE_MS);
      }}
      onBlur={() => commit(text)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) {
          event.preventDefault();
          commit(text);
        }
      }}
      className={`${FIELD} field-sizing-content max-h-40 min-h-8 w-full resize-none py-1.5 leading-snug`}
    />
  );
}

export function Action({ Icon, children, reason, ...props }) {
  return (
    <button
      type="button"
      disabled={Boolean(reason)}
      title={reason || undefined}
      className="inline-flex h-7.5 min-w-0 flex-1 items-center justify-center gap-1.5 rounded-md border border-line bg-surface px-2 text-xs font-medium text-ink transition-colors duration-150 hover:bg-hover disabled:pointer-events-none disabled:opacity-45"
      {...props}
    >
      <Icon size={13} className="shrink-0" aria-hidden="true" />
      <span className="truncate">{children}</span>
    </button>
  );
}
