/** What the server answered, or an Error that says what it refused. */
async function asked(address, options) {
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new Error("The server can't be reached. Look at your connection, then try again.");
  }
  const told = await answer.json().catch(() => null); // null: it broke off
  if (!answer.ok || !told) throw new Error(told?.error ?? "That did not work. Try again in a moment.");
  return told;
}

export const addPicture = (slug, file) => asked(`/api/sell/${slug}/pictures`, { method: "POST", body: file });
export const changeOwnPicture = (file) =>
  asked("/api/sell/picture", file ? { method: "PUT", body: file } : { method: "DELETE" });
