import { useEffect, useRef, useState } from "react";
import { request } from "./request.js";

/** Ask the model for a component that the app does not have yet: what it is called, and what it is for. */
export function AskDialog({ name: wanted, onAsk, onClose }) {
  const dialog = useRef(null);
  const [name, setName] = useState(wanted);
  const [purpose, setPurpose] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="ask-component"
      className="m-auto w-[26rem] max-w-[calc(100vw-2rem)] rounded-2xl border border-line bg-surface p-5 text-ink shadow-overlay backdrop:bg-backdrop"
    >
      <form
        method="dialog"
        onSubmit={() => onAsk(request(name, purpose))}
        className="flex flex-col gap-4"
      >
        <h2 id="ask-component" className="text-base font-semibold">A new component</h2>
        <Labelled words="Name">
          <input required maxLength={60} value={name} onChange={({ target }) => setName(target.value)} placeholder="Price table" className={FIELD} />
        </Labelled>
        <Labelled words="What is it for?">
          <textarea
            required
            rows={3}
            maxLength={1000}
            value={purpose}
            onChange={({ target }) => setPurpose(target.value)}
            placeholder="Shows three plans side by side, one of them highlighted."
            className={`${FIELD} h-auto py-2 leading-relaxed`}
          />
        </Labelled>
        <p className="text-xs leading-relaxed text-faint">The chat writes it. When it is done, you find it among the blocks.</p>
        <div className="flex justify-end gap-2">
          <button type="button" onClick={onClose} className="h-9 rounded-lg px-3.5 text-sm font-medium text-soft hover:bg-hover">Cancel</button>
          <button type="submit" className="h-9 rounded-lg bg-accent px-3.5 text-sm font-medium text-on-accent hover:bg-accent-hover">Ask for it</button>
        </div>
      </form>
    </dialog>
  );
}

const FIELD = "h-9 w-full rounded-lg border border-line bg-surface px-3 text-sm text-ink placeholder:text-faint";

const Labelled = ({ words, children }) => (
  <label className="flex flex-col gap-1.5 text-[13px] font-medium text-soft">
    {words}
    {children}
  </label>
);
