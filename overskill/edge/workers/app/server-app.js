// The main module of an app with server code of its own (server/index.ts): that answers what is asked under /api, and
// the script that all apps have answers the rest.

import server from "./server.js";
import app from "./worker.js";

function isForServer({ pathname }) {
  return pathname === "/api" || pathname.startsWith("/api/");
}

/** Says whose answer it is, and that nobody keeps it unless the code says so. A WebSocket's is passed on as it is. */
function signed(response, { APP_ID, APP_VERSION }) {
  if (!(response instanceof Response)) throw new TypeError("server/index.ts answered with no Response.");
  if (response.webSocket) return response;
  const own = new Response(response.body, response);
  own.headers.set("x-app-id", APP_ID);
  own.headers.set("x-app-version", APP_VERSION);
  if (!own.headers.has("cache-control")) own.headers.set("cache-control", "no-store");
  return own;
}

export default {
  async fetch(request, env, context) {
    if (!isForServer(new URL(request.url))) return app.fetch(request, env, context);
    return signed(await server.fetch(request, env, context), env);
  },
};
