/** The methods `describe_element` and `patch_element`: of one element of a text that the caller has. */
import { describeElement } from "../core/elements/describe.mjs";
import { patchElement } from "../core/elements/patch.mjs";
import { coloursOf } from "../core/elements/theme.mjs";
import { sameElement } from "../core/elements/tree.mjs";
import { isCode, Refused } from "../core/files.mjs";

/** `text` is what the position was taken from; other files, if the app is open, say more about its components. */
export async function describeElementOf(params, { apps, guard, formatting }) {
  const { file, text, position } = checked(params);
  formatting.wake(); // what is looked at is often changed next
  const files = await filesOf(params.key, apps);
  const element = await guarded(guard, text, () => describeElement(file, text, position, files));
  return { element, colours: coloursOf(files) };
}

export async function patchElementOf(params, { apps, guard, formatting }) {
  const { file, text, position } = checked(params);
  const files = await filesOf(params.key, apps);
  const patched = await guarded(guard, text, () => patchElement(file, text, position, params.operation, files));
  const tidied = await formatting.tidy({ path: file, text: patched.text, before: text });
  const element = await guarded(guard, text, () => {
    return describeElement(file, tidied.text, sameElement(file, patched, tidied.text), files);
  });
  return { text: tidied.text, element };
}

function checked({ file, text, line, column }) {
  const isPlace = Number.isInteger(line) && Number.isInteger(column);
  if (typeof file !== "string" || typeof text !== "string" || !isPlace)
    throw new Refused("invalid_input", "An element is a file, its text, and a place in it.");
  if (!isCode(file)) throw new Refused("invalid_input", `${file} is not code, so there are no elements in it.`);
  return { file, text, position: { line, column } };
}

async function filesOf(key, apps) {
  const entry = await apps.find(key);
  return entry?.app.files ?? new Map();
}

function guarded(guard, text, work) {
  if (guard.isPoison(text)) throw new Refused("invalid_input", "This file crashed the preview twice. Change its code.");
  return guard.watch([text], work);
}
