/** Tailwind classes that begin like what is typed. Pure. */
import { LEADINGS, RADII, SHADOWS, split, STEPS, TEXT_SIZES, WEIGHTS } from "./classes.js";
import { PALETTE, SHADES } from "./palette.js";

const MOST = 12;
const SPACED = "p px py pt pr pb pl m mx my mt mr mb ml gap gap-x gap-y w h size min-w min-h max-w max-h top right bottom left inset space-x space-y basis scroll-m".split(" ");
const SIZED = ["w", "h", "min-w", "max-w", "min-h", "max-h", "size"];
const SIZES = "auto full screen fit min max 1/2 1/3 2/3 1/4 3/4 xs sm md lg xl 2xl 3xl 4xl 5xl 6xl 7xl prose dvh".split(" ");
const PLAIN = (
  "block inline-block inline flex inline-flex grid inline-grid contents hidden flex-row flex-col flex-wrap flex-nowrap flex-1 " +
  "grow shrink-0 items-start items-center items-end items-stretch items-baseline justify-start justify-center justify-end " +
  "justify-between justify-around justify-evenly place-items-center place-content-center self-start self-center self-end " +
  "self-stretch col-span-full order-first order-last static relative absolute fixed sticky text-left text-center text-right " +
  "text-justify text-balance text-pretty truncate line-clamp-1 line-clamp-2 line-clamp-3 whitespace-nowrap italic underline " +
  "no-underline line-through uppercase lowercase capitalize tabular-nums antialiased font-sans font-serif font-mono border " +
  "border-0 border-2 border-4 border-t border-b border-l border-r border-dashed divide-y divide-x rounded overflow-hidden " +
  "overflow-auto overflow-x-auto object-cover object-contain aspect-square aspect-video opacity-0 opacity-50 opacity-75 " +
  "opacity-100 cursor-pointer select-none pointer-events-none transition transition-colors duration-150 duration-300 " +
  "animate-spin animate-pulse animate-bounce backdrop-blur sr-only tracking-tight tracking-wide mx-auto ml-auto"
).split(" ");
const COLOURED = "text bg border ring fill stroke from via to divide outline decoration accent".split(" ");

let all = null;

function everything() {
  const joined = (prefix, values) => values.map((value) => `${prefix}-${value}`);
  const shades = PALETTE.flatMap(({ name }) => joined(name, SHADES));
  all ??= [
    ...PLAIN,
    ...SPACED.flatMap((prefix) => joined(prefix, STEPS)),
    ...SIZED.flatMap((prefix) => joined(prefix, SIZES)),
    ...joined("text", TEXT_SIZES),
    ...joined("font", WEIGHTS),
    ...joined("leading", LEADINGS),
    ...joined("rounded", RADII),
    ...joined("shadow", SHADOWS),
    ...joined("grid-cols", "1 2 3 4 5 6 12".split(" ")),
    ...COLOURED.flatMap((prefix) => joined(prefix, ["white", "black", "transparent", ...shades])),
  ];
  return all;
}

/** @param {string[]} colours  the app's own names @returns {string[]} with the variant that was typed */
export function completions(typed, colours = []) {
  const [variant, base] = split(typed.trim());
  if (base.length < 1) return [];
  const own = COLOURED.flatMap((prefix) => colours.map((name) => `${prefix}-${name}`));
  const found = [...own, ...everything()].filter((each) => each.startsWith(base) && each !== base);
  return found.slice(0, MOST).map((each) => variant + each);
}
