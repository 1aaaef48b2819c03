/** A slow connection, as Lighthouse throttles one for phones ("mobileSlow4G", applied by DevTools). */
import { setTimeout } from "node:timers/promises";
import { brotliCompressSync, constants } from "node:zlib";

const LATENCY = 562.5; // ms of each request
const BITS_PER_MS = 1474.56;
export const PROCESSOR_SLOWDOWN = 4;

const AS_AT_THE_EDGE = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const COMPRESSED = /^(text\/|application\/(javascript|json|manifest\+json|wasm)|image\/svg)/;

export class Link {
  #freeAt = 0;
  #carrying = 0;
  #quietSince = performance.now();

  /** Takes as long as the content would on its way. All that is under way shares the line. */
  async carry({ type, content }) {
    this.#carrying += 1;
    const bytes = Buffer.from(content, "base64");
    const size = COMPRESSED.test(type) ? brotliCompressSync(bytes, AS_AT_THE_EDGE).length : bytes.length;
    this.#freeAt = Math.max(performance.now() + LATENCY, this.#freeAt) + (size * 8) / BITS_PER_MS;
    await setTimeout(this.#freeAt - performance.now());
    this.#carrying -= 1;
    this.#quietSince = performance.now();
  }

  /** Whether nothing was carried for so many milliseconds. */
  isQuietFor(milliseconds) {
    return this.#carrying === 0 && performance.now() - this.#quietSince > milliseconds;
  }
}
