/**
 * What the live log of a turn says so far. Pure: `apply(turn, entry)` gives the next picture of the turn.
 *
 * @typedef {{ path: string, state: "writing"|"written"|"edited"|"deleted", lines: number, text: string }} LiveFile
 * @typedef {{ step: "waiting"|"writing"|"checking"|"repairing"|"saving"|"over", summary: string, plan: string[],
 *   prose: string, files: LiveFile[], active: string, repairs: number, problems: string[], refused: number,
 *   end: null | { status: string, version: number | null, error: string } }} LiveTurn
 */

/** @returns {LiveTurn} */
export const waitingTurn = () => ({
  step: "waiting",
  summary: "",
  plan: [],
  prose: "",
  files: [],
  active: "",
  repairs: 0,
  problems: [],
  refused: 0,
  end: null,
});

const STEPS = {
  "write active": "writing",
  "check active": "checking",
  "check done": "saving",
  "check failed": "saving",
};

/** @returns {LiveTurn} */
export function apply(turn, entry) {
  switch (entry.k) {
    case "plan":
      return { ...turn, summary: entry.summary ?? "", plan: (entry.steps ?? []).map(String) };
    case "prose":
      return { ...turn, prose: turn.prose + entry.text };
    case "open":
      return { ...withFile(turn, entry.path, () => ({ state: "writing", lines: 1, text: "" })), active: entry.path };
    case "delta":
      return { ...withFile(turn, entry.path, (file) => grown(file, entry.text)), active: entry.path };
    case "close":
      return withFile(turn, entry.path, () => ({ state: "written", lines: entry.lines }));
    case "edit":
      return { ...withFile(turn, entry.path, () => ({ state: "edited" })), active: entry.path };
    case "delete":
      return withFile(turn, entry.path, () => ({ state: "deleted", lines: 0, text: "" }));
    case "rename":
      return renamed(turn, entry.path, entry.to);
    case "bad":
    case "refused":
      return { ...withoutUnfinished(turn, entry.path), refused: turn.refused + 1 };
    case "repair":
      return { ...turn, step: "repairing", repairs: entry.number, problems: entry.errors ?? [] };
    case "step":
      return { ...turn, step: STEPS[`${entry.name} ${entry.state}`] ?? turn.step };
    case "resumed":
      return startedOver(turn, entry);
    case "done":
      return { ...turn, step: "over", end: { status: entry.status, version: entry.version, error: entry.error ?? "" } };
    default:
      return turn;
  }
}

/** An earlier attempt died: this is what it had completed, and the next one goes on from there. */
function startedOver(turn, { prose, files }) {
  const kept = new Map(turn.files.map((file) => [file.path, file]));
  return {
    ...waitingTurn(),
    step: "writing",
    summary: turn.summary,
    plan: turn.plan,
    prose: prose ?? "",
    files: (files ?? []).map((path) => {
      const { lines = 0, text = "" } = kept.get(path) ?? {};
      return { path, state: "written", lines, text };
    }),
  };
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

const PLURAL = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The turn in one line of words: what is happening right now. */
export function statusWords(turn) {
  switch (turn.step) {
    case "waiting":
      return "Getting ready";
    case "writing": {
      const file = turn.files.find(({ path }) => path === turn.active);
      if (file?.state === "writing") return `Writing ${file.path}`;
      if (file?.state === "edited") return `Changing ${file.path}`;
      return turn.files.length ? "Going on" : turn.prose || turn.plan.length ? "Planning" : "Reading your message";
    }
    case "checking":
      return "Checking that it compiles";
    case "repairing":
      return `Mending ${PLURAL(turn.problems.length, "problem")} (attempt ${turn.repairs})`;
    case "saving":
      return "Saving this version";
    default:
      return END_WORDS[turn.end?.status] ?? "Finished";
  }
}

const END_WORDS = { succeeded: "Finished", stopped: "Stopped", failed: "It did not work out" };
