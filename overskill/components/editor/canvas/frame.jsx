import { useEffect } from "react";
import { FRAME_BASE, FRAME_POLICY, FRAME_STYLES } from "./frame_styles.js";

/**
 * The inside of the canvas: a page of its own that has the app's styles and nothing else of the app. It may fetch
 * nothing, so styles can neither tell anybody what is drawn nor call our own addresses.
 */
export function Frame({ document: page, styles, isDark, children }) {
  useEffect(() => {
    if (!page) return;
    const policy = page.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = FRAME_POLICY;
    page.head.prepend(policy);
  }, [page]);
  useEffect(() => write(page, "os-base", FRAME_BASE), [page]);
  useEffect(() => write(page, "os-app", styles), [page, styles]);
  useEffect(() => write(page, "os-frame", FRAME_STYLES), [page]);
  useEffect(() => {
    page?.documentElement.classList.toggle("dark", isDark);
  }, [page, isDark]);
  return children;
}

function write(page, id, text) {
  if (!page) return;
  let element = page.getElementById(id);
  if (!element) {
    element = page.createElement("style");
    element.id = id;
    page.head.append(element);
  }
  if (element.textContent !== text) element.textContent = text;
}
