/** The script that runs inside every preview, bundled from runtime/ when the daemon starts. */
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

import { digest } from "../core/compile.mjs";

export async function bundleRuntime() {
  const input = fileURLToPath(new URL("../runtime/main.js", import.meta.url));
  const bundle = await rolldown({ input, platform: "browser", logLevel: "warn" });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  await bundle.close();
  const text = output[0].code;
  return { name: `runtime-${digest(text)}.js`, text };
}
