/** What React's own types (@types/react) let attributes of the browser's elements be. */
import fs from "node:fs";
import path from "node:path";

import { Source } from "../../../overskill/bundler/core/repair/source.mjs";

/**
 * @typedef {{words: string[], isClosed: boolean}} Named  `isClosed`: no other words are allowed
 * @param {string} vendor  where packages for apps are installed
 * @returns {Map<string, Map<string, Named>>}  tag -> attribute -> the words that its type names
 */
export function namedWords(vendor) {
  const file = path.join(vendor, "node_modules/@types/react/index.d.ts");
  const declared = declarationsIn(new Source("index.d.ts", fs.readFileSync(file, "utf8")).program.body);
  const tags = declared.interfaces.get("IntrinsicElements").flatMap(({ body }) => body.body);
  return new Map(tags.map((member) => [keyOf(member), attributesOf(member.typeAnnotation.typeAnnotation, declared)]));
}

const keyOf = ({ key }) => key.name ?? key.value;

function declarationsIn(body, declared = { interfaces: new Map(), aliases: new Map() }) {
  for (const statement of body) {
    const node = statement.declaration ?? statement;
    if (node.type === "TSModuleDeclaration" || node.type === "TSGlobalDeclaration") declarationsIn(node.body.body, declared);
    if (node.type === "TSTypeAliasDeclaration") declared.aliases.set(node.id.name, node.typeAnnotation);
    if (node.type === "TSInterfaceDeclaration")
      declared.interfaces.set(node.id.name, [...(declared.interfaces.get(node.id.name) ?? []), node]);
  }
  return declared;
}

const lastName = ({ name, right }) => name ?? right.name;

/** `DetailedHTMLProps<AnchorHTMLAttributes<…>, …>`, `SVGProps<…>` */
function attributesOf({ typeName, typeArguments }, declared) {
  const name = lastName(typeName);
  const wanted = name === "SVGProps" || name.startsWith("SVG") ? "SVGAttributes" : lastName(typeArguments.params[0].typeName);
  const found = new Map();
  collect(wanted, declared, found);
  return found;
}

function collect(name, declared, found) {
  for (const { body, extends: inherited = [] } of declared.interfaces.get(name) ?? []) {
    for (const { expression } of inherited) collect(lastName(expression.name ? expression : expression.property), declared, found);
    for (const member of body.body) {
      const named = member.typeAnnotation && wordsOf(member.typeAnnotation.typeAnnotation, declared);
      if (named?.words.length > 0) found.set(keyOf(member), named);
      else found.delete(keyOf(member));
    }
  }
}

/** @returns {Named} */
function wordsOf(type, declared) {
  switch (type.type) {
    case "TSUnionType": {
      const parts = type.types.map((one) => wordsOf(one, declared));
      return { words: parts.flatMap(({ words }) => words), isClosed: parts.every(({ isClosed }) => isClosed) };
    }
    case "TSParenthesizedType":
      return wordsOf(type.typeAnnotation, declared);
    case "TSLiteralType":
      return { words: typeof type.literal.value === "string" ? [type.literal.value] : [], isClosed: true };
    case "TSTypeReference": {
      const alias = declared.aliases.get(lastName(type.typeName));
      return alias ? wordsOf(alias, declared) : { words: [], isClosed: true };
    }
    case "TSStringKeyword":
    case "TSIntersectionType": // `string & {}`
    case "TSTemplateLiteralType":
      return { words: [], isClosed: false };
    default:
      return { words: [], isClosed: true };
  }
}
