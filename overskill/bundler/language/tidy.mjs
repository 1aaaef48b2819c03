/** A file that was laid out stays laid out: what an edit wrote is written as the formatter writes it. */
import { format } from "./format.mjs";

/**
 * Where the file was laid out before, only what was edited can be laid out otherwise now. A file that was not is left to
 * whoever wrote it.
 *
 * @param {{path: string, text: string, before: string}} edit
 * @returns {Promise<{text: string}>}  raises Refused where one of the two can't be read
 */
export async function tidy({ path, text, before }) {
  const laidOut = await format({ path, text: before });
  return laidOut.text === before ? format({ path, text }) : { text };
}
