/**
 * How large the preview is shown: as its pane is, as a device, or at a width of one's own. Pure.
 *
 * @typedef {{ id: string, name: string, group: string, width: number, height: number }} Device
 * @typedef {{ device: string, isTurned: boolean, width: number, zoom: "fit" | number }} View
 *   `device` is an id, "pane" or "custom"; `width` is that of "custom".
 */

export const MARGIN = 20;
export const NARROWEST = 240;
export const WIDEST = 3840;
export const ZOOMS = ["fit", 1, 0.75, 0.5];
const WIDTH_STEP = 16;

/** @type {Device[]} */
export const DEVICES = [
  { id: "phone-small", name: "Small phone", group: "Phones", width: 360, height: 740 },
  { id: "iphone", name: "iPhone", group: "Phones", width: 393, height: 852 },
  { id: "iphone-large", name: "iPhone Pro Max", group: "Phones", width: 440, height: 956 },
  { id: "pixel", name: "Pixel", group: "Phones", width: 412, height: 915 },
  { id: "tablet-small", name: "iPad mini", group: "Tablets", width: 744, height: 1133 },
  { id: "tablet", name: "iPad Air", group: "Tablets", width: 820, height: 1180 },
  { id: "tablet-large", name: "iPad Pro 13", group: "Tablets", width: 1032, height: 1376 },
  { id: "laptop", name: "Laptop", group: "Computers", width: 1280, height: 800 },
  { id: "laptop-large", name: "Large laptop", group: "Computers", width: 1536, height: 960 },
  { id: "desktop", name: "Full HD", group: "Computers", width: 1920, height: 1080 },
];

/** @type {View} */
export const USUAL_VIEW = { device: "pane", isTurned: false, width: 1024, zoom: "fit" };

export const deviceOf = (view) => DEVICES.find(({ id }) => id === view.device) ?? null;

/** What was kept of a view, as far as it means something. @returns {View} */
export function viewFrom(kept) {
  const { device, isTurned, width, zoom } = kept ?? {};
  const isKnown = device === "pane" || device === "custom" || DEVICES.some(({ id }) => id === device);
  return {
    device: isKnown ? device : USUAL_VIEW.device,
    isTurned: isTurned === true,
    width: Number.isFinite(width) ? clamp(width) : USUAL_VIEW.width,
    zoom: ZOOMS.includes(zoom) ? zoom : "fit",
  };
}

/**
 * Where and how large the frame is in its pane: `width` and `height` in its own pixels, drawn `scale` times as large.
 *
 * @param {View} view
 * @param {{ width: number, height: number }} pane
 */
export function frameIn(view, pane) {
  const device = deviceOf(view);
  if (!device && view.device !== "custom") return { width: pane.width, height: pane.height, scale: 1, left: 0, top: 0, isFramed: false };
  const room = { width: Math.max(pane.width - 2 * MARGIN, 1), height: Math.max(pane.height - 2 * MARGIN, 1) };
  const [long, short] = device ? [device.height, device.width] : [null, view.width];
  const width = device && view.isTurned ? long : short;
  const fixed = device ? (view.isTurned ? short : long) : null;
  const fits = Math.min(1, room.width / width, fixed ? room.height / fixed : 1);
  const scale = view.zoom === "fit" ? fits : view.zoom;
  const height = fixed ?? room.height / scale;
  return {
    width,
    height,
    scale,
    left: Math.max(MARGIN, (pane.width - width * scale) / 2),
    top: Math.max(MARGIN, fixed ? (pane.height - height * scale) / 2 : MARGIN),
    isFramed: true,
  };
}

/** The view after its right edge was dragged: the frame is in the middle, so it grows on both sides. */
export function dragged(view, pane, from, distance) {
  const { scale } = frameIn(view, pane);
  return { ...view, device: "custom", width: clamp(from + (2 * distance) / scale) };
}

/** The view after an arrow key on its edge. */
export function nudged(view, pane, direction) {
  return { ...view, device: "custom", width: clamp(frameIn(view, pane).width + direction * WIDTH_STEP) };
}

export function sizeWords(view, pane) {
  const { width, height, scale, isFramed } = frameIn(view, pane);
  if (!isFramed) return "";
  const size = deviceOf(view) ? `${Math.round(width)} × ${Math.round(height)}` : `${Math.round(width)} px wide`;
  return scale === 1 ? size : `${size}, ${Math.round(scale * 100)} %`;
}

const clamp = (width) => Math.round(Math.min(Math.max(width, NARROWEST), WIDEST));
