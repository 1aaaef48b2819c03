/** Host names: one origin for each app, one shared by all for packages. */
import { isKey, SHARED_LABEL } from "./open-apps.mjs";

export class Hosts {
  /** @param {string} template  such as http://{key}.preview.localhost:3001 */
  constructor(template) {
    const { hostname } = new URL(template.replace("{key}", "key"));
    this.template = template.replace(/\/$/, "");
    this.suffix = hostname.slice("key".length).toLowerCase();
  }

  origin(key) {
    return this.template.replace("{key}", key);
  }

  get shared() {
    return this.origin(SHARED_LABEL);
  }

  /** The app a request is for, by its Host header; null when the host is not one of ours. */
  key(header = "") {
    const name = header.toLowerCase().replace(/:\d+$/, "");
    const label = name.endsWith(this.suffix) ? name.slice(0, -this.suffix.length) : "";
    return isKey(label) ? label : null;
  }
}
