/** A few packages, and the shortest way to a repaired file. */
import assert from "node:assert/strict";

import { repairFiles } from "../../../overskill/bundler/core/repair/repair.mjs";

const ICONS = [
  "Plus",
  "Trash2",
  "CircleCheck",
  "Calendar",
  "LayoutDashboard",
  "Table",
  "Link",
  "Circle",
  "Search",
  "X",
];
const PACKAGES = {
  react: ["default", "useState", "useEffect", "Fragment"],
  "react-dom/client": ["createRoot", "default"],
  "react-router-dom": ["Link", "Route", "Routes"],
  recharts: ["Bar", "BarChart", "Tooltip"],
  clsx: ["clsx", "default"],
  "lodash-es": ["debounce"],
  "canvas-confetti": ["default", "create"],
  "motion/react": ["motion", "AnimatePresence"],
  "@radix-ui/react-dialog": ["Root", "Content"],
  "lucide-react": ICONS,
};

export const vendor = {
  packages: new Set(Object.keys(PACKAGES).map((name) => name.replace(/^((?:@[^/]+\/)?[^/]+).*/, "$1"))),
  icons: Object.fromEntries(ICONS.map((name) => [name, [name.toLowerCase(), []]])),
  stylesheets: new Map([["tailwindcss", ""]]),
  has: (specifier) => Object.hasOwn(PACKAGES, specifier),
  exportsOf: (specifier) => (PACKAGES[specifier] ? new Set(PACKAGES[specifier]) : null),
};

const MAIN =
  'import { createRoot } from "react-dom/client";\nimport App from "./App";\n\ncreateRoot(document.getElementById("root")!).render(<App />);\n';
const APP = "export default function App() {\n  return null;\n}\n";

export const app = (files) => ({ "src/main.tsx": MAIN, "src/App.tsx": APP, ...files });

export function repair(files, { isFinal = true, paths = Object.keys(files), ...more } = {}) {
  return repairFiles(app(files), paths, { vendor, isFinal, isPoison: () => false, ...more });
}

/** `src/a.tsx` becomes `after`, and stays like that. */
export async function assertRepaired(before, after, { file = "src/a.tsx", others = {}, kind } = {}) {
  const { changes, repairs } = await repair({ ...others, [file]: before });
  assert.equal(changes[file], after);
  if (kind) assert.deepEqual([...new Set(repairs.map((one) => one.kind))], [kind]);
  const again = await repair({ ...others, ...withoutNull(changes) });
  assert.deepEqual(again.changes, {});
}

export async function assertLeft(text, { file = "src/a.tsx", others = {}, isFinal = true } = {}) {
  const { changes, repairs } = await repair({ ...others, [file]: text }, { isFinal });
  assert.deepEqual(changes, {});
  assert.deepEqual(repairs, []);
}

const withoutNull = (changes) => Object.fromEntries(Object.entries(changes).filter(([, text]) => text !== null));
