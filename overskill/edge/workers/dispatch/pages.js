// The pages a visitor sees when there is no app to show. They need nothing but themselves.

// kind: [status, title, text, seconds until another try]
const PROBLEMS = {
  unreadable: [
    400,
    "This address can’t be read",
    "It contains a % that stands for nothing. Check the address and try again.",
  ],
  private: [
    401,
    "This app is private",
    "To see it, open the link that its creator sent you. If you have none, ask for one.",
  ],
  expired: [
    401,
    "This link doesn’t work any more",
    "It has expired or was taken back. Ask the app’s creator for another one.",
  ],
  sold: [
    402,
    "This app is sold on OverSkill",
    "It opens for everybody who has a licence. If you have one, go in through your library.",
  ],
  lapsed: [
    402,
    "This app’s licence has ended",
    "It isn’t served until the licence is paid again. Nothing of it was deleted: its owner finds it in their library.",
  ],
  absent: [
    404,
    "There’s no app here",
    "Nothing is published at this address. It may have been renamed, or taken off the air.",
  ],
  takenDown: [
    410,
    "This app was taken down",
    "It isn’t served at this address any more. There are others in the marketplace.",
  ],
  tooLarge: [413, "That’s too large", "The file or form you sent is larger than this app accepts. Try a smaller one."],
  busy: [
    429,
    "One moment, please",
    "This app is getting more visits than it can take. Wait a few seconds, then try again.",
    1,
  ],
  failed: [
    500,
    "This app ran into a problem",
    "It failed to answer. Try again; if that doesn’t help, its creator must look at it.",
    0,
  ],
  maintenance: [503, "Back in a moment", "", 300],
  paused: [
    503,
    "This app is paused",
    "It stopped answering several times in a row, so it rests for a few minutes. Its creator can see why.",
    300,
  ],
  unsure: [503, "One moment, please", "We can’t tell just now what is served here. Try again in a few seconds.", 5],
  slow: [504, "This app takes too long", "It didn’t answer in time. Try again in a moment.", 0],
};
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

// The colours are those of assets/overskill.css, whose tokens have the same names.
const STYLE = `
:root{color-scheme:light dark;--canvas:#fafafc;--surface:#fff;--line:#e7e7ee;--ink:#15141c;--soft:#484754;--faint:#6a6977;
--accent:#5b46e5;--accent-hover:#4b37d0;--ring:#7c6bf5;--glow:rgb(109 91 246/.16);
--shade:0 2px 6px rgb(22 20 45/.06),0 24px 60px -16px rgb(22 20 45/.28)}
@media (prefers-color-scheme:dark){:root{--canvas:#0b0b0f;--surface:#131318;--line:#24242e;--ink:#f3f3f7;--soft:#b7b6c4;
--faint:#9190a0;--accent:#6a57f0;--accent-hover:#5c49e6;--ring:#9184ff;--glow:rgb(124 107 245/.2);
--shade:inset 0 1px 0 rgb(255 255 255/.05),0 24px 64px -12px rgb(0 0 0/.8)}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:24px;color:var(--soft);
background:radial-gradient(52rem 26rem at 50% -6rem,var(--glow),transparent 70%) var(--canvas);
font:16px/1.6 ui-sans-serif,system-ui,-apple-system,"Segoe UI",sans-serif;-webkit-font-smoothing:antialiased}
main{width:100%;max-width:28rem;padding:44px 40px 36px;text-align:center;background:var(--surface);
border:1px solid var(--line);border-radius:20px;box-shadow:var(--shade)}
svg{display:block;margin:0 auto 24px}
h1{margin:0 0 8px;color:var(--ink);font-size:1.5rem;line-height:1.25;letter-spacing:-.02em;text-wrap:balance}
p{margin:0;text-wrap:pretty}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
a{display:inline-block;margin-top:28px;padding:9px 18px;border-radius:8px;font-size:.9375rem;font-weight:600;
text-decoration:none;color:#fff;background:var(--accent)}
a+a{margin-top:12px;color:var(--accent);background:none;box-shadow:inset 0 0 0 1px var(--line)}
a+a:hover{background:var(--glow)}
a:hover{background:var(--accent-hover)}
a:focus-visible{outline:2px solid var(--ring);outline-offset:3px}
small{display:block;margin-top:28px;color:var(--faint);font-size:.8125rem}
@media (max-width:30rem){main{padding:36px 24px 28px}}`;

const LOGO = `<svg width="52" height="52" viewBox="0 0 32 32" fill="none" aria-hidden="true"><defs>
<linearGradient id="tile" x1="4" y1="1" x2="28" y2="31" gradientUnits="userSpaceOnUse">
<stop stop-color="#8a7bff"/><stop offset="1" stop-color="#4b36d8"/></linearGradient></defs>
<rect width="32" height="32" rx="9" fill="url(#tile)"/>
<path d="M22.6 16.9a6.9 6.9 0 1 1-6.2-6.86" stroke="#fff" stroke-width="3.1" stroke-linecap="round"/>
<path d="M22.7 5.4l1 2.9 2.9 1-2.9 1-1 2.9-1-2.9-2.9-1 2.9-1z" fill="#fff"/></svg>`;

function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(status, title, body) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><style>${STYLE}</style></head><body><main>${LOGO}<h1>${title}</h1>${body}</main></body></html>`;
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

/**
 * Says what went wrong: a page to people, JSON to programs.
 *
 * @param {keyof typeof PROBLEMS} kind
 * @param {{words?: string, links?: [string, string][]}} [more]  other text than the usual, and where to go from here
 */
export function problem(kind, request, { siteUrl }, { words = "", links = [] } = {}) {
  const [status, title, usualText, pause] = PROBLEMS[kind];
  const text = words || usualText;
  const wantsPage = (request.headers.get("accept") ?? "").includes("text/html");
  const headers = pause ? { "retry-after": String(pause) } : {};
  if (!wantsPage) {
    const response = Response.json({ error: title, detail: text }, { status, headers });
    response.headers.set("cache-control", "no-store");
    return response;
  }
  const { host } = new URL(request.url);
  let action = "";
  if (links.length > 0) action = links.map(([address, label]) => button(address, label)).join(" ");
  else if (pause !== undefined) action = button("", "Try again");
  else if (siteUrl) action = button(siteUrl, "Go to OverSkill");
  const response = page(status, title, `<p>${escape(text)}</p>${action}<small>${status} · <code>${escape(host)}</code></small>`);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** The edge's own front page. */
export function landing({ siteUrl, baseDomains }) {
  const example = `<code>your-app.${escape(baseDomains[0] ?? "localhost")}</code>`;
  const text = `<p>Apps made with OverSkill are served here, each at an address of its own, like ${example}.</p>`;
  return page(200, "This is where apps live", text + (siteUrl ? button(siteUrl, "Make an app") : ""));
}
