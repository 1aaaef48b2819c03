// At Cloudflare every call that an app's code makes comes through this worker, with what the dispatch worker said of
// the app.

import { callOut, readHosts } from "./egress.js";

export default {
  fetch(request, env) {
    return callOut(request, readHosts(env.EGRESS));
  },
};
