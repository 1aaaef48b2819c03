/**
 * What the log of a turn says so far. Pure: `apply(turn, entry, at)` gives the next picture of the turn. A page that
 * follows a turn feeds it entry by entry; one that opens a turn of last week feeds it what the rows kept.
 *
 * @typedef {"waiting"|"active"|"done"|"skipped"|"failed"} StepState
 * @typedef {{ name: string, state: StepState, ms: number, note: string, since: number }} Step
 *   `since` is when it became active, in milliseconds of the server's clock; 0 where nobody knows
 * @typedef {{ path: string, state: "writing"|"written"|"edited"|"deleted", lines: number, text: string }} LiveFile
 * @typedef {{ path: string, kind: string, message: string, line: number }} FreeRepair
 * @typedef {{ number: number, errors: string[], strategy: string, model: string }} ModelRepair
 * @typedef {{ steps: Step[], current: string, isMending: boolean, brief: object | null, questions: object[],
 *   summary: string, plan: string[], prose: string, files: LiveFile[], active: string,
 *   packages: { added: string[], refused: string[] }, freeRepairs: FreeRepair[],
 *   repairs: ModelRepair[], checks: object | null, findings: object[] | null, receipt: object | null,
 *   refund: null | { amount: number, reason: string }, refused: number,
 *   end: null | { status: string, version: number | null, error: string } }} LiveTurn
 */

export const STEP_NAMES = [
  "validate",
  "limits",
  "enhance",
  "plan",
  "generate",
  "repair",
  "check",
  "scan",
  "save",
  "preview",
];

/** Turns of before the steps were ten kept this name. */
const RENAMED = { write: "generate" };

const waitingStep = (name) => ({ name, state: "waiting", ms: 0, note: "", since: 0 });

/** @returns {LiveTurn} */
export const waitingTurn = () => ({
  steps: STEP_NAMES.map(waitingStep),
  current: "",
  isMending: false,
  brief: null,
  questions: [],
  summary: "",
  plan: [],
  prose: "",
  files: [],
  active: "",
  packages: { added: [], refused: [] },
  freeRepairs: [],
  repairs: [],
  checks: null,
  findings: null,
  receipt: null,
  refund: null,
  refused: 0,
  end: null,
});

/** @returns {LiveTurn} */
export function apply(turn, entry, at = 0) {
  switch (entry.k) {
    case "step":
      return withStep(turn, entry, at);
    case "open":
    case "delta":
    case "close":
    case "edit":
    case "delete":
    case "rename":
      return withFileChange(turn, entry);
    case "bad":
    case "refused":
      return { ...withoutUnfinished(turn, entry.path), refused: turn.refused + 1 };
    case "prose":
      return { ...turn, prose: turn.prose + entry.text };
    case "resumed":
      return startedOver(turn, entry);
    case "done":
      return ended(turn, entry, at);
    default:
      return withThought(turn, entry);
  }
}

/** What the turn was about, what was found, and what it came to. */
function withThought(turn, { k, ...entry }) {
  switch (k) {
    case "brief":
      return { ...turn, brief: entry };
    case "questions":
      return { ...turn, questions: entry.questions ?? [] };
    case "plan":
      return { ...turn, summary: entry.summary ?? "", plan: (entry.steps ?? []).map(String) };
    case "packages":
      return withPackages(turn, entry);
    case "repaired":
      return { ...turn, freeRepairs: united(turn.freeRepairs, entry.repairs ?? []) };
    case "repair":
      return { ...turn, isMending: true, repairs: [...turn.repairs, modelRepair(entry)] };
    case "checks":
      return { ...turn, checks: entry };
    case "findings":
      return { ...turn, findings: entry.findings ?? [] };
    case "receipt":
      return { ...turn, receipt: entry };
    case "refund":
      return { ...turn, refund: { amount: entry.amount ?? 0, reason: entry.reason ?? "" } };
    default:
      return turn;
  }
}

/** Only those that not all apps have; a refusal that was followed by another try still tells something. */
function withPackages(turn, { said = [], refused = [] }) {
  const { added, refused: before } = turn.packages;
  const packages = { added: [...new Set([...added, ...said])], refused: [...new Set([...before, ...refused])] };
  return { ...turn, packages };
}

/** What is told twice, as after a lost connection, counts once. */
function united(known, told) {
  const keys = new Set(known.map((repair) => JSON.stringify(repair)));
  return [...known, ...told.filter((repair) => !keys.has(JSON.stringify(repair)))];
}

const modelRepair = ({ number, errors = [], strategy = "fix", model = "" }) => ({ number, errors, strategy, model });

function withStep(turn, { name: given, state, ms, note = "" }, at) {
  const name = RENAMED[given] ?? given;
  const place = turn.steps.findIndex((step) => step.name === name);
  if (place < 0) return turn;
  const before = turn.steps[place];
  const isActive = state === "active";
  const step = {
    ...before,
    state,
    note,
    since: isActive ? at : before.since,
    ms: isActive ? before.ms : (ms ?? elapsed(before, at)),
  };
  return {
    ...turn,
    steps: turn.steps.with(place, step),
    current: isActive ? name : turn.current,
    isMending: isActive || name === "check" ? false : turn.isMending,
  };
}

const elapsed = (step, at) => (at && step.since ? Math.max(0, at - step.since) : step.ms);

/** Nothing goes on any more, also of what nobody lived to end. */
function ended(turn, { status, version, error = "" }, at) {
  const outcome = { succeeded: "done", failed: "failed" }[status] ?? "skipped";
  const steps = turn.steps.map((step) => {
    if (step.state === "active") return { ...step, state: outcome, ms: elapsed(step, at) };
    return step.state === "waiting" ? { ...step, state: "skipped" } : step;
  });
  return { ...turn, steps, isMending: false, active: "", end: { status, version, error } };
}

/** An earlier attempt died: this is what it had completed, and the next one goes on from there. */
function startedOver(turn, { prose, files }) {
  const kept = new Map(turn.files.map((file) => [file.path, file]));
  return {
    ...turn,
    isMending: false,
    repairs: [],
    refused: 0,
    active: "",
    prose: prose ?? "",
    files: (files ?? []).map((path) => {
      const { lines = 0, text = "" } = kept.get(path) ?? {};
      return { path, state: "written", lines, text };
    }),
  };
}

function withFileChange(turn, entry) {
  const { k, path } = entry;
  switch (k) {
    case "open":
      return { ...withFile(turn, path, () => ({ state: "writing", lines: 1, text: "" })), active: path };
    case "delta":
      return { ...withFile(turn, path, (file) => grown(file, entry.text)), active: path };
    case "close":
      return withFile(turn, path, () => ({ state: "written", lines: entry.lines }));
    case "edit":
      return { ...withFile(turn, path, () => ({ state: "edited" })), active: path };
    case "delete":
      return withFile(turn, path, () => ({ state: "deleted", lines: 0, text: "" }));
    default:
      return renamed(turn, path, entry.to);
  }
}

function withFile(turn, path, change) {
  const at = turn.files.findIndex((file) => file.path === path);
  const before = turn.files[at] ?? { path, state: "writing", lines: 0, text: "" };
  const after = { ...before, ...change(before) };
  const files = at < 0 ? [...turn.files, after] : turn.files.with(at, after);
  return { ...turn, files };
}

function withoutUnfinished(turn, path) {
  return { ...turn, files: turn.files.filter((file) => file.path !== path || file.state !== "writing") };
}

function renamed(turn, from, to) {
  const { lines = 0, text = "" } = turn.files.find((file) => file.path === from) ?? {};
  const files = turn.files.filter((file) => file.path !== from && file.path !== to);
  return { ...turn, files: [...files, { path: to, state: "edited", lines, text }] };
}

function grown(file, piece) {
  return { state: "writing", text: file.text + piece, lines: file.lines + (piece.split("\n").length - 1) };
}
