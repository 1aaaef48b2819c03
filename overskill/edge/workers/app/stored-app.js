// The main module of an app with files that are no static assets (overskill/clients/cloudflare/placement.py).

import app from "./app-worker.js";
import files from "./files.json";
import { serve } from "./stored-files.js";

export default {
  fetch(request, env, context) {
    return serve(request, env, context, { app, files });
  },
};
