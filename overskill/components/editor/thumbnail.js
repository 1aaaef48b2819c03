const LARGEST = 400 * 1024;

/** Keep the picture (a data: URL) that a preview took of itself. A lost one is no loss: the next turn brings another. */
export async function postThumbnail(slug, image) {
  const [, type, base64] = /^data:(image\/(?:png|webp));base64,([A-Za-z0-9+/=]+)$/.exec(image) ?? [];
  if (!type) return;
  const picture = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type });
  if (picture.size > LARGEST) return;
  const address = `/api/apps/${encodeURIComponent(slug)}/thumbnail`;
  await fetch(address, { method: "POST", body: picture, headers: { "content-type": type } }).catch(() => {});
}
