/** Security scans, one after another, in a child that is bounded in time and memory. */
import { Refused } from "../core/files.mjs";
import { BoundedChild } from "./bounded-child.mjs";

const CHILD = new URL("../scan-child.mjs", import.meta.url);
const MOST_MEMORY = 1024; // MB
const LONGEST_SCAN = 15_000; // ms; the caller waits for 20 s
const FAILED = "The security scan could not read this code. Split very long or deeply nested files, then try again.";

export class Scans extends BoundedChild {
  constructor({ longest = LONGEST_SCAN } = {}) {
    super(CHILD, { memory: MOST_MEMORY, longest, failed: FAILED });
  }

  /** @returns {Promise<{findings: import("../core/scan/findings.mjs").Finding[]}>} */
  scan({ files, hosts = [] }) {
    if (files === null || typeof files !== "object" || Array.isArray(files))
      throw new Refused("invalid_input", "scan needs the app's files.");
    return this.ask({ files, allowedHosts: hosts });
  }
}
