/**
 * Aliases: addresses of their own at which an open app is shown for a while. They are kept on disk, so that who looks at
 * an app notices nothing of a restart.
 */
import fs from "node:fs";
import path from "node:path";

import { Refused } from "../core/files.mjs";
import { isKey } from "./open-apps.mjs";

const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * @typedef {object} Share
 * @property {string} key    of the app that is shown
 * @property {number} until  ms since 1970
 * @property {Set<{end(): void}>} viewers
 * @property {NodeJS.Timeout} [timer]
 */
export class Shares {
  /** @type {Map<string, Share>} */
  #shares = new Map();

  constructor(directory) {
    this.file = path.join(directory, "_shares.json");
    for (const { key, alias, until } of this.#read()) if (until > Date.now()) this.#hold(key, alias, until);
  }

  /** @param {{key: string, alias: string, until: number}} params */
  share({ key, alias, until }) {
    if (!isKey(key) || !isKey(alias) || key === alias || !Number.isInteger(until))
      throw new Refused("invalid_input", "share needs a preview key, an alias and until when.");
    this.#hold(key, alias, until);
    this.#save();
    return {};
  }

  /** @param {{aliases: string[]}} params */
  unshare({ aliases }) {
    if (!Array.isArray(aliases)) throw new Refused("invalid_input", "unshare needs the aliases.");
    for (const alias of aliases) this.#end(alias);
    this.#save();
    return {};
  }

  /** What is shown at an address, by its first label: an app itself, or one that is shared. */
  at(label) {
    const share = this.#shares.get(label);
    if (!share) return { key: label, share: null };
    return share.until > Date.now() ? { key: share.key, share } : { key: null, share: null };
  }

  #hold(key, alias, until) {
    const known = this.#shares.get(alias);
    clearTimeout(known?.timer);
    const share = { key, until, viewers: known?.viewers ?? new Set() };
    share.timer = setTimeout(() => this.#end(alias), Math.min(until - Date.now(), LONGEST_TIMER)).unref();
    this.#shares.set(alias, share);
  }

  #end(alias) {
    const share = this.#shares.get(alias);
    if (!share) return;
    clearTimeout(share.timer);
    this.#shares.delete(alias);
    for (const viewer of share.viewers) viewer.end();
  }

  #read() {
    try {
      return JSON.parse(fs.readFileSync(this.file, "utf8"));
    } catch {
      return []; // nothing was ever shared
    }
  }

  /** At once, and before it is answered: what was revoked must not be back after a crash. */
  #save() {
    const shares = [...this.#shares].map(([alias, { key, until }]) => ({ alias, key, until }));
    const temporary = `${this.file}.new`;
    fs.writeFileSync(temporary, JSON.stringify(shares), { mode: 0o600 });
    fs.renameSync(temporary, this.file);
  }
}
