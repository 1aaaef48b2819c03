import { placeOf } from "./preview_messages.js";
import { say } from "./use_window_events.js";

export const openFile = ({ file, line, column }) => say("overskill:open-file", { path: file, line, column });

/** A place in the app's code that leads there. @param {{ place: { file: string, line: number, column: number } }} props */
export function SourceLink({ place, className = "" }) {
  return (
    <button
      type="button"
      onClick={(event) => {
        event.stopPropagation();
        openFile(place);
      }}
      title={`Open ${placeOf(place)} in the code`}
      className={`truncate rounded font-mono text-xs text-accent-ink underline-offset-2 hover:underline ${className}`}
    >
      {placeOf(place)}
    </button>
  );
}
