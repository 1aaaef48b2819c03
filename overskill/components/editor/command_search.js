/**
 * Finding a command by some words or letters, and which come first. Pure.
 *
 * @typedef {import("./commands.js").Command} Command
 */

const RECENT = "Recent";
const MOST_RECENT = 4;

/** How well a command fits; 0 when it does not. */
export function fit(query, { title, words = "", group }) {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const name = title.toLowerCase();
  const others = `${words} ${group}`.toLowerCase();
  let score = 1;
  for (const word of wanted) {
    const worth = fitOf(word, name) * 2 || fitOf(word, others);
    if (!worth) return 0;
    score += worth;
  }
  return score + (name.startsWith(query.trim().toLowerCase()) ? 10 : 0);
}

function fitOf(word, text) {
  if (text.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(word))) return 4;
  if (text.includes(word)) return 3;
  return isWithin(word, text) && word.length > 2 ? 1 : 0;
}

/** Whether the letters come in this order, with others between. */
function isWithin(word, text) {
  let at = -1;
  return [...word].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

/**
 * In groups, as the palette shows them. Without a query those used last come first; with one the best do.
 *
 * @param {string} query
 * @param {Command[]} commands
 * @param {string[]} recent  ids, the newest first
 * @returns {{ group: string, commands: Command[] }[]}
 */
export function arranged(query, commands, recent) {
  if (!query.trim()) {
    const byId = new Map(commands.map((command) => [command.id, command]));
    const used = recent.flatMap((id) => byId.get(id) ?? []).slice(0, MOST_RECENT);
    const others = grouped(commands.filter((command) => !used.includes(command)));
    return used.length ? [{ group: RECENT, commands: used }, ...others] : others;
  }
  const used = (command) => (recent.includes(command.id) ? 1 : 0);
  const fits = commands.map((command) => ({ command, score: fit(query, command) })).filter(({ score }) => score);
  fits.sort((one, other) => other.score - one.score || used(other.command) - used(one.command));
  const best = fits.map(({ command }) => command);
  const groups = grouped(best);
  return groups.sort((one, other) => best.indexOf(one.commands[0]) - best.indexOf(other.commands[0]));
}

const FIRST = ["Go to", "Chat", "View", "App"];
const LAST = "Help";

/** By their groups: those of the page itself first, then others in the order of their first commands. */
export function grouped(commands) {
  const groups = new Map();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  const rank = (group) => (group === LAST ? FIRST.length + 1 : FIRST.includes(group) ? FIRST.indexOf(group) : FIRST.length);
  return [...groups]
    .map(([group, members]) => ({ group, commands: members }))
    .sort((one, other) => rank(one.group) - rank(other.group));
}

/** The ids used last, with this one in front. */
export const withRecent = (recent, id) => [id, ...recent.filter((each) => each !== id)].slice(0, 12);
