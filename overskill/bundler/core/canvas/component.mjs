/** The components of a file: which there are, what each is given, and the elements it shows. */

/**
 * @typedef {object} Component
 * @property {string} name
 * @property {string | null} exported  by which name; "default"; null: only this file has it
 * @property {object} callable         the function
 * @property {object | null} given     the type of what it is given; null: that is not written
 * @property {object | null} root      what it shows, or null when that is not one element
 */

const isComponentName = (name) => /^[A-Z]/.test(name);

/** @returns {Component[]} in the order of the file */
export function componentsOf(program) {
  const found = new Map();
  for (const statement of program.body) {
    const { declaration, isDefault } = exportOf(statement);
    for (const { name, callable, given } of functionsIn(declaration ?? statement)) {
      const exported = isDefault ? "default" : declaration ? name : null;
      if (isComponentName(name)) found.set(name, { name, exported, callable, given, root: rootOf(callable) });
    }
  }
  for (const statement of program.body) nameExports(statement, found);
  return [...found.values()];
}

/** The one that a file is about: its default export, else the one of its name, else the first that shows something. */
export function mainComponent(file, program) {
  const shown = componentsOf(program).filter(({ exported }) => exported);
  const stem = file
    .split("/")
    .at(-1)
    .replace(/\.\w+$/, "")
    .replace(/[-_]/g, "")
    .toLowerCase();
  return (
    shown.find(({ exported }) => exported === "default") ??
    shown.find(({ name }) => name.toLowerCase() === stem) ??
    shown.find(({ root }) => root) ??
    null
  );
}

function exportOf(statement) {
  if (statement.type === "ExportDefaultDeclaration") return { declaration: statement.declaration, isDefault: true };
  if (statement.type === "ExportNamedDeclaration") return { declaration: statement.declaration, isDefault: false };
  return { declaration: null, isDefault: false };
}

function nameExports(statement, found) {
  if (statement.type === "ExportDefaultDeclaration" && statement.declaration.type === "Identifier") {
    const component = found.get(statement.declaration.name);
    if (component) component.exported = "default";
  }
  if (statement.type !== "ExportNamedDeclaration" || statement.source) return;
  for (const { local, exported } of statement.specifiers) {
    const component = found.get(local.name);
    if (component) component.exported ??= exported.name ?? exported.value;
  }
}

function functionsIn(node) {
  if (node?.type === "FunctionDeclaration" && node.id && node.body)
    return [{ name: node.id.name, callable: node, given: givenTo(node) }];
  if (node?.type !== "VariableDeclaration") return [];
  return node.declarations.flatMap((declarator) => {
    const { id, init } = declarator;
    const callable = unwrapped(init);
    return id.type === "Identifier" && callable ? [{ name: id.name, callable, given: givenTo(declarator) }] : [];
  });
}

/**
 * The type of what a component is given, wherever that is written: `({ title }: Props) =>`, `forwardRef<…, Props>(…)`,
 * `memo<Props>(…)`, `const Title: FC<Props> =`.
 * @param {object} node  a function's declaration, or a variable's
 * @returns {object | null}
 */
export function givenTo(node) {
  if (node.type === "FunctionDeclaration") return typeOfFirst(node);
  if (node.type !== "VariableDeclarator") return null;
  const annotation = node.id.typeAnnotation?.typeAnnotation;
  const name = annotation?.typeName?.right?.name ?? annotation?.typeName?.name ?? "";
  if (/^(?:FC|FunctionComponent)$/.test(name)) return annotation.typeArguments?.params[0] ?? null;
  return typeInCalls(node.init);
}

function typeInCalls(init) {
  if (init?.type !== "CallExpression") return init?.params ? typeOfFirst(init) : null;
  const types = init.typeArguments?.params ?? [];
  return (calledName(init) === "forwardRef" ? types[1] : types[0]) ?? typeInCalls(init.arguments[0]);
}

function typeOfFirst({ params: [pattern] }) {
  const annotated = pattern?.type === "AssignmentPattern" ? pattern.left : pattern;
  return annotated?.typeAnnotation?.typeAnnotation ?? null;
}

const calledName = ({ callee }) => callee.name ?? callee.property?.name;

/** `memo(function …)`, `forwardRef((props, ref) => …)` */
function unwrapped(init) {
  if (init?.type === "CallExpression" && init.arguments.length > 0) {
    return ["memo", "forwardRef"].includes(calledName(init)) ? unwrapped(init.arguments[0]) : null;
  }
  return ["ArrowFunctionExpression", "FunctionExpression"].includes(init?.type) ? init : null;
}

/** The last thing it returns; what it returns earlier is for special cases. */
function rootOf({ body }) {
  const shown = body.type === "BlockStatement" ? body.body.findLast(({ type }) => type === "ReturnStatement") : body;
  const root = withoutParentheses(shown?.type === "ReturnStatement" ? shown.argument : shown);
  return root?.type === "JSXElement" || root?.type === "JSXFragment" ? root : null;
}

export function withoutParentheses(node) {
  let inner = node;
  while (inner?.type === "ParenthesizedExpression") inner = inner.expression;
  return inner;
}

/** `<DialogPrimitive.Content>`: means nothing without what it is a part of, and is not seen until that is opened. */
export function isPart({ root }) {
  const name = root?.openingElement?.name;
  return name?.type === "JSXMemberExpression" && name.property.name !== "Root" && name.object.name !== "motion";
}
