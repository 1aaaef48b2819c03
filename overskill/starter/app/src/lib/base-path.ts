/** Where the app is mounted: "/" on a host of its own, "/app/<name>" when the page carries a <base href>. */
export const basePath = readBasePath();

function readBasePath(): string {
  const base = document.querySelector("base")?.href;
  if (!base) return "/";
  return new URL(base).pathname.replace(/\/+$/, "") || "/";
}
