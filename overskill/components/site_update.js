/**
 * Whether the site was updated while this page was open, so that the two no longer fit: the server's states are others
 * than those that this page was built for, or a part of the page is to be had no more.
 */

// Reflex loads a page anew at once when the states differ, under the fingers of whoever types, unless it did so lately;
// then it shows a banner of its own. So it is told that it just did, and its banner is taken for the word.
const REFLEX_RELOADED = "reflex_last_reloaded_on_error";
const REFLEX_BANNER = "reflex-new-version-banner";
const NEVER_AGAIN = "9000000000000";

const RELOADED = "overskill:reloaded";
const ONCE_A_MS = 60_000; // what a reload did not mend, another would not either
const CALM_MS = 10_000;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove", "wheel"];

/** @param {() => void} onUpdated @returns {() => void} stops it */
export function watchForUpdate(onUpdated) {
  sessionStorage.setItem(REFLEX_RELOADED, NEVER_AGAIN);
  const lookForBanner = () => {
    const banner = document.getElementById(REFLEX_BANNER);
    if (!banner) return;
    banner.remove();
    onUpdated();
  };
  const onPartMissing = async () => (await isAnotherBuild()) && onUpdated();
  const observer = new MutationObserver(lookForBanner);
  observer.observe(document.body, { childList: true });
  lookForBanner();
  window.addEventListener("vite:preloadError", onPartMissing);
  return () => {
    observer.disconnect();
    window.removeEventListener("vite:preloadError", onPartMissing);
  };
}

/** Whether what is served now is not what this page was made of. */
async function isAnotherBuild() {
  const mine = window.__reactRouterManifest?.url;
  const answer = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
  return Boolean(mine && answer?.ok) && !(await answer.text()).includes(mine);
}

/** What was typed is kept: each part of the page sees to it when it is left. */
export function reload() {
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

/** Act once nobody looks or nobody does anything. @returns {() => void} stops it */
export function whenCalm(act, now = Date.now) {
  if (now() - Number(sessionStorage.getItem(RELOADED)) < ONCE_A_MS) return () => {};
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(act, document.hidden ? 0 : CALM_MS);
  };
  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, wait, { capture: true, passive: true });
  document.addEventListener("visibilitychange", wait);
  wait();
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, wait, { capture: true });
    document.removeEventListener("visibilitychange", wait);
  };
}
