/** Pictures as wide as they are shown: a published app has them at <service>/<width>/<path>, other places don't. */
interface Place {
  /** Undefined wherever pictures are only there as they are. */
  service: string | undefined;
  basePath: string;
  origin: string;
}

const WIDTHS = [128, 256, 384, 640, 828, 1080, 1600, 2560];
const FITTED = /\.(?:jpe?g|png|webp|avif)$/i;

/** What an <img> is given for a picture of this app or of anywhere. `width` is its own, or how wide it is shown. */
export function pictureAddresses(src: string, width: number | undefined, place: Place) {
  const root = place.basePath.replace(/\/$/, "");
  const original = isFromRoot(src) && !src.startsWith(`${root}/`) ? root + src : src;
  const path = pathInApp(original, root, place.origin);
  if (!place.service || path === null) return { src: original };
  const addressAt = (wide: number) => `${root}${place.service}/${wide}${path}`;
  const widths = widthsFor(width);
  return {
    src: addressAt(widths[widths.length - 1]),
    srcSet: widths.map((wide) => `${addressAt(wide)} ${wide}w`).join(", "),
  };
}

/** "/harbour.jpg", but not "//example.com/harbour.jpg". */
const isFromRoot = (src: string) => /^\/(?!\/)/.test(src);

function pathInApp(src: string, root: string, origin: string): string | null {
  const home = `${origin}${root}/`;
  if (!URL.canParse(src, home)) return null;
  const url = new URL(src, home);
  const isOurs = url.origin === origin && url.pathname.startsWith(`${root}/`);
  return isOurs && FITTED.test(url.pathname) ? url.pathname.slice(root.length) + url.search : null;
}

/** Sharp on screens with two pixels for one. */
function widthsFor(width: number | undefined): number[] {
  const widest = width ? WIDTHS.findIndex((wide) => wide >= 2 * width) : -1;
  return widest < 0 ? WIDTHS : WIDTHS.slice(0, widest + 1);
}
