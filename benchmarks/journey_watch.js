// In every frame: notes when a condition is first painted, and when something was clicked. Times are epoch milliseconds.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const holds = (condition) => {
    try {
      return condition();
    } catch {
      return false; // the page has no body yet
    }
  };

  window.journey = {
    paintedAt: 0,
    condition: () => document.querySelector("h1")?.textContent === "HEADING",
    watchFor(condition) {
      this.paintedAt = 0;
      this.condition = condition;
    },
  };

  const look = () => {
    const { journey } = window;
    if (journey.condition && holds(journey.condition)) {
      journey.condition = null;
      const afterThisFrame = new MessageChannel();
      afterThisFrame.port1.onmessage = () => (journey.paintedAt = now());
      afterThisFrame.port2.postMessage(null);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  addEventListener("click", (event) => (window.clickedAt = performance.timeOrigin + event.timeStamp), true);
})();
