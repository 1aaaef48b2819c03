// In every frame: notes when what is waited for is first there, the newest message or the app. Epoch milliseconds.
(() => {
  const isPreview = window !== top;
  const isThere = () =>
    isPreview
      ? document.querySelector("#root > *") !== null
      : [...document.querySelectorAll("article")].at(-1)?.textContent.includes("NEWEST");

  const look = () => {
    if (isThere()) window.shownAt = performance.timeOrigin + performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
