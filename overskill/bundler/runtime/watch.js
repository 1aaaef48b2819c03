/** Errors that nobody caught, and the route. */
import { framesOf } from "./stacks.js";
import { clip } from "./values.js";
import { textOf } from "./watch-console.js";

const LONGEST_STACK = 8000;

/** @param {(error: ReturnType<typeof described>) => void} report */
export function watchErrors(report) {
  addEventListener("error", ({ error, message }) => {
    if (error || message) report(described(error ?? message, "error"));
  });
  addEventListener("unhandledrejection", ({ reason }) => report(described(reason, "rejection")));
}

/** @returns {{kind: string, message: string, stack: string, frames: object[]}} */
export function described(error, kind) {
  const stack = String(error?.stack ?? "").slice(0, LONGEST_STACK);
  const message = clip(error?.message ? `${error.name ?? "Error"}: ${error.message}` : textOf([error]));
  return { kind, message, stack, frames: framesOf(stack) };
}

export function watchRoute(post) {
  let last = null;
  const tell = () => {
    const path = location.pathname + location.search + location.hash;
    if (path !== last) post("route", { path });
    last = path;
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...values) {
      original.apply(this, values);
      tell();
    };
  }
  addEventListener("popstate", tell);
  addEventListener("hashchange", tell);
  tell();
}
