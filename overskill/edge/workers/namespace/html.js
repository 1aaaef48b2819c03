// Which file an address means: Cloudflare's html_handling and not_found_handling.
// tests/edge/test_parity.py holds it against workerd's own assets service.
//
// A page `/about` may be the file /about.html (its "page") or /about/index.html (its "folder"). Each has one address,
// which depends on the mode; from every other spelling the visitor is sent there.

/** @typedef {import("./store.js").StoredAsset} StoredAsset */
/** @typedef {{asset: StoredAsset, status: number} | {redirect: string}} Hit */

const ADDRESS_OF_PAGE = {
  "auto-trailing-slash": (stem) => stem,
  "force-trailing-slash": (stem) => `${stem}/`,
  "drop-trailing-slash": (stem) => stem,
};
const ADDRESS_OF_FOLDER = {
  "auto-trailing-slash": (stem) => `${stem}/`,
  "force-trailing-slash": (stem) => `${stem}/`,
  "drop-trailing-slash": (stem) => stem || "/",
};
const ENDINGS = ["/index.html", "/index", "/", ".html"]; // the first that fits

function found(asset, status = 200) {
  return { asset, status };
}

/** The files that `stem` may mean, the likelier one first, each with its address. */
function candidates(stem, mode, isFolderFirst) {
  const folder = { file: `${stem}/index.html`, address: ADDRESS_OF_FOLDER[mode](stem) };
  const page = { file: `${stem}.html`, address: ADDRESS_OF_PAGE[mode](stem) };
  return isFolderFirst ? [folder, page] : [page, folder];
}

/** The file that is served at `address`, of those that would be. */
function servedAt(address, assets, mode) {
  const stem = address.replace(/\/$/, "");
  const isFolderFirst = mode !== "drop-trailing-slash" && address.endsWith("/");
  const owners = candidates(stem, mode, isFolderFirst).filter((candidate) => candidate.address === address);
  return owners.find(({ file }) => assets[file])?.file;
}

/** @returns {Hit | null} */
function attempt(path, stem, assets, mode, isFolderFirst) {
  for (const { file, address } of candidates(stem, mode, isFolderFirst)) {
    if (!assets[file]) continue;
    if (address !== "" && !assets[address] && servedAt(address, assets, mode) === file) {
      return address === path ? found(assets[file]) : { redirect: address };
    }
    if (file === path) return null; // it can't have its address, so it is served where it was asked for
  }
  return null;
}

/**
 * The file at a decoded path, or where it should be asked for instead.
 * @returns {Hit | null}
 */
export function find(assets, path, mode) {
  const exact = assets[path];
  if (mode === "none" || (exact && path.endsWith("/index"))) return exact ? found(exact) : null;
  const ending = ENDINGS.find((text) => path.endsWith(text));
  if (ending) {
    const stem = path.slice(0, -ending.length);
    const hit = attempt(path, stem, assets, mode, ending !== ".html");
    if (hit) return hit;
  }
  return exact ? found(exact) : attempt(path, path, assets, mode, false);
}

function nearestErrorPage(assets, path) {
  for (let folder = path; folder; ) {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const page = assets[`${folder}/404.html`];
    if (page) return page;
  }
  return undefined;
}

/**
 * What answers when no file matched.
 * @returns {Hit | null}
 */
export function findInstead(assets, path, notFoundHandling) {
  if (notFoundHandling === "single-page-application") {
    return assets["/index.html"] ? found(assets["/index.html"]) : null;
  }
  if (notFoundHandling === "404-page") {
    const page = nearestErrorPage(assets, path);
    return page ? found(page, 404) : null;
  }
  return null;
}
