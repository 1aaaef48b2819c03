/**
 * The versions that were read so far, and how they are shown. Pure.
 *
 * @typedef {{ number: number, note: string, name: string, is_pinned: boolean, cause: string, author: string, at: string,
 *   builds: boolean, is_current: boolean, has_files_of_now: boolean, screenshot: string, turn: string, files: number,
 *   published: { environment: string, at: string, is_live: boolean }[] }} Version
 */

export const FILTERS = [
  ["", "All"],
  ["generation", "Turns"],
  ["edit", "Edits"],
  ["published", "Published"],
  ["kept", "Kept"],
];

const CAUSES = {
  generation: "Asked for",
  edit: "Edited",
  restore: "Restored",
  duplicate: "Copied",
  import: "Imported",
  push: "Pushed to GitHub",
  update: "Updated",
};

/** With another page of them, newest first; what is told again counts as it is told now. */
export function merged(known, page) {
  const versions = new Map(known.map((version) => [version.number, version]));
  for (const version of page) versions.set(version.number, version);
  return [...versions.values()].toSorted((one, other) => other.number - one.number);
}

/** What the newest page says, and what was read before it: where the two do not meet, only the page is certain. */
export function refreshed(known, page, hasMore) {
  const oldest = page.at(-1)?.number ?? 0;
  const rest = known.filter(({ number }) => number < oldest);
  const isWhole = !hasMore || rest.some(({ number }) => number === oldest - 1);
  return isWhole ? merged(rest, page) : page;
}

/** By day, in the reader's own time. @returns {{ title: string, versions: Version[] }[]} */
export function byDay(versions, now = new Date()) {
  const days = [];
  for (const version of versions) {
    const title = dayOf(new Date(version.at), now);
    if (days.at(-1)?.title === title) days.at(-1).versions.push(version);
    else days.push({ title, versions: [version] });
  }
  return days;
}

function dayOf(date, now) {
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  const isThisYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString("en", { weekday: "long", day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) });
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

export const titleOf = ({ name, note }) => name || note;

/** "Edited by Ada · 3 files" */
export function factsOf({ cause, author, files }) {
  const made = `${CAUSES[cause] ?? "Made"} by ${author}`;
  return files ? `${made} · ${files} file${files === 1 ? "" : "s"}` : made;
}

/** What a version is compared with at first: the one before it. */
export const pairOf = (number) => ({ before: Math.max(0, number - 1), after: number });

/** Lines that came and went in all files. */
export function totals(files) {
  return files.reduce(({ added, removed }, file) => ({ added: added + file.added, removed: removed + file.removed }), {
    added: 0,
    removed: 0,
  });
}
