/** Acceptance checks: coarse steps by what a person sees, tried with a real mouse and keyboard. */
import { setTimeout } from "node:timers/promises";

import { keyNamed } from "./keys.mjs";

const PATIENCE = 2_000; // ms until what a step is about must be there
const PAUSE = 80;
const MOST_STEPS = 30;

/** @typedef {{do: string, target: string, value: string}} Step */

/** @param {{title: string, steps: Step[]}} check  @returns {Promise<string>} why it fails, or nothing */
export async function tryCheck(page, { steps }) {
  page.acceptsDialogs = true; // "Delete it?" - yes, that was the point
  if (steps[0]?.do !== "open") await page.open("/");
  for (const [index, step] of steps.slice(0, MOST_STEPS).entries()) {
    const why = await (ACTIONS[step.do] ?? unknown)(page, step);
    if (why) return `Step ${index + 1} (${described(step)}): ${why}`;
  }
  return "";
}

const ACTIONS = {
  async open(page, { target }) {
    await page.open(routeOf(target));
    return (await page.ask("isBlank")) ? "Nothing is shown there." : "";
  },

  click: (page, { target }) => pointAt(page, "click", target),

  async fill(page, { target, value }) {
    const found = await until(() => page.ask("fill", target, value), isFound);
    if (found.done || found.why) return found.why ?? "";
    if (found.opens) return chooseFrom(page, found, value);
    await page.click(found);
    await page.ask("selectText");
    if (value === "") await page.press(keyNamed("Delete"));
    else await page.type(value);
    return "";
  },

  async choose(page, { target, value }) {
    const found = await until(() => page.ask("choose", target, value), isFound);
    if (found.done || found.why) return found.why ?? "";
    if (found.opens) return chooseFrom(page, found, value);
    await page.click(found);
    return "";
  },

  async press(page, { target }) {
    const key = keyNamed(target);
    if (!key) return "There is no such key.";
    await page.press(key);
    return "";
  },

  async see(page, { target }) {
    const isSeen = await until(() => page.ask("sees", target), Boolean);
    return isSeen ? "" : `It is not on the page, which says: ${await excerpt(page)}`;
  },

  async not_see(page, { target }) {
    await page.settle(PATIENCE / 4);
    const isSeen = await until(
      () => page.ask("shows", target),
      (shown) => !shown,
    );
    return isSeen ? "It is still on the page." : "";
  },
};

const unknown = async (_page, step) => `“${step.do}” is not a step that can be tried.`;
const isFound = ({ why }) => !why;

async function pointAt(page, question, ...values) {
  const found = await until(() => page.ask(question, ...values), isFound);
  if (found.why) return found.why;
  await page.click(found);
  return "";
}

async function chooseFrom(page, trigger, value) {
  await page.click(trigger);
  return pointAt(page, "option", value);
}

/** Asks until the answer is good enough, for two seconds; then the last answer. */
async function until(ask, isGood) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (isGood(answer) || performance.now() > end) return answer;
    await setTimeout(PAUSE);
  }
}

async function excerpt(page) {
  const text = await page.ask("text");
  return text ? `“${text.slice(0, 160)}”` : "nothing.";
}

function described({ do: action, target, value }) {
  const what = action === "not_see" ? "don't see" : action;
  return value ? `${what} “${target}”: “${value}”` : `${what} “${target}”`;
}

/** "/tasks", "tasks", "https://anything/tasks" -> "/tasks" */
export function routeOf(target) {
  const path = target.trim().replace(/^https?:\/\/[^/]*/i, "");
  return path.startsWith("/") ? path : `/${path}`;
}
