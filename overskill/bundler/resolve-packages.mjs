/**
 * Loaded before everything else (`node --import`): our npm packages live in the data folder, not beside this code,
 * so bare imports made by this code are looked up there.
 */
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const here = new URL(".", import.meta.url).href;
const tools = pathToFileURL(path.join(process.env.OVERSKILL_BUNDLER_TOOLS ?? "", "package.json")).href;
const isBare = (specifier) => !/^([./]|[a-z][a-z0-9+.-]*:)/.test(specifier);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isOurs = context.parentURL?.startsWith(here) && isBare(specifier);
    return nextResolve(specifier, isOurs ? { ...context, parentURL: tools } : context);
  },
});
