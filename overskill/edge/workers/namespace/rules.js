// An app's own `_headers` and `_redirects` files, read when it was published (overskill/clients/edge_rules.py).

const PLACEHOLDER = /:([A-Za-z]\w*)/g;
const TWO_IN_ONE_PART = /(?:\*|:[A-Za-z]\w*)[^/]*?(?:\*|:[A-Za-z])/;
const NEVER = /(?!)/;
const RULES = new WeakMap(); // assets_config -> what was compiled from it

/**
 * A pattern of a path: `*` is anything, `:name` anything up to the next slash. With two of them between the same slashes
 * the time it takes would grow with a power of the address's length, in the process that serves all apps.
 */
function pattern(rule) {
  if (TWO_IN_ONE_PART.test(rule)) return NEVER;
  const literal = (text) => text.replace(/[-/\\^$*+?.()|[\]{}]/g, "\\$&");
  const parts = rule.split("*").map((part) => literal(part).replace(PLACEHOLDER, "(?<$1>[^/]+)"));
  try {
    return new RegExp(`^${parts.join("(?<splat>.*)")}$`);
  } catch {
    return NEVER; // a name that occurs twice: as on Cloudflare, the rule never fits
  }
}

function filled(text, groups = {}) {
  return text.replace(PLACEHOLDER, (whole, name) => groups[name] ?? whole);
}

function compile(config) {
  const known = RULES.get(config);
  if (known) return known;
  const rules = { fixed: new Map(), patterns: [], headers: [] };
  for (const [from, to, status] of config.redirects ?? []) {
    if (/[*:]/.test(from)) rules.patterns.push({ pattern: pattern(from), to, status });
    else rules.fixed.set(from, { to, status });
  }
  for (const [path, set, unset] of config.headers ?? []) {
    rules.headers.push({ pattern: pattern(path), isAbsolute: path.startsWith("https://"), set, unset });
  }
  RULES.set(config, rules);
  return rules;
}

function redirectFor({ fixed, patterns }, pathname) {
  const exact = fixed.get(pathname);
  if (exact) return exact;
  for (const { pattern: expected, to, status } of patterns) {
    const match = expected.exec(pathname);
    if (!match) continue;
    const target = filled(to, match.groups).trim();
    return { to: /^\w+:\/\//.test(target) ? target : target.replace(/\/+/g, "/"), status };
  }
  return null;
}

/**
 * Where a rule of `_redirects` leads: to another address, or with status 200 to another path of the app.
 * @returns {{location: string, status: number} | {rewritten: string} | null}
 */
export function redirected(config, url) {
  if (!config.redirects?.length) return null;
  const rule = redirectFor(compile(config), url.pathname);
  if (!rule) return null;
  const target = new URL(rule.to, url);
  if (rule.status === 200) return { rewritten: target.pathname };
  const origin = target.origin === url.origin ? "" : target.origin;
  const search = target.search || url.search;
  return { location: `${origin}${target.pathname}${search}${target.hash}`, status: rule.status };
}

/** Applies the rules of `_headers` that fit the address, in their order. */
export function withRules(response, config, { hostname, pathname }) {
  if (!config.headers?.length) return response;
  const { headers } = response;
  const added = new Set();
  for (const { pattern: expected, isAbsolute, set, unset } of compile(config).headers) {
    const match = expected.exec(isAbsolute ? `https://${hostname}${pathname}` : pathname);
    if (!match) continue;
    for (const name of unset) headers.delete(name);
    for (const [name, value] of Object.entries(set)) {
      const text = filled(value, match.groups);
      if (added.has(name)) headers.append(name, text);
      else headers.set(name, text);
      added.add(name);
    }
  }
  return response;
}
