/** Choosing one of many repositories. */

const MOST_SHOWN = 100;

/** Those whose names have all the words, in any order. @template {{name: string}} T @param {T[]} repositories @returns {T[]} */
export function matching(repositories, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return repositories.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word))).slice(0, MOST_SHOWN);
}

/** The default branch first, then by name. @param {string[]} branches */
export function branchesInOrder(branches, first) {
  return [first, ...branches.filter((branch) => branch !== first).sort((one, other) => one.localeCompare(other))];
}
