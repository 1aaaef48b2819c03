/** What a report on a zip says at a glance. */

const ORDER = ["adapted", "left_out", "taken"]; // what is to be read first

/** @param {import("./api.js").Report["lines"]} lines @returns {[string, object[]][]} those that have any, in order */
export function groups(lines) {
  return ORDER.map((verdict) => [verdict, lines.filter((line) => line.verdict === verdict)]).filter(
    ([, found]) => found.length > 0,
  );
}

/** @param {import("./api.js").Report} report */
export function summary({ name, lines, count: total }) {
  const count = (verdict) => lines.filter((line) => line.verdict === verdict).length;
  const parts = [
    [count("taken"), "taken"],
    [count("adapted"), "adapted"],
    [total - count("taken") - count("adapted"), "added for every app"],
    [count("left_out"), "left out"],
  ];
  const told = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return `${name}: ${told.join(", ")}.`;
}
