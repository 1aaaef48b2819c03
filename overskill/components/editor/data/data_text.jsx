import { useEffect, useState } from "react";
import { Button } from "$/public/external/overskill/components/editor/browser/buttons.jsx";
import { parsed } from "./kept_values.js";

const MOST_LINES = 24;

/** What has no rows: a word, a number, a text. What was JSON stays JSON, for the app would not read anything else. */
export function DataText({ text, onKeep }) {
  const { value, isJson } = parsed(text);
  const isText = typeof value === "string"; // it is written without its quotes
  const shown = isText ? value : text;
  const [draft, setDraft] = useState(shown);
  useEffect(() => setDraft(shown), [shown]);
  const isReadable = isText || parsed(draft).isJson;
  const keep = () => onKeep(isText && isJson ? JSON.stringify(draft) : draft);
  return (
    <div className="flex min-h-0 flex-1 flex-col items-start gap-3 overflow-y-auto p-4">
      <textarea
        value={draft}
        aria-label="What is kept"
        aria-invalid={!isReadable}
        spellCheck={false}
        rows={Math.min(Math.max(2, Math.ceil(draft.length / 70), draft.split("\n").length), MOST_LINES)}
        onChange={({ target }) => setDraft(target.value)}
        className="w-full shrink-0 rounded-lg border border-strong bg-surface p-3 font-mono text-[13px] text-ink aria-invalid:border-danger"
      />
      <div className="flex items-center gap-3">
        <Button look="primary" disabled={draft === shown || !isReadable} onClick={keep}>
          Keep
        </Button>
        {isReadable ? null : (
          <p role="alert" className="text-[13px] text-danger">
            The app keeps JSON here: this can’t be read.
          </p>
        )}
      </div>
    </div>
  );
}
