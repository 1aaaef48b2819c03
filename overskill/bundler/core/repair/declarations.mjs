/** What a module declares at its top level, and how it is exported. */
import MagicString from "magic-string";

const DECLARATIONS = new Set([
  "FunctionDeclaration",
  "ClassDeclaration",
  "VariableDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSEnumDeclaration",
]);

/** The statement that declares `name` and nothing exports yet, or undefined. */
export function topLevelDeclaration(program, name) {
  return program.body.find((statement) => DECLARATIONS.has(statement.type) && declares(statement, name));
}

function declares(statement, name) {
  if (statement.type !== "VariableDeclaration") return statement.id?.name === name;
  return statement.declarations.length === 1 && statement.declarations[0].id.name === name;
}

/** The text with that declaration exported. */
export function withExport(source, declaration, name, isDefault) {
  const text = new MagicString(source.text);
  const isStatement = /^(?:Function|Class)Declaration$/.test(declaration.type);
  if (!isDefault) text.appendLeft(declaration.start, "export ");
  else if (isStatement) text.appendLeft(declaration.start, "export default ");
  else text.append(`${source.text.endsWith("\n") ? "" : "\n"}\nexport default ${name};\n`);
  return text.toString();
}
