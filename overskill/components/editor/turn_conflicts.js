/** Files that a turn and a person changed in the same place, over HTTP (overskill/routes/files.py). */

const LOST = "This did not work just now. Try again in a moment.";

/** Raises an Error with words for the reader. */
export function conflictsOf(slug, turn, fetch = (...request) => globalThis.fetch(...request)) {
  const address = `/api/studio/${encodeURIComponent(slug)}/conflicts`;

  const ask = async (url, options) => {
    const response = await fetch(url, options).catch(() => null);
    const answer = await response?.json().catch(() => null); // null: it broke off
    if (!response?.ok || !answer) throw Object.assign(new Error(answer?.error || LOST), { status: response?.status ?? 0 });
    return answer;
  };

  return {
    /** `{ mine, theirs }`: the file as it is in the app, and as the turn wrote it; null where there is none. */
    read: (path) => ask(`${address}?${new URLSearchParams({ turn, path })}`),

    /** Keep "mine" or "theirs". Resolves also where somebody has chosen before. */
    choose: async (path, keep) => {
      const body = JSON.stringify({ turn, path, keep });
      try {
        await ask(address, { method: "POST", headers: { "content-type": "application/json" }, body });
      } catch (failure) {
        if (failure.status !== 404) throw failure;
      }
    },
  };
}
