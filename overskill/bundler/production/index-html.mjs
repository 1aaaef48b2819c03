/** The published page: a head of our own with what the app's index.html says about itself. */
import { readHead } from "../core/html-head.mjs";

/**
 * Addresses are relative, so that the app also works below a path: whoever serves it there puts a `<base>` of its own
 * first in the head, and the first one counts. Ours makes reloads of deep links work at the root of a host.
 */
export function indexHtml(own, { entry, preload, stylesheet, readsVariables }) {
  const { title, attributes, metas, icon } = readHead(own);
  const links = [
    stylesheet && `<link rel="stylesheet" crossorigin href="./${stylesheet}">`,
    ...preload.map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`),
    icon && `<link rel="icon" href="${escape(icon.replace(/^\//, "./"))}">`,
  ].filter(Boolean);
  const html = Object.entries({ lang: "en", ...attributes }).map(([name, value]) => ` ${name}="${escape(value)}"`);
  const meta = metas.map(
    (values) =>
      `<meta${Object.entries(values)
        .map(([name, value]) => ` ${name}="${escape(value)}"`)
        .join("")}>`,
  );
  return `<!doctype html>
<html${html.join("")}>
<head>
<base href="/">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title || "App")}</title>
${[...meta, ...links].join("\n")}
${readsVariables ? '<script defer src="./__env.js"></script>\n' : ""}<script type="module" crossorigin src="./${entry}"></script>
</head>
<body>
<div id="root"></div>
</body>
</html>
`;
}

const escape = (text) => String(text).replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
