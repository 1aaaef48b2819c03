import { useEffect, useState } from "react";
import { History, ListChecks } from "lucide-react";
import { Fold } from "./fold.jsx";
import { FileChanges } from "./turn_changes.jsx";
import { apply, waitingTurn } from "./turn_log.js";
import { TurnOutcome } from "./turn_record.jsx";
import { StepList } from "./turn_steps.jsx";
import { BriefFold, PlanFold } from "./turn_thoughts.jsx";
import { secondsWords } from "./turn_words.js";

const records = new Map(); // of turns that are over, which never change again

/** All there is to tell of a turn behind a line of its own, for one that made no version. */
export function TurnStory({ turnId, words, aside, isOpenAtFirst, onFix }) {
  return (
    <section aria-label={words} className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
      <Fold Icon={History} words={words} aside={aside} isOpenAtFirst={isOpenAtFirst} isPadded={false}>
        <TurnRecord turnId={turnId} onFix={onFix} />
      </Fold>
    </section>
  );
}

/** All there is to tell of a turn that is over. It is read once this is shown. */
export function TurnRecord({ turnId, onFix }) {
  const [turn, setTurn] = useState(() => records.get(turnId));
  const [tries, setTries] = useState(0);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (turn) return undefined;
    const giveUp = new AbortController();
    setLost(false);
    readRecord(turnId, giveUp.signal).then(setTurn, () => giveUp.signal.aborted || setLost(true));
    return () => giveUp.abort();
  }, [turnId, tries]);
  if (isLost) return <Lost onRetry={() => setTries(tries + 1)} />;
  if (!turn) return <Loading />;
  return (
    <div className="border-t border-line" data-record={turnId}>
      <BriefFold brief={turn.brief} results={turn.checks?.results} />
      <PlanFold summary={turn.summary} steps={turn.plan} />
      <FileChanges turnId={turnId} files={turn.files} />
      <TurnOutcome turn={turn} onFix={onFix} />
      <StepsFold steps={turn.steps} seconds={turn.receipt?.seconds} />
    </div>
  );
}

async function readRecord(turnId, signal) {
  const answer = await fetch(`/api/turns/${turnId}`, { signal });
  if (!answer.ok) throw new Error(`The turn could not be read (${answer.status}).`);
  const { entries } = await answer.json();
  const turn = entries.reduce((before, entry) => apply(before, entry), waitingTurn());
  records.set(turnId, turn);
  return turn;
}

function StepsFold({ steps, seconds }) {
  if (!steps.some(({ state }) => state === "done" || state === "failed")) return null;
  return (
    <Fold Icon={ListChecks} words="Steps" aside={secondsWords((seconds ?? 0) * 1000)} isPadded={false}>
      <StepList steps={steps} />
    </Fold>
  );
}

function Loading() {
  return (
    <div role="status" className="flex flex-col gap-2.5 border-t border-line px-3.5 py-3.5">
      <span className="sr-only">Reading what happened</span>
      <span className="shimmer h-3.5 w-2/3 animate-shimmer rounded-md" />
      <span className="shimmer h-3.5 w-1/2 animate-shimmer rounded-md" />
    </div>
  );
}

function Lost({ onRetry }) {
  return (
    <p role="alert" className="flex items-center gap-2 border-t border-line px-3.5 py-2.5 text-[13px] text-soft">
      <span className="flex-1">This could not be read just now.</span>
      <button type="button" onClick={onRetry} className="rounded-md font-medium text-accent-ink hover:underline">
        Try again
      </button>
    </p>
  );
}
