/** The page the app draws itself into. */

export function isBlank() {
  return document.getElementById("root").childElementCount === 0;
}

/** Routers listen to the browser's own back and forward: this is how they hear of an address set from outside. */
export function navigate(path) {
  if (typeof path !== "string" || !path.startsWith("/") || path.startsWith("//")) return;
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}

export function firstChild(element) {
  if (element.childElementCount > 0) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (element.childElementCount === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element, { childList: true });
  });
}

/** After the next frame is on the screen; a hidden tab draws none. */
export function painted() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    requestAnimationFrame(() => channel.port2.postMessage(null));
    setTimeout(resolve, 500);
  });
}
