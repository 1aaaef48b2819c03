/** Addresses: which host they lead to, and whether opening one would run code. */
import fs from "node:fs";

import { alternatives, beginning, isString } from "./values.mjs";

const KNOWN = JSON.parse(fs.readFileSync(new URL("hosts.json", import.meta.url), "utf8"));
const AUTHORITY = /^(?:(?:https?|wss?):[\\/]*|[\\/]{2})([^\\/?#]*)(.?)/is;
// Browsers leave these out wherever they are, and skip what comes before an address.
const IGNORED = /[\t\n\r]/g;
const LEADING = /^[\0- ]+/;

export class Hosts {
  #allowed;
  #mining;

  /** @param {string[]} more  hosts the app's owner allows */
  constructor(more = []) {
    this.#allowed = new Set([...KNOWN.allowed, ...more]);
    this.#mining = new Set(KNOWN.mining);
  }

  allows = (host) => isAmong(host, this.#allowed);
  mines = (host) => isAmong(host, this.#mining);
}

/** `*.example.com` stands for every host below example.com. */
function isAmong(host, known) {
  if (known.has(host)) return true;
  const labels = host.split(".");
  return labels.some((_label, place) => place > 0 && known.has(`*.${labels.slice(place).join(".")}`));
}

const stripped = (address) => address.replace(IGNORED, "").replace(LEADING, "");

/**
 * The host of an address; "" when it stays on the app's own, null when it is on another that is not known.
 *
 * @param {boolean} isWhole  whether all of the address is known, or only its beginning
 */
export function hostOf(address, isWhole = true) {
  const found = AUTHORITY.exec(stripped(address));
  if (!found) return "";
  const [, authority, after] = found;
  if (!after && !isWhole) return null;
  try {
    return new URL(`http://${authority}`).hostname.toLowerCase();
  } catch {
    return null;
  }
}

/** Every host that a value may lead to. @returns {(string | null)[]} */
export function hostsOf(value) {
  return alternatives(value)
    .filter(isString)
    .map((each) => hostOf(beginning(each), each.type === "constant"))
    .filter((host) => host !== "");
}

/** Every beginning of an address that a value may be, as browsers read it. */
export const addressesOf = (value) =>
  alternatives(value)
    .filter(isString)
    .map((each) => stripped(beginning(each)).toLowerCase());

export const runsCode = (address) => /^(javascript|vbscript):/.test(address);
export const holdsPage = (address) => /^data:(text\/html|text\/xml|image\/svg|application\/xhtml)/.test(address);
/** An address from which scripts are loaded from elsewhere, or out of a string. */
export const isForeignScript = (address) => /^(data|blob):/.test(address) || hostOf(address, false) !== "";
