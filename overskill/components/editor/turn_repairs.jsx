import { Bot, Wrench } from "lucide-react";
import { Fold } from "./fold.jsx";
import { attemptWords, counted, freeRepairsWords } from "./turn_words.js";

/** What was put right without a model, and costs nothing. */
export function FreeRepairsFold({ repairs }) {
  if (!repairs.length) return null;
  return (
    <Fold Icon={Wrench} tone="positive" words={freeRepairsWords(repairs)}>
      <ul className="space-y-1">
        {repairs.map(({ path, message, line }, index) => (
          <li key={index} className="min-w-0">
            <span className="text-ink">{message}</span>{" "}
            <span className="break-all font-mono text-xs text-faint">{line ? `${path}:${line}` : path}</span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

/** What a model was asked to mend, try by try. */
export function ModelRepairsFolds({ repairs }) {
  return repairs.map((repair) => (
    <Fold
      key={repair.number}
      Icon={Bot}
      tone="warning"
      words={attemptWords(repair)}
      aside={counted(repair.errors.length, "problem")}
    >
      <ErrorList errors={repair.errors} />
    </Fold>
  ));
}

export function ErrorList({ errors }) {
  return (
    <ul className="mt-1 space-y-1">
      {errors.map((error, index) => (
        <li key={index} className="break-words rounded-md bg-sunken px-2 py-1 font-mono text-xs text-soft">
          {error}
        </li>
      ))}
    </ul>
  );
}
