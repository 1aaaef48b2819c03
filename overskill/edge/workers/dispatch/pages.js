// The pages a visitor sees when there is no app to show. They need nothing but themselves.

const PROBLEMS = {
  400: ["This address can’t be read", "It contains a % that stands for nothing. Check the address and try again."],
  404: ["There’s no app here", "Nothing is published at this address. It may have been renamed, or taken off the air."],
  413: ["That’s too large", "The file or form you sent is larger than this app accepts. Try a smaller one."],
  429: ["One moment, please", "This app is getting more visits than it can take. Wait a few seconds, then try again."],
  500: ["This app ran into a problem", "It failed to answer. Try again; if that doesn’t help, its creator needs to look at it."],
  504: ["This app takes too long", "It didn’t answer in time. Try again in a moment."],
};
const TRY_AGAIN = new Set([429, 500, 504]);
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaff;--card:#fff;--ink:#1c1830;--soft:#625d78;--line:#e8e4f4;--accent:#6d4aff;--glow:#d9cffc}
@media (prefers-color-scheme:dark){:root{--paper:#100e1a;--card:#191627;--ink:#f3f1fb;--soft:#a7a1bd;--line:#2c2741;--accent:#a78bfa;--glow:#34275f}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px;color:var(--ink);
background:radial-gradient(60rem 30rem at 50% -8rem,var(--glow),transparent 70%) var(--paper);
font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-font-smoothing:antialiased}
main{width:100%;max-width:29rem;padding:40px;text-align:center;background:var(--card);border:1px solid var(--line);
border-radius:24px;box-shadow:0 1px 2px #1c18300a,0 24px 48px -24px #1c183026}
svg{display:block;margin:0 auto 24px}
h1{margin:0 0 8px;font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;text-wrap:balance}
p{margin:0;color:var(--soft);text-wrap:pretty}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
a{display:inline-block;margin-top:28px;padding:10px 20px;border-radius:999px;font-weight:600;text-decoration:none;
color:var(--card);background:var(--accent)}
a:hover{filter:brightness(1.08)}
a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
small{display:block;margin-top:28px;color:var(--soft);font-size:.8125rem}
@media (max-width:30rem){main{padding:32px 24px}}`;

const MARK = `<svg width="56" height="56" viewBox="0 0 56 56" fill="none" aria-hidden="true">
<rect width="56" height="56" rx="16" fill="var(--glow)"/>
<path d="M17 22.5 28 16l11 6.5v11L28 40l-11-6.5z" stroke="var(--accent)" stroke-width="2.5" stroke-linejoin="round"/>
<path d="m17 22.5 11 6.5 11-6.5M28 29v11" stroke="var(--accent)" stroke-width="2.5" stroke-linejoin="round"/></svg>`;

function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(status, title, body) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><style>${STYLE}</style></head><body><main>${MARK}<h1>${title}</h1>${body}</main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `${PAGE_POLICY}; frame-ancestors *`,
      "x-content-type-options": "nosniff",
    },
  });
}

function button(address, text) {
  return `<a href="${escape(address)}">${text}</a>`;
}

/** Says what went wrong: a page to people, JSON to programs. */
export function problem(status, request, { siteUrl }) {
  const [title, text] = PROBLEMS[status];
  const wantsPage = (request.headers.get("accept") ?? "").includes("text/html");
  const headers = status === 429 ? { "retry-after": "1" } : {};
  if (!wantsPage) {
    const response = Response.json({ error: title, detail: text }, { status, headers });
    response.headers.set("cache-control", "no-store");
    return response;
  }
  const { host } = new URL(request.url);
  let action = "";
  if (TRY_AGAIN.has(status)) action = button("", "Try again");
  else if (siteUrl) action = button(siteUrl, "Go to OverSkill");
  const response = page(status, title, `<p>${text}</p>${action}<small>${status} · <code>${escape(host)}</code></small>`);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** The edge's own front page. */
export function landing({ siteUrl, baseDomains }) {
  const example = `<code>your-app.${escape(baseDomains[0] ?? "localhost")}</code>`;
  const text = `<p>Apps made with OverSkill are served here, each at an address of its own, like ${example}.</p>`;
  return page(200, "This is where apps live", text + (siteUrl ? button(siteUrl, "Make an app") : ""));
}
