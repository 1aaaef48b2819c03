/** Which names of a module nothing declares, and how the ones it imports are used. */
import { visitorKeys } from "oxc-parser";

/**
 * @typedef {"value" | "jsx" | "type" | "typeof"} Use
 * @typedef {{name: string, use: Use, node: object, scope: Scope}} Reference
 * @typedef {{names: Set<string>, parent: Scope | null, isFunction: boolean}} Scope
 * @typedef {object} Analysis
 * @property {Map<string, Reference[]>} unresolved
 * @property {Map<string, Reference[]>} topLevel   references to what the module itself declares or imports
 * @property {Set<string>} declared                what it declares or imports
 */

/** @returns {Analysis} */
export function analyse(program) {
  const root = openScope(null, true);
  const references = [];
  const walker = new Walker(references);
  walker.children(program, root);
  const unresolved = new Map();
  const topLevel = new Map();
  for (const reference of references) {
    const scope = declaring(reference.name, reference.scope);
    if (scope === null) group(unresolved, reference);
    else if (scope === root) group(topLevel, reference);
  }
  return { unresolved, topLevel, declared: root.names };
}

const openScope = (parent, isFunction = false) => ({ names: new Set(), parent, isFunction });

function declaring(name, scope) {
  for (let at = scope; at; at = at.parent) if (at.names.has(name)) return at;
  return null;
}

function group(map, reference) {
  const known = map.get(reference.name);
  if (known) known.push(reference);
  else map.set(reference.name, [reference]);
}

class Walker {
  constructor(references) {
    this.references = references;
  }

  visit(node, scope) {
    if (!node) return;
    const way = WAYS[node.type];
    if (way) way(this, node, scope);
    else this.children(node, scope);
  }

  children(node, scope, except = "") {
    for (const key of visitorKeys[node.type] ?? []) {
      if (key === except) continue;
      const child = node[key];
      if (Array.isArray(child)) for (const one of child) this.visit(one, scope);
      else this.visit(child, scope);
    }
  }

  refer(node, scope, use) {
    this.references.push({ name: node.name, use, node, scope });
  }

  /** Names that a pattern declares; whatever is computed in it is looked at as usual. */
  declare(pattern, scope, from = scope) {
    if (!pattern) return;
    if (pattern.type === "Identifier") {
      scope.names.add(pattern.name);
      this.visit(pattern.typeAnnotation, from);
    } else if (pattern.type === "ObjectPattern") {
      for (const property of pattern.properties) {
        if (property.computed) this.visit(property.key, from);
        this.declare(property.type === "Property" ? property.value : property, scope, from);
      }
      this.visit(pattern.typeAnnotation, from);
    } else if (pattern.type === "ArrayPattern") {
      for (const element of pattern.elements) this.declare(element, scope, from);
      this.visit(pattern.typeAnnotation, from);
    } else if (pattern.type === "AssignmentPattern") {
      this.declare(pattern.left, scope, from);
      this.visit(pattern.right, from);
    } else if (pattern.type === "RestElement") {
      this.declare(pattern.argument, scope, from);
      this.visit(pattern.typeAnnotation, from);
    } else if (pattern.type === "TSParameterProperty") this.declare(pattern.parameter, scope, from);
    else this.visit(pattern, from); // a member expression, in an assignment
  }

  /** Parameters, body and types of anything that is called. */
  callable(node, scope) {
    const inner = openScope(scope, true);
    if (node.type === "FunctionExpression" && node.id) inner.names.add(node.id.name);
    this.visit(node.typeParameters, inner);
    for (const parameter of node.params?.items ?? node.params ?? node.parameters ?? []) this.declare(parameter, inner);
    this.visit(node.returnType, inner);
    this.visit(node.typeAnnotation, inner);
    this.visit(node.body, inner);
  }
}

const nothing = () => {};
const inside = (walker, node, scope) => walker.children(node, openScope(scope));
const callable = (walker, node, scope) => walker.callable(node, scope);

/** A declaration of `id` whose other parts have type parameters of their own. */
function named(walker, node, scope) {
  if (node.id) scope.names.add(node.id.name);
  walker.children(node, openScope(scope), "id");
}

function functionDeclaration(walker, node, scope) {
  if (node.id) scope.names.add(node.id.name);
  walker.callable(node, scope);
}

function classExpression(walker, node, scope) {
  const inner = openScope(scope);
  if (node.id) inner.names.add(node.id.name);
  walker.children(node, inner, "id");
}

/** A member of an object, a class or a type: its name is no reference. */
function member(walker, node, scope) {
  walker.children(node, scope, node.computed ? "" : "key");
}

function variables(walker, node, scope) {
  let target = scope;
  while (node.kind === "var" && !target.isFunction && target.parent) target = target.parent;
  for (const { id, init } of node.declarations) {
    walker.declare(id, target, scope);
    walker.visit(init, scope);
  }
}

function importDeclaration(_walker, node, scope) {
  for (const { local } of node.specifiers ?? []) scope.names.add(local.name);
}

function exportNamed(walker, node, scope) {
  if (node.source) return;
  walker.visit(node.declaration, scope);
  for (const { local, exportKind } of node.specifiers) {
    if (local.type !== "Identifier") continue;
    walker.refer(local, scope, exportKind === "type" || node.exportKind === "type" ? "type" : "value");
  }
}

function enumDeclaration(walker, node, scope) {
  scope.names.add(node.id.name);
  const inner = openScope(scope);
  for (const { id } of node.body?.members ?? node.members ?? []) inner.names.add(id.name ?? id.value);
  for (const { initializer } of node.body?.members ?? node.members ?? []) walker.visit(initializer, inner);
}

function namespace(walker, node, scope) {
  if (node.id?.type === "Identifier") scope.names.add(node.id.name);
  const isGlobal = node.kind === "global" || node.id?.name === "global";
  if (node.body) walker.children(node.body, isGlobal ? scope : openScope(scope, true));
}

function unary(walker, node, scope) {
  if (node.operator === "typeof" && node.argument.type === "Identifier") walker.refer(node.argument, scope, "typeof");
  else walker.children(node, scope);
}

function jsxName(walker, node, scope) {
  let name = node;
  while (name.type === "JSXMemberExpression") name = name.object;
  const isComponent = name.type === "JSXIdentifier" && (name !== node || /^[^a-z]/.test(name.name));
  if (isComponent && name.name !== "this") walker.refer(name, scope, "jsx");
}

function openingElement(walker, node, scope) {
  jsxName(walker, node.name, scope);
  walker.children(node, scope, "name");
}

function typeName(walker, name, scope) {
  let first = name;
  while (first?.type === "TSQualifiedName" || first?.type === "MemberExpression") first = first.left ?? first.object;
  if (first?.type === "Identifier") walker.refer(first, scope, "type");
}

/** A reference to a type, by whatever property holds its name. */
const typeReference = (property) => (walker, node, scope) => {
  typeName(walker, node[property], scope);
  walker.children(node, scope, property);
};

function mappedType(walker, node, scope) {
  const inner = openScope(scope);
  const key = node.key ?? node.typeParameter?.name;
  if (key?.name) inner.names.add(key.name);
  walker.children(node, inner, "key");
}

function typeParameter(walker, node, scope) {
  scope.names.add(node.name.name ?? node.name);
  walker.children(node, scope, "name");
}

function indexSignature(walker, node, scope) {
  for (const parameter of node.parameters) walker.visit(parameter.typeAnnotation, scope);
  walker.visit(node.typeAnnotation, scope);
}

const WAYS = {
  Identifier: (walker, node, scope) => walker.refer(node, scope, "value"),
  FunctionDeclaration: functionDeclaration,
  TSDeclareFunction: functionDeclaration,
  FunctionExpression: callable,
  ArrowFunctionExpression: callable,
  TSEmptyBodyFunctionExpression: callable,
  TSFunctionType: callable,
  TSConstructorType: callable,
  TSCallSignatureDeclaration: callable,
  TSConstructSignatureDeclaration: callable,
  TSMethodSignature: callable,
  ClassDeclaration: named,
  ClassExpression: classExpression,
  TSTypeAliasDeclaration: named,
  TSInterfaceDeclaration: named,
  TSEnumDeclaration: enumDeclaration,
  TSModuleDeclaration: namespace,
  TSGlobalDeclaration: namespace,
  TSImportEqualsDeclaration: (_walker, node, scope) => scope.names.add(node.id.name),
  VariableDeclaration: variables,
  ImportDeclaration: importDeclaration,
  ExportNamedDeclaration: exportNamed,
  ExportAllDeclaration: nothing,
  BlockStatement: inside,
  StaticBlock: (walker, node, scope) => walker.children(node, openScope(scope, true)),
  ForStatement: inside,
  ForInStatement: inside,
  ForOfStatement: inside,
  SwitchStatement: inside,
  TSConditionalType: inside,
  CatchClause: (walker, node, scope) => {
    const inner = openScope(scope);
    walker.declare(node.param, inner);
    walker.visit(node.body, inner);
  },
  MemberExpression: (walker, node, scope) => walker.children(node, scope, node.computed ? "" : "property"),
  Property: member,
  MethodDefinition: member,
  PropertyDefinition: member,
  AccessorProperty: member,
  TSAbstractMethodDefinition: member,
  TSAbstractPropertyDefinition: member,
  TSPropertySignature: member,
  LabeledStatement: (walker, node, scope) => walker.visit(node.body, scope),
  BreakStatement: nothing,
  ContinueStatement: nothing,
  MetaProperty: nothing,
  UnaryExpression: unary,
  JSXOpeningElement: openingElement,
  JSXClosingElement: nothing,
  JSXAttribute: (walker, node, scope) => walker.visit(node.value, scope),
  TSTypeReference: typeReference("typeName"),
  TSTypeQuery: typeReference("exprName"),
  TSInterfaceHeritage: typeReference("expression"),
  TSClassImplements: typeReference("expression"),
  TSExpressionWithTypeArguments: typeReference("expression"),
  TSImportType: (walker, node, scope) => walker.visit(node.typeArguments, scope),
  TSQualifiedName: nothing,
  TSTypePredicate: (walker, node, scope) => walker.visit(node.typeAnnotation, scope),
  TSNamedTupleMember: (walker, node, scope) => walker.visit(node.elementType, scope),
  TSMappedType: mappedType,
  TSTypeParameter: typeParameter,
  TSIndexSignature: indexSignature,
};
