/** What the panel asks the server. A refusal is an Error with the server's own sentence, and its status. */

const OFFLINE = "The server can't be reached. Check your connection; nothing was changed.";

export class Refusal extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const describeElement = (slug, place, signal) => post(slug, "element/describe", spotOf(place), signal);
export const patchElement = (slug, place, operation) => post(slug, "element/patch", { ...spotOf(place), operation });
export const saveFiles = (slug, save) => post(slug, "files", save);

const spotOf = ({ file, line, column, checksum }) => ({ file, line, column, checksum });

async function post(slug, what, body, signal) {
  let response;
  try {
    response = await fetch(`/api/studio/${encodeURIComponent(slug)}/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Refusal(OFFLINE, 0);
  }
  const answer = await response.json().catch(() => null); // an answer that is cut off is none
  if (!response.ok || answer === null)
    throw new Refusal(answer?.error ?? `The server answered ${response.status}. Try again.`, response.status);
  return answer;
}
