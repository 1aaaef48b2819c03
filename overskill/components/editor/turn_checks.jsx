import { useState } from "react";
import { CircleCheck, CircleX, ShieldAlert, ShieldCheck, Wrench } from "lucide-react";
import { Fold, Part } from "./fold.jsx";
import { ErrorList } from "./turn_repairs.jsx";
import { CheckList } from "./turn_thoughts.jsx";
import {
  checksReport,
  checksWords,
  counted,
  findingReport,
  findingsWords,
  isSound,
  placeOfFinding,
  problemsOf,
} from "./turn_words.js";

/** What was tried, and what came of it. `isKept` once the version is saved: only then is there a picture to ask for. */
export function ChecksFold({ checks, isKept, onFix }) {
  if (!checks) return null;
  const { results = [], routes = [], lint = [] } = checks;
  const problems = problemsOf(checks);
  return (
    <Fold
      Icon={isSound(checks) ? CircleCheck : CircleX}
      tone={isSound(checks) ? "positive" : "danger"}
      words={checksWords(checks)}
    >
      <div className="flex flex-wrap gap-4">
        <div className="min-w-52 flex-1">
          <CheckList checks={basicsOf(checks)} />
          {results.length ? (
            <Part title="Tried in a browser">
              <CheckList checks={results} />
            </Part>
          ) : null}
          {routes.length ? <p className="mt-2 text-xs text-faint">Pages opened: {routes.join(", ")}</p> : null}
        </div>
        {isKept && checks.screenshot ? <Screenshot checksum={checks.screenshot} /> : null}
      </div>
      {problems.length ? (
        <Part title="Problems">
          <ErrorList errors={problems} />
        </Part>
      ) : null}
      {lint.length ? (
        <Part title="Could be tidier">
          <ErrorList errors={lint} />
        </Part>
      ) : null}
      {onFix && !isSound(checks) ? (
        <p className="mt-3">
          <FixButton onClick={() => onFix(checksReport(checks))} />
        </p>
      ) : null}
    </Fold>
  );
}

function basicsOf({ compiles, types = [], lint = [], browser, why_skipped: whySkipped, problems = [] }) {
  const tried = { passed: true, failed: false }[browser];
  return [
    { title: "It compiles", passed: compiles !== false },
    { title: types.length ? counted(types.length, "type error") : "Types are right", passed: compiles === false ? undefined : !types.length },
    { title: lint.length ? `${counted(lint.length, "hint")} of the linter` : "Nothing for the linter to say", passed: compiles === false ? undefined : true },
    tried === undefined
      ? { title: "Not tried in a browser", why: whySkipped }
      : { title: tried || !problems.length ? "It opens in a browser" : `${counted(problems.length, "problem")} in a browser`, passed: tried || !problems.length },
  ];
}

function Screenshot({ checksum }) {
  const [isMissing, setMissing] = useState(false);
  const address = `/thumbnails/${checksum}.webp`;
  if (isMissing) return null;
  return (
    <a href={address} target="_blank" rel="noreferrer" className="block w-44 shrink-0 self-start overflow-hidden rounded-lg border border-line">
      <img
        src={address}
        alt="The app as it was checked"
        loading="lazy"
        onError={() => setMissing(true)}
        className="block aspect-16/10 w-full bg-sunken object-cover object-top"
      />
    </a>
  );
}

const SEVERITY_STYLES = {
  critical: "bg-danger-soft text-danger",
  high: "bg-danger-soft text-danger",
  medium: "bg-warning-soft text-warning",
  low: "bg-hover text-soft",
};

/** What is unsafe in the code, the worst first, each with the place and what to do instead. */
export function FindingsFold({ findings, onFix }) {
  if (!findings) return null;
  if (!findings.length) return <Fold Icon={ShieldCheck} tone="positive" words={findingsWords(findings)} />;
  const isBad = findings.some(({ severity }) => severity === "critical" || severity === "high");
  return (
    <Fold Icon={ShieldAlert} tone={isBad ? "danger" : "warning"} words={findingsWords(findings)}>
      <ul className="space-y-3">
        {findings.map((finding, index) => (
          <Finding key={index} finding={finding} onFix={onFix} />
        ))}
      </ul>
    </Fold>
  );
}

function Finding({ finding, onFix }) {
  const { severity, message, fix } = finding;
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2">
        <span className={`rounded-md px-1.5 py-0.5 text-xs font-medium ${SEVERITY_STYLES[severity] ?? SEVERITY_STYLES.low}`}>{severity}</span>
        <span className="min-w-0 flex-1 break-all font-mono text-xs text-faint">{placeOfFinding(finding)}</span>
        {onFix ? <FixButton onClick={() => onFix(findingReport(finding))} /> : null}
      </p>
      <p className="mt-1 text-ink">{message}</p>
      {fix ? <p>{fix}</p> : null}
    </li>
  );
}

/** Sent once: the message that it becomes is in the chat then. */
function FixButton({ onClick }) {
  const [isSent, setSent] = useState(false);
  return (
    <button
      type="button"
      disabled={isSent}
      onClick={() => {
        setSent(true);
        onClick();
      }}
      className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-lg border border-strong bg-surface px-2 text-xs font-medium text-ink transition-colors duration-150 hover:bg-hover disabled:opacity-60"
    >
      <Wrench size={12} aria-hidden="true" />
      {isSent ? "Sent" : "Fix this"}
    </button>
  );
}
