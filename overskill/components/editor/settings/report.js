/** What a report on a zip says at a glance. */

const ORDER = ["adapted", "left_out", "taken"]; // what is to be read first

/** @param {import("./api.js").Report["lines"]} lines @returns {[string, object[]][]} those that have any, in order */
export function groups(lines) {
  return ORDER.map((verdict) => [verdict, lines.filter((line) => line.verdict === verdict)]).filter(
    ([, found]) => found.length > 0,
  );
}

/** @param {import("./api.js").Report} report */
export function summary({ name, lines }) {
  const count = (verdict) => lines.filter((line) => line.verdict === verdict).length;
  const parts = [`${count("taken")} taken`, `${count("adapted")} adapted`, `${count("left_out")} left out`];
  return `${name}: ${parts.join(", ")}.`;
}
