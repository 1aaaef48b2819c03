export interface Need {
  item: string;
  /** What it is needed for. */
  uses: string[];
}

/** "Eggs, milk" of several plans as one list by the alphabet, each thing once. */
export function collectNeeds(plans: { name: string; needs: string }[]): Need[] {
  const found = new Map<string, Need>();
  for (const { name, needs } of plans) {
    for (const part of needs.split(/[,;\n]/)) {
      const item = part.trim();
      if (!item) continue;
      const shown = item.charAt(0).toUpperCase() + item.slice(1);
      const known = found.get(shown.toLowerCase()) ?? { item: shown, uses: [] };
      if (!known.uses.includes(name)) known.uses.push(name);
      found.set(shown.toLowerCase(), known);
    }
  }
  return [...found.values()].toSorted((a, b) => a.item.localeCompare(b.item));
}
