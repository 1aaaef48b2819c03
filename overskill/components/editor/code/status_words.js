/** How well what was typed is kept, in words: of the file in front, else of the one that is worst off. */

const WORST_FIRST = ["conflict", "refused", "offline", "saving"];
const WORDS = {
  saved: "Saved",
  saving: "Saving…",
  offline: "Offline: kept in this browser",
  conflict: "Not saved: changed by somebody else, too",
  refused: "Not saved",
};
const TONES = { offline: "warning", conflict: "danger", refused: "danger" };

/**
 * @param {Map<string, { status: string, problem: string, isReady: boolean }>} statuses
 * @param {string} active
 * @returns {{ words: string, tone: "" | "warning" | "danger" }}
 */
export function savedWords(statuses, active) {
  const open = [...statuses].filter(([, { isReady }]) => isReady);
  const [path, worst] = open.reduce(worse, [active, statuses.get(active) ?? { status: "saved" }]);
  const status = worst.isReady ? worst.status : "saved";
  const words = status === "refused" && worst.problem ? `Not saved. ${worst.problem}` : WORDS[status];
  const isElsewhere = path !== active && TONES[status] && status !== "offline" && status !== "refused";
  return { words: isElsewhere ? `${path.slice(path.lastIndexOf("/") + 1)}: ${words}` : words, tone: TONES[status] ?? "" };
}

function worse(one, other) {
  const place = ([, { status }]) => (WORST_FIRST.indexOf(status) + WORST_FIRST.length + 1) % (WORST_FIRST.length + 1);
  return place(other) < place(one) ? other : one;
}
