/** An app's files as rolldown finds them: held in memory, under names of their own. */
import MagicString from "magic-string";
import { parseSync } from "oxc-parser";

import { extension, isAsset, isCode, isCss, language } from "../core/files.mjs";
import { resolveFile, splitQuery } from "../core/resolve.mjs";
import { ICON_MODULES, ICONS } from "../core/vendor.mjs";

export const PREFIX = "app:";

export function ownFiles(files, vendor, toUrl) {
  return {
    name: "own-files",
    resolveId: resolvingIn(files),
    load: {
      filter: { id: /^app:/ },
      handler(id) {
        const [file, query] = splitQuery(id.slice(PREFIX.length));
        return loaded(file, query, files.get(file), vendor, toUrl);
      },
    },
  };
}

/** Which of the app's files an import in one of them means. */
export function resolvingIn(files) {
  return {
    filter: { id: /^(app:|[./]|@\/)/ },
    handler(specifier, importer) {
      if (specifier.startsWith(PREFIX)) return specifier;
      if (!importer?.startsWith(PREFIX)) return null;
      const [plain, query] = splitQuery(specifier);
      const file = resolveFile(files, splitQuery(importer.slice(PREFIX.length))[0], plain);
      return file === null ? null : PREFIX + file + query;
    },
  };
}

function loaded(file, query, text, vendor, toUrl) {
  if (query === "?raw") return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
  if (query === "?url" || isAsset(file)) {
    const url = JSON.stringify(toUrl(file, text));
    return { code: `export default new URL(${url}, import.meta.url).href;`, moduleType: "js" };
  }
  if (isCss(file)) return { code: "", moduleType: "js", moduleSideEffects: false }; // all CSS is one file
  if (extension(file) === ".json") return { code: text, moduleType: "json" };
  return { code: isCode(file) ? withIconImports(file, text, vendor) : text, moduleType: language(file) };
}

/** Each icon from its own module: reading the whole set and dropping most of it takes a third of the build. */
export function withIconImports(file, text, vendor) {
  if (!text.includes(ICONS)) return text;
  const { module } = parseSync(file, text, { lang: language(file) });
  const result = new MagicString(text);
  for (const { start, end, moduleRequest, entries } of module.staticImports) {
    if (moduleRequest.value !== ICONS || entries.length === 0) continue;
    const isIcon = ({ importName, isType }) =>
      !isType && importName.kind === "Name" && Object.hasOwn(vendor.icons, importName.name);
    const icons = entries.filter(isIcon);
    const others = entries.filter((entry) => !isIcon(entry));
    if (others.some(({ importName }) => importName.kind !== "Name")) continue;
    const rest = others.map(
      ({ importName, localName, isType }) => `${isType ? "type " : ""}${importName.name} as ${localName.value}`,
    );
    const lines = icons.map(({ importName, localName }) => {
      return `import ${localName.value} from "${ICON_MODULES}${vendor.icons[importName.name][0]}.js";`;
    });
    if (rest.length > 0) lines.push(`import { ${rest.join(", ")} } from "${ICONS}";`);
    result.overwrite(start, end, lines.join(" "));
  }
  return result.toString();
}
