/**
 * How a component looks, worked out from its code without running any of it: the elements it shows with their classes,
 * its texts, and where what it is given goes. The canvas draws this with the values of each block.
 *
 * What can't be worked out is a blank.
 *
 * @typedef {string | number | boolean | null} Plain
 * @typedef {{prop: string} | {all: Value[]} | {pick: Value, from: Record<string, Value>} | {test: Value, then: Value, other: Value}
 *   | {is: Value, like: Value} | {not: Value} | {text: Value[]} | Plain | Sketch[] | object} Value
 * @typedef {{tag: string, cls: Value, kids: Value[], alt?: Value} | {blank: "words" | "list"}} Sketch
 */
import { componentsOf, isPart, withoutParentheses } from "./component.mjs";
import { ELEMENTS } from "./html.mjs";
import { readText, shownPart, decode } from "./texts.mjs";
import { nameOf } from "./tree.mjs";

const DEEPEST = 14;
const MOST_ELEMENTS = 160;
const MOST_ITEMS = 6;
const JOINING = new Set(["cn", "clsx", "cx", "classNames", "twMerge"]);
const UNKNOWN = Object.freeze({ unknown: true });
/** What only the running app knows, drawn as grey bars. */
const WORDS = Object.freeze({ blank: "words" });
const LIST = Object.freeze({ blank: "list" });
const UNSEEN = new Set([
  "MemberExpression",
  "CallExpression",
  "Identifier",
  "ChainExpression",
  "ConditionalExpression",
  "LogicalExpression",
  "TemplateLiteral",
]);
const isPlain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value);
const isKnown = (value) => value !== UNKNOWN && value !== undefined;

/** @returns {Sketch[]} [] when there is nothing to draw */
export function sketchOf(component, source, sources) {
  if (!component.root) return [];
  const sketcher = new Sketcher(sources);
  const names = sketcher.namesOf(component.callable, (name, fallback) => ({
    prop: name,
    ...(isKnown(fallback) && { or: fallback }),
  }));
  return plain(sketcher.shown(component.root, { names, source, depth: 0, rest: [{ prop: "children" }] }));
}

class Sketcher {
  #elements = 0;

  constructor(sources) {
    this.sources = sources;
  }

  /** What the names of a component's parameters stand for. `given` is asked for each. */
  namesOf({ params }, given) {
    const names = new Map();
    const [pattern] = params;
    const whole = pattern?.type === "AssignmentPattern" ? pattern.left : pattern;
    if (whole?.type === "Identifier") names.set(whole.name, { object: (name) => given(name, undefined) });
    if (whole?.type !== "ObjectPattern") return names;
    for (const property of whole.properties) {
      if (property.type !== "Property") continue;
      const { value } = property;
      const local = value.type === "AssignmentPattern" ? value.left : value;
      const fallback =
        value.type === "AssignmentPattern" ? this.value(value.right, { names: new Map(), depth: 0 }) : undefined;
      if (local.type === "Identifier") names.set(local.name, given(property.key.name ?? property.key.value, fallback));
    }
    return names;
  }

  /** @returns {Value[]} */
  shown(node, at) {
    const inner = withoutParentheses(node);
    if (at.depth > DEEPEST || this.#elements > MOST_ELEMENTS) return [];
    if (inner?.type === "JSXFragment") return this.kids(inner, at);
    if (inner?.type === "JSXElement") return this.element(inner, at);
    const value = this.value(inner, at);
    if (value === UNKNOWN) return [looksLikeList(inner) ? LIST : WORDS].filter(() => UNSEEN.has(inner?.type));
    return [value].flat().filter((one) => one !== null && typeof one !== "boolean");
  }

  kids(node, at) {
    return node.children.flatMap((child) => {
      if (child.type === "JSXText") return words(child, at.source.text);
      return child.type === "JSXExpressionContainer" ? this.shown(child.expression, at) : this.shown(child, at);
    });
  }

  /** What stands in an element, also where it comes with `{...props}`. */
  within(node, at) {
    const { selfClosing, attributes } = node.openingElement;
    return selfClosing && attributes.some(({ type }) => type === "JSXSpreadAttribute") ? at.rest : this.kids(node, at);
  }

  element(node, at) {
    this.#elements += 1;
    const name = nameOf(node.openingElement.name);
    const inner = { ...at, depth: at.depth + 1 };
    if (/^[A-Z]/.test(name)) return this.component(name, node, inner);
    if (!ELEMENTS.has(name.replace(/^motion\./, "")))
      return [{ tag: "i", cls: this.given(node, "className", at), kids: [] }];
    const tag = name.replace(/^motion\./, "");
    const more = tag === "img" ? { alt: this.given(node, "alt", at) } : {};
    return [{ tag, cls: this.given(node, "className", at), kids: this.within(node, inner), ...more }];
  }

  /** One of the app's own is drawn from its own code, with what it is given here; others are what is in them. */
  component(name, node, at) {
    const found = this.find(name, at.source);
    if (found && isPart(found.component)) return [];
    if (!found?.component.root) {
      const kids = this.within(node, at);
      return [
        {
          tag: kids.length > 0 || !node.openingElement.selfClosing ? "span" : "i",
          cls: this.given(node, "className", at),
          kids,
        },
      ];
    }
    const children = this.within(node, at);
    const names = this.namesOf(found.component.callable, (prop, fallback) => {
      if (prop === "children") return children;
      const value = this.given(node, prop, at);
      return value === undefined ? (fallback ?? null) : value;
    });
    names.set("props", { object: (prop) => (prop === "children" ? children : UNKNOWN) });
    const inner = { names, source: found.source, depth: at.depth, rest: children };
    return this.shown(found.component.root, inner);
  }

  find(name, source) {
    const own = componentsOf(source.program).find((component) => component.name === name);
    if (own) return { component: own, source };
    const imported = this.sources.importOf(source, name);
    const other = imported?.file ? this.sources.get(imported.file) : null;
    const component = other && componentsOf(other.program).find(({ exported }) => exported === imported.imported);
    return component ? { component, source: other } : null;
  }

  /** The value of an attribute; undefined where it is not given. */
  given(node, name, at) {
    const attribute = node.openingElement.attributes.findLast((one) => one.name?.name === name);
    if (!attribute) return undefined;
    if (attribute.value === null) return true;
    if (attribute.value.type === "Literal") return decode(attribute.value.value);
    const value = withoutParentheses(attribute.value.expression);
    return /^JSX/.test(value?.type) ? this.shown(value, at) : this.value(value, at);
  }

  /** @returns {Value} UNKNOWN where only running the code would tell */
  value(node, at) {
    const inner = withoutParentheses(node);
    const way = at.depth > DEEPEST ? null : VALUES[inner?.type];
    return way ? way(this, inner, { ...at, depth: at.depth + 1 }) : UNKNOWN;
  }

  /** A constant of the module, or of another file. */
  constant(name, at) {
    const { source } = at;
    const place = { names: new Map(), source, depth: at.depth };
    for (const statement of source?.program.body ?? []) {
      const { declarations = [] } = statement.declaration ?? statement;
      const found = declarations.find(({ id, init }) => id?.name === name && init);
      if (found) return this.value(found.init, place);
    }
    const imported = source && this.sources.importOf(source, name);
    const other = imported?.file ? this.sources.get(imported.file) : null;
    return other && imported.imported !== "default"
      ? this.constant(imported.imported, { ...at, source: other })
      : UNKNOWN;
  }
}

function words(node, text) {
  const part = shownPart(node, text);
  return part ? [readText(text.slice(part.start, part.end))] : [];
}

/** `items.map(…)` over something that only the running app has. */
function looksLikeList(node) {
  if (node?.type === "LogicalExpression") return looksLikeList(withoutParentheses(node.right));
  if (node?.type === "ConditionalExpression")
    return [node.consequent, node.alternate].some((one) => looksLikeList(withoutParentheses(one)));
  return node?.type === "CallExpression" && node.callee.property?.name === "map";
}

const all = (values) => ({ all: values.filter((value) => isKnown(value) && value !== null && value !== false) });

const VALUES = {
  Literal: (_sketcher, { value }) => (isPlain(value) ? value : UNKNOWN),
  TemplateLiteral: (sketcher, { quasis, expressions }, at) => {
    const parts = quasis.flatMap(({ value }, place) => [
      value.cooked,
      expressions[place] ? sketcher.value(expressions[place], at) : "",
    ]);
    return { text: parts.filter((part) => isKnown(part) && part !== "") };
  },
  Identifier: (sketcher, { name }, at) => {
    if (name === "undefined") return null;
    return at.names.has(name) ? at.names.get(name) : sketcher.constant(name, at);
  },
  TSAsExpression: (sketcher, { expression }, at) => sketcher.value(expression, at),
  TSSatisfiesExpression: (sketcher, { expression }, at) => sketcher.value(expression, at),
  TSNonNullExpression: (sketcher, { expression }, at) => sketcher.value(expression, at),
  ArrayExpression: (sketcher, { elements }, at) => ({ list: elements.map((element) => sketcher.value(element, at)) }),
  ObjectExpression: (sketcher, { properties }, at) => {
    const found = new Map(
      properties
        .filter(({ type, computed }) => type === "Property" && !computed)
        .map(({ key, value }) => [String(key.name ?? key.value), value]),
    );
    return {
      object: (name) => (found.has(name) ? sketcher.value(found.get(name), at) : UNKNOWN),
      keys: [...found.keys()],
    };
  },
  MemberExpression: (sketcher, { object, property, computed }, at) => {
    const of = sketcher.value(object, at);
    if (!of?.object) return UNKNOWN;
    if (!computed) return of.object(property.name);
    const key = sketcher.value(property, at);
    if (typeof key === "string") return of.object(key);
    if (!isKnown(key) || !of.keys) return UNKNOWN;
    return {
      pick: key,
      from: Object.fromEntries(of.keys.map((name) => [name, of.object(name)]).filter(([, value]) => isData(value))),
    };
  },
  ConditionalExpression: (sketcher, { test, consequent, alternate }, at) =>
    choice(sketcher.value(test, at), shownOr(sketcher, consequent, at), shownOr(sketcher, alternate, at)),
  LogicalExpression: (sketcher, { operator, left, right }, at) => {
    const test = sketcher.value(left, at);
    if (operator === "&&") return choice(test, shownOr(sketcher, right, at), null);
    return test === UNKNOWN ? shownOr(sketcher, right, at) : choice(test, test, shownOr(sketcher, right, at));
  },
  UnaryExpression: (sketcher, { operator, argument }, at) => {
    const value = sketcher.value(argument, at);
    if (value === UNKNOWN) return UNKNOWN;
    if (operator === "-") return typeof value === "number" ? -value : UNKNOWN;
    return operator === "!" ? { not: value } : UNKNOWN;
  },
  BinaryExpression: (sketcher, { operator, left, right }, at) => {
    const [one, other] = [sketcher.value(left, at), sketcher.value(right, at)];
    if (one === UNKNOWN || other === UNKNOWN) return UNKNOWN;
    if (operator === "===" || operator === "!==")
      return operator === "===" ? { is: one, like: other } : { not: { is: one, like: other } };
    return operator === "+" ? { text: [one, other] } : UNKNOWN;
  },
  CallExpression: (sketcher, node, at) => {
    const { callee } = node;
    if (JOINING.has(callee.name)) return all(node.arguments.map((argument) => sketcher.value(argument, at)));
    if (callee.property?.name === "map") return mapped(sketcher, node, at);
    const made = callee.type === "Identifier" ? sketcher.constant(callee.name, at) : UNKNOWN;
    return callee.name === "cva"
      ? variants(sketcher, node, at)
      : made?.styled
        ? made.styled(node.arguments[0] ? sketcher.value(node.arguments[0], at) : UNKNOWN)
        : UNKNOWN;
  },
  JSXElement: (sketcher, node, at) => sketcher.shown(node, at),
  JSXFragment: (sketcher, node, at) => sketcher.shown(node, at),
};

const shownOr = (sketcher, node, at) => {
  const value = sketcher.value(node, at);
  return value === UNKNOWN && looksLikeList(withoutParentheses(node)) ? [LIST] : value;
};

/** An unknown condition is taken to hold: most of what depends on one is there most of the time. */
function choice(test, then, other) {
  if (test === UNKNOWN) return isKnown(then) ? then : other;
  if (isPlain(test)) return test ? then : other;
  return { test, then: isKnown(then) ? then : null, other: isKnown(other) ? other : null };
}

/** A list that stands in the code: each of its items, with the names of the callback. */
function mapped(sketcher, { callee, arguments: [callback] }, at) {
  const list = sketcher.value(callee.object, at);
  if (!list?.list || !["ArrowFunctionExpression", "FunctionExpression"].includes(callback?.type)) return UNKNOWN;
  return list.list.slice(0, MOST_ITEMS).flatMap((item, place) => {
    const names = new Map(at.names);
    const [pattern, index] = callback.params;
    bind(pattern, item, names);
    if (index?.type === "Identifier") names.set(index.name, place);
    const body =
      callback.body.type === "BlockStatement"
        ? callback.body.body.findLast(({ type }) => type === "ReturnStatement")?.argument
        : callback.body;
    return body ? sketcher.shown(body, { ...at, names }) : [];
  });
}

function bind(pattern, item, names) {
  if (pattern?.type === "Identifier") names.set(pattern.name, item);
  if (pattern?.type !== "ObjectPattern") return;
  for (const property of pattern.properties) {
    if (property.type !== "Property") continue;
    const local = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
    if (local.type === "Identifier")
      names.set(local.name, item?.object ? item.object(property.key.name ?? property.key.value) : UNKNOWN);
  }
}

/** `cva(base, { variants, defaultVariants })`: what it makes of the choices it is called with. */
function variants(sketcher, { arguments: [base, options] }, at) {
  const shared = base ? sketcher.value(base, at) : null;
  const config = options ? sketcher.value(options, at) : UNKNOWN;
  const choices = config?.object?.("variants");
  const defaults = config?.object?.("defaultVariants");
  const styled = (asked) =>
    all([
      shared,
      ...(choices?.keys ?? []).map((name) => {
        const table = choices.object(name);
        const standard = defaults?.object?.(name);
        const value = asked?.object?.(name);
        const key = isKnown(value) && value !== null ? withDefault(value, standard) : standard;
        if (!table?.object || !isKnown(key)) return null;
        if (isPlain(key)) return table.object(String(key));
        return {
          pick: key,
          from: Object.fromEntries(
            table.keys.map((one) => [one, table.object(one)]).filter(([, each]) => isData(each)),
          ),
        };
      }),
    ]);
  return { styled };
}

const withDefault = (value, standard) =>
  value?.prop && isKnown(standard) && !("or" in value) ? { ...value, or: standard } : value;

const isData = (value) =>
  isPlain(value) || (typeof value === "object" && !value.object && !value.styled && value !== UNKNOWN);

/** Only what can be sent: no functions, nothing unknown. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain).filter((one) => one !== undefined);
  if (isPlain(value)) return value;
  if (!value || value === UNKNOWN || value.object || value.styled || value.list) return undefined;
  const members = Object.entries(value).map(([name, one]) => [name, plain(one)]);
  return Object.fromEntries(members.filter(([, one]) => one !== undefined));
}
