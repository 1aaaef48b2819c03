/** What is said in a console, as one line. */
const OFFLINE = /failed to fetch|network ?error|load failed|err_internet_disconnected|dynamically imported module/i;
const NOISE = [
  /^Failed to load resource/, // Site has said why
  /Autofocus processing was blocked/i,
  /ResizeObserver loop/i, // harmless: it is delivered in the next frame
];

/** Not worth a repair: or it is our doing, because other hosts are not reached from here. */
export function isNoise(message, report) {
  return NOISE.some((pattern) => pattern.test(message)) || (report.hasOutsideRequests && OFFLINE.test(message));
}

/** The arguments of a console call, with %s and the like filled in. */
export function textOf(first, ...others) {
  const rest = others.map(plain);
  const text = plain(first).replace(/%[sdifoOc]/g, (mark) => {
    if (rest.length === 0) return mark;
    const value = rest.shift();
    return mark === "%c" ? "" : value;
  });
  return [text, ...rest].filter(Boolean).join(" ");
}

function plain(value) {
  if (value === undefined) return "";
  if (value.subtype === "error") return withoutStack(value.description ?? "");
  if ("value" in value) return typeof value.value === "string" ? value.value : JSON.stringify(value.value);
  return value.unserializableValue ?? previewed(value) ?? value.description ?? value.type;
}

function previewed({ preview }) {
  if (!preview || preview.type !== "object" || preview.properties.length === 0) return undefined;
  const parts = preview.properties.slice(0, 5).map(({ name, value }) => `${name}: ${value}`);
  return `{${parts.join(", ")}${preview.overflow ? ", …" : ""}}`;
}

const withoutStack = (description) => description.split(/\n\s+at /)[0];
