// What OverSkill uploads as the script of every app: the same bytes for all, so that one isolate can serve them all.
// What differs is in the bindings. An app's files are matched before this worker is asked; it gets the rest.

const PUBLIC = /^(?:VITE_|PUBLIC_|APP_)/;
const UNCACHED = { "cache-control": "no-store" };

function health(env) {
  const facts = { ok: true, app: env.APP_ID, version: env.APP_VERSION, environment: env.APP_ENV };
  return Response.json(facts, { headers: UNCACHED });
}

function publicVariables(env) {
  const variables = Object.entries(env).filter(([name, value]) => PUBLIC.test(name) && typeof value === "string");
  const json = JSON.stringify(Object.fromEntries(variables)).replace(/</g, "\\u003c");
  return new Response(`window.__ENV__=${json};`, {
    headers: { "content-type": "text/javascript; charset=utf-8", ...UNCACHED },
  });
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/__health") return health(env);
    if (pathname === "/__env.js") return publicVariables(env);
    // A hashed file that is asked for here is gone. The page in its place, with status 200, would break whoever
    // loaded the page just before a publish.
    if (pathname.startsWith("/assets/")) return new Response("Not found", { status: 404, headers: UNCACHED });
    if (pathname.startsWith("/api/")) return Response.json({ error: "There is no such route." }, { status: 404 });
    return env.ASSETS.fetch(request);
  },
};
