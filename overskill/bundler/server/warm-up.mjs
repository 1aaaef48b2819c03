/** Compiles an app nobody sees, so that the first one somebody does see does not pay for loading the compilers. */
import { App } from "../core/app.mjs";

const FILES = {
  "src/main.tsx": `import { Plus } from "lucide-react"; import "./index.css"; import { App } from "./App"; App; Plus;`,
  "src/App.tsx": `export const App = async () => { await 0; return <p className="flex dark:p-4 md:grid">Hi</p>; };`,
  "src/index.css": `@import "tailwindcss"; @layer base { :root { --a: 1 } body { @apply bg-black text-white; } }`,
};

export async function warmUp(vendor) {
  await new App("warm-up", vendor).apply(new Map(Object.entries(FILES)));
}
