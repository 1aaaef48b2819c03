/** Icons that lucide-react does not have -> the nearest it has, or a neutral one. */
import { ICONS } from "../vendor.mjs";
import { ImportEdits, readSpecifier } from "./import-edits.mjs";
import { RENAMED_ICONS } from "./icon-names.mjs";
import { distance, words } from "./names.mjs";

const NEUTRAL = "Circle";
const FILLERS = new Set([
  "icon",
  "lucide",
  "outline",
  "outlined",
  "solid",
  "fill",
  "filled",
  "line",
  "alt",
  "regular",
  "thin",
  "bold",
]);

/** @type {import("./repair.mjs").Kind} */
export function icons(source, app, budget) {
  const exports = app.vendor.exportsOf(ICONS);
  if (!exports || !source.text.includes(ICONS)) return null;
  const edits = new ImportEdits(source);
  const repairs = [];
  for (const declaration of edits.declarations) {
    if (declaration.source.value !== ICONS) continue;
    for (const specifier of declaration.specifiers) {
      const { imported, local, isType } = readSpecifier(declaration, specifier);
      if (budget.isOver) break;
      if (isType || imported === "*" || imported === "default" || exports.has(imported)) continue;
      if (!isUsed(local, source)) continue; // a type, for all the bundler knows
      const name = nearestIcon(imported, app.vendor.icons) ?? NEUTRAL;
      edits.text.overwrite(specifier.start, specifier.end, `${name} as ${local}`);
      const message =
        name === NEUTRAL
          ? `There is no icon like ${imported}: a circle is shown`
          : `Icon ${imported} is called ${name}`;
      repairs.push({ kind: "icon", message, line: source.line(specifier.start) });
    }
  }
  return repairs.length > 0 ? { text: edits.finish(), repairs } : null;
}

const isUsed = (local, source) =>
  source.scope.topLevel.get(local)?.some(({ use }) => use === "value" || use === "jsx") ?? false;

/** @returns {string | null} an icon that certainly exists */
export function nearestIcon(wanted, all) {
  const has = (name) => Object.hasOwn(all, name);
  const plain = wanted.replace(/^Lucide(?=[A-Z])/, "").replace(/(?:Icon|Outlined?|Solid|Filled?)+$/, "");
  for (const name of [plain, RENAMED_ICONS.get(plain), RENAMED_ICONS.get(wanted)]) if (name && has(name)) return name;
  const asked = words(plain).filter((word) => !FILLERS.has(word));
  if (asked.length === 0) return null;
  const catalogue = catalogueOf(all);
  return sameWords(asked, catalogue) ?? misspelt(plain, catalogue) ?? widest(asked, catalogue);
}

let known = { all: null, entries: [] };

/** Names and their words; aliases such as `LucideX` and `XIcon` left out. */
function catalogueOf(all) {
  if (known.all !== all) {
    const names = Object.keys(all).filter((name) => !/^Lucide[A-Z]|Icon$/.test(name));
    known = { all, entries: names.map((name) => ({ name, words: words(name) })) };
  }
  return known.entries;
}

const shortest = (entries) =>
  entries.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))[0]?.name ?? null;

/** `CheckCircle` for `CircleCheck`, and `Trash` with a number behind it. */
function sameWords(asked, catalogue) {
  const key = asked
    .filter((word) => !/^\d+$/.test(word))
    .toSorted()
    .join(" ");
  return shortest(
    catalogue.filter(
      (one) =>
        one.words
          .filter((word) => !/^\d+$/.test(word))
          .toSorted()
          .join(" ") === key,
    ),
  );
}

function misspelt(wanted, catalogue) {
  const most = wanted.length < 5 ? 1 : 2;
  const lower = wanted.toLowerCase();
  let best = [];
  let least = most;
  for (const entry of catalogue) {
    const far = distance(lower, entry.name.toLowerCase(), least);
    if (far > least) continue;
    best = far < least ? [entry] : [...best, entry];
    least = far;
  }
  return shortest(best);
}

/** The icon with most of the words that were asked for; the first word weighs most, and it must be there whole. */
function widest(asked, catalogue) {
  let best = [];
  let most = 0;
  for (const entry of catalogue) {
    const shared = asked.filter((word) => entry.words.includes(word));
    const score = shared.length * 10 - entry.words.length + (shared.includes(asked[0]) ? 2 : 0);
    if (shared.length === 0 || shared.every((word) => word.length < 3) || score < most) continue;
    best = score > most ? [entry] : [...best, entry];
    most = score;
  }
  return most > 0 ? shortest(best) : null;
}
