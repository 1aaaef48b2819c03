import { useEffect, useReducer, useRef } from "react";
import { Check, LoaderCircle, TriangleAlert } from "lucide-react";
import { KeptText } from "./kept_text.js";

const NOTES = {
  typing: "Not saved yet",
  saving: "Saving",
  late: "Not saved: no answer. We keep it here and try again",
  saved: "Saved",
};
const later = (action, wait) => {
  const timer = setTimeout(action, wait);
  return () => clearTimeout(timer);
};

const ofThisTab = () => {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null; // a browser that keeps nothing
  }
};

/**
 * A line, a text or a choice that is saved when it is left, and says of itself whether it is.
 * @param {{ scope: string, name: string, value: string, answered: string, isRefused: boolean }} props `scope`: whose
 *   field it is. `answered`: the stamp of what the server answered last.
 */
export function KeptField({ scope, name, value, answered, isRefused, most, rows, choices, onKeep, className, ...rest }) {
  const [, draw] = useReducer((count) => count + 1, 0);
  const keep = useRef(onKeep);
  keep.current = onKeep;
  const kept = useRef(null);
  kept.current ??= new KeptText(`kept:${scope}:${name}`, {
    send: (text, stamp) => keep.current(name, text, stamp),
    changed: draw,
    store: ofThisTab(),
    later,
  });
  const field = kept.current;

  useEffect(() => field.answer(answered, isRefused), [field, answered, isRefused]);
  useEffect(() => {
    field.leave(); // what an earlier page left open
    const again = () => field.again();
    const warn = (event) => field.isOpen && event.preventDefault();
    globalThis.addEventListener("online", again);
    globalThis.addEventListener("beforeunload", warn);
    return () => {
      globalThis.removeEventListener("online", again);
      globalThis.removeEventListener("beforeunload", warn);
      field.close();
    };
  }, [field]);

  const shared = {
    ...rest,
    name,
    className,
    value: field.text ?? value,
    onChange: ({ target }) => field.type(target.value),
    onBlur: () => field.leave(),
  };
  return (
    <div className="relative">
      <p role="status" className="absolute bottom-full right-0 mb-1.5 flex h-5 items-center gap-1 text-[13px]">
        <Note note={field.note} />
      </p>
      {choices?.length ? (
        <select
          {...shared}
          onChange={({ target }) => {
            field.type(target.value);
            field.leave();
          }}
        >
          {choices.map(([key, words]) => (
            <option key={key} value={key}>{words}</option>
          ))}
        </select>
      ) : rows ? (
        <textarea {...shared} rows={rows} maxLength={most} />
      ) : (
        <input {...shared} maxLength={most} autoComplete="off" />
      )}
    </div>
  );
}

function Note({ note }) {
  if (!note) return null;
  const Icon = { saving: LoaderCircle, late: TriangleAlert, saved: Check }[note];
  const tone = { saved: "text-positive", late: "text-warning" }[note] ?? "text-faint";
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      {Icon ? <Icon size={14} aria-hidden="true" className={note === "saving" ? "animate-spin" : ""} /> : null}
      {NOTES[note]}
    </span>
  );
}
