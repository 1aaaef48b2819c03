/**
 * Pictures that are part of an app's code, published as files: a visitor's browser keeps them, shows the page before it
 * has them, and gets them no larger than it shows them. In apps they are modules whose default export is a data URL
 * (services/attachments/pictures.py).
 */
import path from "node:path";

import { digest } from "../core/compile.mjs";
import { isAppCode } from "../core/files.mjs";

const MODULE = /^(?:\/\/.*\n)*export default "data:image\/(avif|jpeg|png|webp);base64,([A-Za-z0-9+/]+={0,2})";\s*$/;
const SMALLEST = 4096; // characters; a request of its own takes longer than less than these

/**
 * @param {Record<string, string>} files  of an app
 * @returns {{files: Map<string, string>, assets: Map<string, {content: string, type: string, encoding: "base64"}>}}
 *   the files with addresses in place of pictures, and the pictures
 */
export function picturesApart(files) {
  const assets = new Map();
  const others = new Map();
  for (const [file, text] of Object.entries(files)) {
    const [, kind, content] = (isAppCode(file) && text.length >= SMALLEST && MODULE.exec(text)) || [];
    if (!content) {
      others.set(file, text);
      continue;
    }
    const name = `${path.posix.parse(file).name}-${digest(content).slice(0, 8)}.${kind}`;
    assets.set(`/assets/${name}`, { content, type: `image/${kind}`, encoding: "base64" });
    others.set(file, `export default new URL(${JSON.stringify(`./${name}`)}, import.meta.url).href;\n`);
  }
  return { files: others, assets };
}
