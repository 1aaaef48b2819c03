/** A turn in words: its steps, what was put right, what was found, what it cost. Pure. */

export const MOST_REPAIRS = 3;

/** What each step is called in the list, and what is said while it goes on. */
const STEPS = {
  validate: ["Read your message", "Reading your message"],
  limits: ["Check limits and credits", "Checking limits and credits"],
  enhance: ["Understand what you need", "Working out what you need"],
  plan: ["Plan", "Planning"],
  generate: ["Write the files", "Writing the files"],
  repair: ["Fix slips, free of charge", "Fixing slips, free of charge"],
  check: ["Try the app", "Trying the app"],
  scan: ["Look for unsafe code", "Looking for unsafe code"],
  save: ["Save the version", "Saving this version"],
  preview: ["Show it", "Showing it"],
};

const END_WORDS = { succeeded: "Finished", stopped: "Stopped", failed: "It did not work out" };

export const stepTitle = (name) => STEPS[name]?.[0] ?? name;

/** What is happening right now, in one line. */
export function statusWords(turn) {
  if (turn.end) return endWords(turn);
  if (turn.isMending) return mendingWords(turn.repairs.at(-1));
  if (turn.current === "generate") return writingWords(turn);
  return STEPS[turn.current]?.[1] ?? "Getting ready";
}

function endWords({ end, questions, plan }) {
  if (end.status !== "succeeded" || end.version) return END_WORDS[end.status] ?? "Finished";
  if (questions.length) return `${counted(questions.length, "question")} first`;
  return plan.length ? "The plan is ready" : "Finished";
}

function mendingWords({ number, errors }) {
  return `Mending ${counted(errors.length, "problem")} (attempt ${number} of ${MOST_REPAIRS})`;
}

function writingWords(turn) {
  const file = turn.files.find(({ path }) => path === turn.active);
  if (file?.state === "writing") return `Writing ${file.path}`;
  if (file?.state === "edited") return `Changing ${file.path}`;
  return turn.files.length ? "Going on" : turn.prose ? "Writing an answer" : "Writing the files";
}

const STRATEGIES = { another_model: "the files written anew" };

/** "Attempt 2 of 3: the files written anew"; a `revert` is no attempt, but the end of them. */
export function attemptWords({ number, strategy }) {
  if (strategy === "revert") return "It made things worse, so it was taken back";
  const how = STRATEGIES[strategy];
  return `Attempt ${number} of ${MOST_REPAIRS}${how ? `: ${how}` : ""}`;
}

const REPAIRED = {
  import: "import",
  export: "export",
  icon: "icon name",
  package: "missing package",
  key: "missing key",
  extension: "file name",
  duplicate: "duplicate name",
  tag: "unclosed tag",
  tailwind: "style rule",
  side_effect: "side effect",
};

/** "Fixed 3 imports and 1 icon name, free of charge" */
export function freeRepairsWords(repairs) {
  const counts = new Map();
  for (const { kind } of repairs) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => counted(count, REPAIRED[kind] ?? "slip"));
  return `Fixed ${listed(parts)}, free of charge`;
}

/** "Added three and swiper" */
export function packagesWords({ added, refused }) {
  if (added.length === 0) return `Could not add ${counted(refused.length, "package")}`;
  return `Added ${listed(added.map((sentence) => sentence.split(" ")[0]))}`;
}

/** "Checked in a browser: 5 of 5" */
export function checksWords(checks) {
  const problems = problemsOf(checks).length;
  if (checks.compiles === false) return "It does not compile";
  const passed = checks.results?.filter((result) => result.passed).length ?? 0;
  const all = checks.results?.length ?? 0;
  const untried = checks.untried ? `, ${checks.untried} not tried` : "";
  const tried = all ? `: ${passed} of ${all}${untried}` : "";
  if (checks.browser === "skipped") return problems ? counted(problems, "problem") : "It compiles";
  if (checks.browser === "failed" && passed === all) return `Checked in a browser: ${counted(problems || 1, "problem")}`;
  return `Checked in a browser${tried || ": it works"}`;
}

export const problemsOf = (checks) => [
  ...(checks.problems ?? []).map(({ message, route }) => (route && route !== "/" ? `${route}: ${message}` : message)),
  ...(checks.types ?? []),
];

export const isSound = (checks) => checks.compiles !== false && checks.browser !== "failed" && !checks.types?.length;

const MOST_REPORTED = 8;

/** What failed, as somebody would ask in the chat to have it put right. */
export function checksReport(checks) {
  const broken = (checks.results ?? []).filter(({ passed }) => !passed);
  const promises = broken.map(({ title, why }) => (why ? `${title} (${why})` : title));
  const lines = [...problemsOf(checks), ...promises].slice(0, MOST_REPORTED).map((line) => `- ${line}`);
  return ["Please fix what the checks found:", ...lines].join("\n");
}

export const SEVERITIES = ["critical", "high", "medium", "low"];

/** "1 critical and 2 low findings", or that there is nothing. */
export function findingsWords(findings) {
  if (!findings.length) return "No unsafe code found";
  const parts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count ? [`${count} ${severity}`] : [];
  });
  return `${listed(parts)} ${findings.length === 1 ? "finding" : "findings"} in the code`;
}

export const placeOfFinding = ({ file, line }) => (line ? `${file}:${line}` : file);

/** A finding as somebody would ask in the chat to have it put right. */
export function findingReport({ file, line, message, fix }) {
  return `Please fix this in ${placeOfFinding({ file, line })}: ${message}${fix ? ` ${fix}` : ""}`;
}

/** Thousandths of a credit as a figure: "1.2", "1,250", "0.004". More places only where it would be 0 otherwise. */
export function creditFigure(amount) {
  const places = Math.abs(amount) < 100 ? 3 : 1;
  return (amount / 1000).toLocaleString("en", { maximumFractionDigits: places });
}

export function creditWords(amount) {
  const figure = creditFigure(amount);
  return `${figure} credit${figure === "1" ? "" : "s"}`;
}

/** "Refunded 1.2 credits: the error came back three times, …" */
export function refundWords({ amount, reason }) {
  const why = reason ? `: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}` : "";
  return `Refunded ${creditWords(amount)}${why}`;
}

/** Up to a cent it takes more places to say anything. */
export function moneyWords(micro) {
  const dollars = (micro ?? 0) / 1_000_000;
  if (!dollars) return "";
  return dollars >= 0.1 ? `$${dollars.toFixed(2)}` : `$${dollars.toFixed(4).replace(/0+$/, "")}`;
}

/** "0.4 s", "12 s", "1 min 5 s"; nothing where it took no time worth a word. */
export function secondsWords(ms) {
  const seconds = ms / 1000;
  if (seconds < 0.05) return "";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

export const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** "a, b and c" */
export function listed(parts) {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
