/** Values that are written out in code: which they are, and how they are written. */
import { decode, writeString } from "./texts.mjs";

const DEEPEST = 8;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** @returns {{value: unknown} | null}  null where it has to be computed */
export function readLiteral(node, depth = 0) {
  if (!node || depth > DEEPEST) return null;
  switch (node.type) {
    case "ParenthesizedExpression":
      return readLiteral(node.expression, depth);
    case "Literal":
      return ["string", "number", "boolean"].includes(typeof node.value) && !node.regex && !node.bigint
        ? { value: node.value }
        : null;
    case "UnaryExpression":
      return node.operator === "-" && typeof node.argument.value === "number" ? { value: -node.argument.value } : null;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? { value: node.quasis[0].value.cooked } : null;
    case "ArrayExpression":
      return readArray(node, depth);
    case "ObjectExpression":
      return readObject(node, depth);
    default:
      return null;
  }
}

function readArray(node, depth) {
  const values = node.elements.map((element) => readLiteral(element, depth + 1));
  return values.every(Boolean) ? { value: values.map(({ value }) => value) } : null;
}

function readObject(node, depth) {
  const found = {};
  for (const property of node.properties) {
    const isPlain = property.type === "Property" && !property.computed && !property.method && !property.shorthand;
    const value = isPlain ? readLiteral(property.value, depth + 1) : null;
    const name = property.key?.name ?? property.key?.value;
    if (!value || typeof name !== "string" || name === "__proto__" || Object.hasOwn(found, name)) return null;
    found[name] = value.value;
  }
  return { value: found };
}

/** @returns {{value: unknown} | null}  of an attribute; null where code stands in it */
export function readAttribute({ value }) {
  if (value === null) return { value: true };
  if (value.type === "Literal") return { value: decode(value.value) };
  return value.type === "JSXExpressionContainer" ? readLiteral(value.expression) : null;
}

export function writeAttribute(name, value) {
  if (value === true) return name;
  const isPlain =
    typeof value === "string" && !/["\r\n\t\u0000-\u001f\u2028\u2029]/.test(value) && decode(value) === value;
  return isPlain ? `${name}="${value}"` : `${name}={${writeValue(value)}}`;
}

function writeValue(value) {
  if (typeof value === "string") return writeString(value);
  if (Array.isArray(value)) return `[${value.map(writeValue).join(", ")}]`;
  if (value === null || typeof value !== "object") return String(value);
  const members = given(value).map(([name, one]) => {
    return `${IDENTIFIER.test(name) ? name : writeString(name)}: ${writeValue(one)}`;
  });
  return members.length > 0 ? `{ ${members.join(", ")} }` : "{}";
}

const given = (value) => Object.entries(value).filter(([, one]) => one !== undefined && one !== null);

/** Whether a value could be written out, and be read as what it was. */
export function isWritable(value, depth = 0) {
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((one) => isWritable(one, depth + 1));
  if (value !== null && typeof value === "object") {
    return given(value).every(([name, one]) => name !== "__proto__" && isWritable(one, depth + 1));
  }
  return ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}

export function isSame(one, other) {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [given(one), given(other)];
  return left.length === right.length && left.every(([name, value]) => isSame(value, other[name]));
}
