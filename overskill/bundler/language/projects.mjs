/**
 * The code of open apps on disk, for one language server that serves them all.
 *
 *   <folder>/node_modules/vite/      what apps refer to as vite/client
 *   <folder>/apps/node_modules       the vendor set
 *   <folder>/apps/package.json       ours: what may be imported, and so what is offered
 *   <folder>/apps/<name>/            one app: its code, a tsconfig.json of ours, and node_modules if it has its own
 *
 * Code can name any file that the server can read, so an app must not find another one: names are random, `apps` can't
 * be listed, and an answer that has a name in it is not given (answers.mjs).
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { isTooDeep } from "../core/files.mjs";
import { declarationsFor } from "../inspection/added-types.mjs";
import { addPackages, checkedText, configuration, write, writeAmbientTypes } from "../inspection/project.mjs";

const ENTER_ONLY = 0o300;
const CREATED = 1;
const CHANGED = 2;
const DELETED = 3; // the protocol's numbers

/** Makes the folder anew. @returns {string} the folder of the apps */
export function prepareFolder(folder, vendorDirectory) {
  const apps = path.join(folder, "apps");
  if (fs.existsSync(apps)) fs.chmodSync(apps, 0o700); // as a daemon that was killed has left it
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(apps, { recursive: true, mode: 0o700 });
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(vendorDirectory, "package.json"), "utf8"));
  write(path.join(apps, "package.json"), JSON.stringify({ name: "apps", private: true, dependencies }));
  fs.symlinkSync(path.join(vendorDirectory, "node_modules"), path.join(apps, "node_modules"));
  writeAmbientTypes(folder);
  fs.chmodSync(apps, ENTER_ONLY);
  return apps;
}

export class Project {
  #written = new Map(); // path -> text
  #revision = null;

  /** @param {import("../core/added-packages.mjs").VendorOfApp | null} vendor  of an app with packages of its own */
  constructor(apps, vendor = null) {
    this.folder = path.join(apps, randomBytes(16).toString("hex"));
    this.packages = vendor?.folder ?? null;
    write(path.join(this.folder, "tsconfig.json"), configuration());
    if (this.packages) this.#addPackages(apps, vendor);
  }

  #addPackages(apps, { folder, added }) {
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(apps, "package.json"), "utf8"));
    const all = { ...dependencies, ...Object.fromEntries([...added].map((name) => [name, "*"])) };
    write(path.join(this.folder, "package.json"), JSON.stringify({ name: "app", private: true, dependencies: all }));
    addPackages(this.folder, { folder, declarations: declarationsFor(folder, added) });
  }

  /** Have exactly the app's files on disk. @returns {{uri: string, type: number}[]} what changed, in the protocol's words */
  update({ files, revision }) {
    if (revision === this.#revision) return [];
    const checked = [...files].map(([file, text]) => checkedText(file, text)).filter(Boolean);
    const wanted = new Map(checked.map(({ place, content }) => [place, content]));
    const gone = [...this.#written.keys()].filter((place) => !wanted.has(place));
    const changed = [...wanted].filter(([place, content]) => this.#written.get(place) !== content);
    const changes = [...gone.map((place) => this.#remove(place)), ...changed.map((one) => this.#write(...one))];
    this.#revision = revision;
    return changes;
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  uri(file) {
    return pathToFileURL(path.join(this.folder, file)).href;
  }

  /** The app's file that a URI of the server names, or null. */
  fileOf(uri) {
    const mine = `${pathToFileURL(this.folder).href}/`;
    return uri.startsWith(mine) ? decodeURIComponent(uri.slice(mine.length)) : null;
  }

  #write(file, text) {
    const type = this.#written.has(file) ? CHANGED : CREATED;
    write(path.join(this.folder, file), isTooDeep(text) ? "" : text); // reading it could be the end of the server
    this.#written.set(file, text);
    return { uri: this.uri(file), type };
  }

  #remove(file) {
    fs.rmSync(path.join(this.folder, file), { force: true });
    this.#written.delete(file);
    return { uri: this.uri(file), type: DELETED };
  }
}
