import { useState } from "react";
import { CodeView } from "./code_view.jsx";
import { FileRow } from "./file_row.jsx";
import { useTurn } from "./use_turn.js";

/** The code tab while a turn is written: its files as they come, and the one being written, letter by letter. */
export function LiveCode({ turnId }) {
  const turn = useTurn(turnId);
  const [chosen, setChosen] = useState("");
  const file = turn.files.find(({ path }) => path === (chosen || turn.active)) ?? turn.files.at(-1);
  if (!file) {
    return (
      <p role="status" className="grid flex-1 place-items-center p-8 text-center text-sm text-faint">
        The files of this turn appear here as they are written.
      </p>
    );
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col sm:flex-row">
      <nav aria-label="Files of this turn" className="max-h-44 shrink-0 overflow-y-auto border-line py-2 max-sm:border-b sm:max-h-none sm:w-64 sm:border-r">
        <ul>
          {turn.files.map((each) => (
            <li key={each.path}>
              <button
                type="button"
                aria-current={each.path === file.path}
                onClick={() => setChosen(each.path === turn.active ? "" : each.path)}
                className="block w-full text-left hover:bg-hover focus-visible:outline-offset-[-2px] aria-[current=true]:bg-accent-soft"
              >
                <FileRow file={each} isActive={each.path === file.path} />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <CodeView path={file.path} code={file.text} isGrowing={file.state === "writing"} />
    </div>
  );
}
