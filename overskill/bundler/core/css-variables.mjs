/** The quick way for the commonest edit of a theme: only values of custom properties changed. */
import { blocks } from "./css-delta.mjs";

const DECLARATION = /^\s*(--[\w-]+)\s*:\s*([^;{}]*?)\s*$/;
// Tailwind copies the values of these into utilities and media queries, so they need a real compile.
const COPIED = /^@(theme|utility|custom-variant|variant|media|container|supports|keyframes|property)\b/;

/**
 * @typedef {{path: string[], name: string, before: string, after: string}} VariableChange
 * @returns {VariableChange[] | null} null when anything else differs between the two stylesheets
 */
export function changedVariables(before, after, path = []) {
  const [old, now] = [blocks(before), blocks(after)];
  if (old.length !== now.length) return null;
  const changes = [];
  for (const [index, block] of now.entries()) {
    const was = old[index];
    if (was.text === block.text) continue;
    if (was.prelude !== block.prelude || block.body === null || COPIED.test(block.prelude)) return null;
    const inner = [...path, block.prelude];
    const found = block.prelude.startsWith("@")
      ? changedVariables(was.body, block.body, inner)
      : changedDeclarations(was.body, block.body, inner);
    if (found === null) return null;
    changes.push(...found);
  }
  return changes;
}

function changedDeclarations(before, after, path) {
  const [old, now] = [before.split(";"), after.split(";")];
  if (old.length !== now.length) return null;
  const changes = [];
  for (const [index, text] of now.entries()) {
    if (text === old[index]) continue;
    const [was, is] = [DECLARATION.exec(old[index]), DECLARATION.exec(text)];
    // Functions such as theme() and --spacing() are evaluated by the compiler.
    if (!was || !is || was[1] !== is[1] || /theme\(|--[\w-]+\(/.test(is[2] + was[2])) return null;
    changes.push({ path, name: is[1], before: was[2], after: is[2] });
  }
  return changes;
}

/** The compiled stylesheet with those values in place, or null when one of them can't be found for certain. */
export function withVariables(css, changes) {
  let text = css;
  for (const change of changes) {
    const next = withVariable(text, change.path, change);
    if (next === null) return null;
    text = next;
  }
  return text;
}

function withVariable(css, [prelude, ...inner], change) {
  const matches = blocks(css).filter((block) => block.prelude === prelude && block.body !== null);
  const changed = matches.flatMap((block) => {
    const body = inner.length > 0 ? withVariable(block.body, inner, change) : withDeclaration(block.body, change);
    return body === null ? [] : [[block, body]];
  });
  if (changed.length !== 1) return null;
  const [[block, body]] = changed;
  const at = css.indexOf(block.text);
  if (css.indexOf(block.text, at + 1) >= 0) return null;
  return (
    css.slice(0, at) +
    block.text.slice(0, block.text.length - block.body.length - 1) +
    body +
    "}" +
    css.slice(at + block.text.length)
  );
}

function withDeclaration(body, { name, before, after }) {
  const declaration = `${name}: ${before};`;
  const at = body.indexOf(declaration);
  if (at < 0 || /[\w-]/.test(body[at - 1] ?? "") || body.indexOf(`${name}:`, at + 1) >= 0) return null;
  return `${body.slice(0, at)}${name}: ${after};${body.slice(at + declaration.length)}`;
}
