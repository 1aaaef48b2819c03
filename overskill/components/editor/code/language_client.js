/** What the server knows of an app's code (overskill/routes/language.py). */
const PATIENCE_MS = 25_000; // the first answer of all may take some seconds

export class NoAnswer extends Error {}

/** @param {string} slug */
export function languageClient(slug, fetch = (...request) => globalThis.fetch(...request)) {
  const root = `/api/studio/${encodeURIComponent(slug)}/language`;

  return async (kind, question, signal) => {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`${root}/${kind}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(question),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const answer = await response.json().catch(() => null); // null: it broke off
    if (!response.ok || !answer) throw new NoAnswer(answer?.error || "That did not work. Try again in a moment.");
    return answer;
  };
}

/** A question of a kind is dropped when the next one is asked. */
export function latestOnly(ask) {
  let controller = null;
  return (kind, question) => {
    controller?.abort();
    controller = new AbortController();
    return ask(kind, question, controller.signal);
  };
}

/**
 * For questions that each key changes: asks whether nothing newer came for so long.
 *
 * @param {number} milliseconds
 * @param {(action: () => void, wait: number) => unknown} later
 * @returns {() => Promise<boolean>}
 */
export function atRest(milliseconds, later = setTimeout) {
  let newest = 0;
  return () => {
    const asked = ++newest;
    return new Promise((tell) => later(() => tell(asked === newest), milliseconds));
  };
}

/** An answer, or null where there is none: what helps while typing never gets in the way. */
export async function answerOf(asked) {
  try {
    return await asked;
  } catch {
    return null;
  }
}
