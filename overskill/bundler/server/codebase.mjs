/** What is about all files of an app at once, in a child that is bounded in time and memory. */
import { checkFiles, Refused } from "../core/files.mjs";
import { BoundedChild } from "./bounded-child.mjs";

const CHILD = new URL("../codebase-child.mjs", import.meta.url);
const MOST_MEMORY = 512; // MB
const LONGEST = 3000; // ms
const LONGEST_QUERY = 1000; // characters
const IS_SLOW = "This search took too long and was ended. Make the expression simpler, or search for plain text.";
const IS_LOST = "The imports of these files could not be followed. Try again, or move fewer files at once.";

export class Codebase extends BoundedChild {
  constructor({ longest = LONGEST } = {}) {
    super(CHILD, { memory: MOST_MEMORY, longest, failed: IS_LOST });
  }

  move({ files, moves }) {
    checkFiles(new Map(Object.entries(files)));
    return this.ask({ work: "move", files, moves });
  }

  search({ files, query, most }) {
    return this.#look({ work: "search", files, query, most });
  }

  replace({ files, query, replacement, most }) {
    return this.#look({ work: "replace", files, query, replacement, most });
  }

  async #look(message) {
    const { length } = message.query.text;
    if (length === 0 || length > LONGEST_QUERY)
      throw new Refused("invalid_input", `Search for 1 to ${LONGEST_QUERY} characters.`);
    try {
      return await this.ask(message);
    } catch (error) {
      throw error.kind === "unavailable" ? new Refused("invalid_input", IS_SLOW) : error;
    }
  }
}
