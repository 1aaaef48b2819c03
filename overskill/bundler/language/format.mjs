/** The one way code is laid out: oxfmt, which writes what Prettier writes, in the style of the starter. */
import { format as oxfmt } from "oxfmt";

import { position } from "../core/diagnostics.mjs";
import { isTooDeep, Refused } from "../core/files.mjs";

const STYLE = { printWidth: 100, sortPackageJson: false };

/** @returns {Promise<{text: string}>} the same text where the kind of file has no layout of its own */
export async function format({ path, text }) {
  if (!KNOWN.test(path)) return { text };
  if (isTooDeep(text)) throw refused(path, "it is nested too deeply");
  const { code, errors } = await oxfmt(path, text, STYLE);
  if (errors.length > 0) throw refused(path, reason(text, errors[0]));
  return { text: code };
}

const KNOWN = /\.(tsx?|jsx?|mjs|css|json|html|md|ya?ml|webmanifest)$/;

function reason(text, { message, labels }) {
  const start = labels[0]?.start;
  const { line } = position(text, start === undefined ? -1 : Buffer.from(text).subarray(0, start).toString().length);
  return `${line > 0 ? `line ${line}: ` : ""}${message}`;
}

const refused = (path, why) => new Refused("invalid_input", `${path} can't be formatted: ${why}. Correct that first.`);
