/** Keys for the elements of lists that have none. */
import MagicString from "magic-string";
import { visitorKeys } from "oxc-parser";

import { ImportEdits } from "./import-edits.mjs";

const MEMBERS = ["id", "key", "slug", "uuid", "_id"]; // what tells the elements of a list apart

/** @type {import("./repair.mjs").Kind} */
export function keys(source) {
  if (!/x$/.test(source.lang) || !/\.(?:map|flatMap)\(/.test(source.text)) return null;
  const work = { source, text: new MagicString(source.text), repairs: [], needsFragment: false };
  for (const callback of listCallbacks(source.program)) giveKey(callback, work);
  if (work.repairs.length === 0) return null;
  const text = work.text.toString();
  if (!work.needsFragment || source.scope.declared.has("Fragment")) return { text, repairs: work.repairs };
  const edits = new ImportEdits(source.with(text));
  edits.add({ specifier: "react", imported: "Fragment", local: "Fragment", isType: false });
  return { text: edits.finish(), repairs: work.repairs };
}

/** The functions given to `.map` whose results are shown as they are. */
function listCallbacks(program) {
  const found = [];
  const pending = [program];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node.type === "JSXExpressionContainer") shown(node.expression, found);
    for (const key of visitorKeys[node.type] ?? []) {
      const child = node[key];
      if (Array.isArray(child)) pending.push(...child.filter(Boolean));
      else if (child) pending.push(isAttribute(node, child) ? child.expression : child);
    }
  }
  return found;
}

/** What becomes of a list in an attribute is the component's affair. */
const isAttribute = ({ type }, child) => type === "JSXAttribute" && child.type === "JSXExpressionContainer";

function shown(expression, found) {
  if (expression.type === "LogicalExpression") {
    shown(expression.left, found);
    shown(expression.right, found);
  } else if (expression.type === "ConditionalExpression") {
    shown(expression.consequent, found);
    shown(expression.alternate, found);
  } else if (expression.type === "ParenthesizedExpression" || expression.type === "ChainExpression") {
    shown(expression.expression, found);
  } else if (expression.type === "CallExpression") {
    const { callee, arguments: given } = expression;
    const isMap =
      callee.type === "MemberExpression" && !callee.computed && /^(?:map|flatMap)$/.test(callee.property.name);
    if (isMap && /^(?:Arrow)?Function(?:Expression)?$/.test(given[0]?.type ?? "")) found.push(given[0]);
  }
}

function giveKey(callback, work) {
  const elements = results(callback).filter(lacksKey);
  if (elements.length === 0 || callback.params.length === 0) return;
  const key = keyFor(callback, elements, work);
  if (key === null) return;
  for (const element of elements) {
    if (element.type === "JSXFragment") {
      work.needsFragment = true;
      work.text.overwrite(element.openingFragment.start, element.openingFragment.end, `<Fragment key={${key}}>`);
      work.text.overwrite(element.closingFragment.start, element.closingFragment.end, "</Fragment>");
    } else
      work.text.appendLeft((element.openingElement.typeArguments ?? element.openingElement.name).end, ` key={${key}}`);
    work.repairs.push({
      kind: "key",
      message: `Gave the elements of a list their key, ${key}`,
      line: work.source.line(element.start),
    });
  }
}

/** The elements a function gives back. */
function results({ body }) {
  if (body.type !== "BlockStatement") return elements(body);
  const found = [];
  const pending = [...body.body];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node.type === "ReturnStatement" && node.argument) found.push(...elements(node.argument));
    else if (/Statement$|^SwitchCase$/.test(node.type)) pending.push(...nested(node));
  }
  return found;
}

const nested = ({ body, consequent, alternate, cases, block }) =>
  [body, consequent, alternate, cases, block].flat().filter(Boolean);

function elements(node) {
  if (node.type === "ParenthesizedExpression") return elements(node.expression);
  if (node.type === "ConditionalExpression") return [...elements(node.consequent), ...elements(node.alternate)];
  if (node.type === "LogicalExpression") return elements(node.right);
  return node.type === "JSXElement" || node.type === "JSXFragment" ? [node] : [];
}

function lacksKey(element) {
  if (element.type === "JSXFragment") return true;
  return !element.openingElement.attributes.some(
    ({ type, name }) => type === "JSXSpreadAttribute" || name.name === "key",
  );
}

/** What tells the elements apart; adds the position as a parameter when nothing else does. */
function keyFor(callback, found, work) {
  const [item, position] = callback.params;
  const text = work.source.text.slice(callback.start, callback.end);
  if (item.type === "ObjectPattern") {
    const bound = new Map(
      item.properties.filter(({ key }) => key?.name).map(({ key, value }) => [key.name, value.name]),
    );
    for (const member of MEMBERS) if (bound.get(member)) return bound.get(member);
  } else if (item.type === "Identifier") {
    for (const member of MEMBERS)
      if (new RegExp(`\\b${RegExp.escape(item.name)}\\.${member}\\b`).test(text)) return `${item.name}.${member}`;
  }
  if (position) return position.type === "Identifier" ? position.name : null;
  const name = ["index", "position", "place"].find((one) => !new RegExp(`\\b${one}\\b`).test(text));
  if (!name) return null;
  const hasParentheses = work.source.text.slice(callback.start, item.start).includes("(");
  if (hasParentheses) work.text.appendLeft(item.end, `, ${name}`);
  else work.text.appendRight(item.start, "(").appendLeft(item.end, `, ${name})`);
  return name;
}
