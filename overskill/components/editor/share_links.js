/** The share links of an app, over HTTP (routes/sharing.py). Each of these throws an Error whose message can be shown. */

/** @typedef {{ id: string, url: string, made_by: string, created_at: string, expires_at: string }} ShareLink */

const AWAY = "The server did not answer. Check your connection, then try again.";

/** @returns {Promise<ShareLink[]>} */
export async function readLinks(slug) {
  return (await ask(slug, "")).links;
}

/** @param {"hour" | "day" | "week"} lifetime @returns {Promise<ShareLink>} */
export function createLink(slug, lifetime) {
  return ask(slug, "", { lifetime });
}

export function revokeLink(slug, id) {
  return ask(slug, `/${encodeURIComponent(id)}/revoke`, {});
}

async function ask(slug, path, body) {
  const options = body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = await fetch(`/api/studio/${encodeURIComponent(slug)}/shares${path}`, options).catch(() => {
    throw new Error(AWAY);
  });
  if (answer.status === 204) return {};
  const content = await answer.json().catch(() => null); // null: it broke off
  if (!answer.ok || !content) throw new Error(content?.error ?? AWAY);
  return content;
}
