/** What the settings ask of the server. Each of these throws an Error whose message can be shown. */

const AWAY = "The server did not answer. Check your connection, then try again.";

/**
 * @typedef {object} Report
 * @property {string} name  what the app will be called
 * @property {number} count  files it will have
 * @property {{path: string, verdict: "taken" | "adapted" | "left_out", words: string}[]} lines
 * @property {{name: string, alternative: string, files: string[]}[]} missing
 */

/** What would become of a zip; nothing is kept of it. @param {File} file @returns {Promise<Report>} */
export const reportOn = (file) => send("POST", `/api/imports/report?${named(file)}`, file);

/** @returns {Promise<{slug: string, version: number, diagnostics: object[]}>} */
export const importProject = (file, slug) =>
  send("POST", slug ? `/api/studio/${encodeURIComponent(slug)}/import?${named(file)}` : `/api/imports?${named(file)}`, file);

/** @param {Blob | null} picture  null takes the icon away */
export const changeIcon = (slug, picture) =>
  send(picture ? "PUT" : "DELETE", `/api/studio/${encodeURIComponent(slug)}/icon`, picture);

/**
 * @typedef {object} Offered
 * @property {number} id
 * @property {string} name  "owner/name"
 * @property {string} branch  its default one
 * @property {boolean} private
 */

/** @returns {Promise<{repositories: Offered[]}>} what GitHub said its visitor can reach */
export const offeredRepositories = (visit) => send("GET", `/api/imports/github?${new URLSearchParams({ visit })}`);

/** @returns {Promise<{branches: string[]}>} */
export const branchesOf = (visit, id) => send("GET", `/api/imports/github/branches?${new URLSearchParams({ visit, id })}`);

/** @returns {Promise<Report & {commit: string, unconnectable: string}>} */
export const reportOnRepository = (choice) => send("POST", "/api/imports/github/report", JSON.stringify(choice));

/** @returns {Promise<{slug: string}>} */
export const importRepository = (choice) => send("POST", "/api/imports/github", JSON.stringify(choice));

const named = ({ name }) => new URLSearchParams({ name });

async function send(method, address, body) {
  const answer = await fetch(address, { method, body }).catch(() => {
    throw new Error(AWAY);
  });
  const content = await answer.json().catch(() => null); // null: it broke off
  if (!answer.ok || !content) throw new Error(content?.error ?? AWAY);
  return content;
}
