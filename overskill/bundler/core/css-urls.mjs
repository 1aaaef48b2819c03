/** url(…) and @import in stylesheets. */

const URL_FUNCTION = /(?<![\w-])url\(\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|([^"'()\s\\]+))\s*\)/gi;
const REMOTE_IMPORT = /@import\s+(?:url\(\s*)?["']?((?:https?:)?\/\/[^"')\s;]+)["']?\s*\)?[^;]*;?/gi;

/** Every url(…) that is not remote, a data: URL or a fragment, passed through `rewrite`. */
export function rewriteUrls(css, rewrite) {
  return css.replace(URL_FUNCTION, (whole, double, single, bare) => {
    const url = double ?? single ?? bare;
    return !url || /^(#|[a-z][a-z0-9+.-]*:|\/\/)/i.test(url) ? whole : `url(${JSON.stringify(rewrite(url))})`;
  });
}

/** Stylesheets of other hosts would follow every visitor: they are taken out, and named. */
export function withoutRemoteImports(css) {
  const remote = [];
  const text = css.replace(REMOTE_IMPORT, (_whole, url) => {
    remote.push(url);
    return "";
  });
  return { text, remote };
}
