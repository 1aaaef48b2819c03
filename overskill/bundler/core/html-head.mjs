/** What is taken from the app's own index.html: its title, description, icon and the attributes of <html>. */

const ATTRIBUTE = /([a-z][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi;
const HTML_ATTRIBUTES = /^(lang|dir|class|data-[\w-]+)$/;
const META_NAMES =
  /^(description|theme-color|color-scheme|author|keywords|robots|application-name|(og|twitter):[\w:]+)$/;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'", nbsp: "\u00a0" };

/** @returns {{title: string, attributes: Record<string, string>, metas: Record<string, string>[], icon: string}} */
export function readHead(html) {
  const text = html.replace(/<!--[\s\S]*?-->/g, "");
  const head = /<head[^>]*>([\s\S]*?)<\/head>/i.exec(text)?.[1] ?? "";
  const own = readAttributes(/<html\b([^>]*)>/i.exec(text)?.[1] ?? "");
  const tags = (name) =>
    [...head.matchAll(new RegExp(`<${name}\\b([^>]*?)/?>`, "gi"))].map(([, inner]) => readAttributes(inner));
  return {
    title: decode(/<title[^>]*>([\s\S]*?)<\/title>/i.exec(head)?.[1]?.trim() ?? ""),
    attributes: Object.fromEntries(Object.entries(own).filter(([name]) => HTML_ATTRIBUTES.test(name))),
    metas: tags("meta")
      .filter((meta) => META_NAMES.test(meta.name ?? meta.property ?? "") && "content" in meta)
      .map(pickMeta),
    icon: safeUrl(tags("link").find(({ rel, href }) => /\bicon\b/.test(rel ?? "") && href)?.href ?? ""),
  };
}

function pickMeta({ name, property, content, media }) {
  return { ...(name ? { name } : { property }), content, ...(media ? { media } : {}) };
}

function readAttributes(text) {
  const found = {};
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE))
    found[name.toLowerCase()] = decode(double ?? single ?? bare ?? "");
  return found;
}

function decode(text) {
  return text.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
}

const safeUrl = (url) => (/^(javascript|vbscript):/i.test(url.trim()) ? "" : url);
