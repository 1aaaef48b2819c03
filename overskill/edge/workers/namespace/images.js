// `env.IMAGES` on one machine: the part of Cloudflare's Images binding that the dispatch worker uses. The pictures are
// drawn by a service beside the launcher (overskill/edge/images.py).

import { env as processEnv } from "cloudflare:workers";

const PATIENCE_MS = 12_000;

class Drawing {
  #picture;
  #wanted = {};

  constructor(picture) {
    this.#picture = picture;
  }

  transform({ width }) {
    this.#wanted = { width };
    return this;
  }

  async output({ format, quality }) {
    const wanted = new URLSearchParams({ ...this.#wanted, format, quality });
    const asked = { method: "POST", body: this.#picture, signal: AbortSignal.timeout(PATIENCE_MS) };
    const response = await processEnv.IMAGES.fetch(`http://images/?${wanted}`, asked);
    if (!response.ok) throw new Error(await response.text());
    return { response: () => response, image: () => response.body, contentType: () => format };
  }
}

export const images = { input: (picture) => new Drawing(picture) };
