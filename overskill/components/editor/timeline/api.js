/** What the versions tab asks the server (overskill/routes/versions.py). A refusal is an Error with its sentence. */

const OFFLINE = "The server can't be reached. Check your connection, then try again.";

export function versionsApi(slug) {
  const root = `/api/studio/${encodeURIComponent(slug)}/versions`;
  const texts = new Map(); // checksum -> text: what a checksum says never changes

  return {
    list: ({ before, only = "" } = {}, signal) => ask(`${root}?${query({ before, only })}`, { signal }),
    compare: (before, after, signal) => ask(`${root}/compare?${query({ before, after })}`, { signal }),
    mark: (number, mark) => post(`${root}/${number}/mark`, mark),
    restore: (number, paths) => post(`${root}/${number}/restore`, { paths }),
    /** null for a file that is not there. */
    text: async (checksum) => {
      if (!checksum) return null;
      if (!texts.has(checksum)) texts.set(checksum, (await ask(`${root}/texts/${checksum}`)).text);
      return texts.get(checksum);
    },
  };
}

const query = (values) =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));

const post = (address, body) =>
  ask(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function ask(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch (error) {
    throw error.name === "AbortError" ? error : new Error(OFFLINE);
  }
  const answer = await response.json().catch(() => null); // null: it broke off
  if (response.ok && !answer) throw new Error(OFFLINE);
  if (!response.ok) throw new Error(answer?.error ?? `The server answered ${response.status}. Try again.`);
  return answer;
}
