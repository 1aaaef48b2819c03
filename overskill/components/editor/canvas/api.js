/** The canvas of one app, over HTTP (overskill/routes/canvas.py). */

const PATIENCE_MS = 20_000; // then the connection counts as lost
const TRY_AGAIN = new Set([408, 429]);

export function canvasApi(slug, fetch = (...request) => globalThis.fetch(...request)) {
  const root = `/api/studio/${encodeURIComponent(slug)}/canvas`;
  const address = (path) => `${root}/${path.split("/").map(encodeURIComponent).join("/")}`;

  const ask = async (url, options = {}) => {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer = await response.json().catch(() => null); // null: it broke off
    if (response.ok && answer) return answer;
    const isFinal = !response.ok && response.status < 500 && !TRY_AGAIN.has(response.status);
    const words = answer?.error || "That did not work. Try again in a moment.";
    throw Object.assign(new Error(words), { status: response.status, isFinal });
  };

  return {
    pages: async () => (await ask(root)).pages,
    styles: () => ask(`${root}.css`),
    read: (path) => ask(address(path)),
    save: (path, body) =>
      ask(address(path), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}
