export interface Wishes {
  style: "characters" | "words";
  length: number;
  words: number;
  capitals: boolean;
  digits: boolean;
  symbols: boolean;
}

const SMALL = "abcdefghijkmnopqrstuvwxyz"; // no l, which looks like 1
const CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS = "23456789";
const SYMBOLS = "!#$%&*+-=?@^_~";
const WORDS =
  "acorn amber anchor apple arrow autumn bamboo basil beacon birch blossom bottle branch bridge bronze bubble butter cactus camera candle canyon carpet castle cedar cello chalk cherry cinder circle citrus clover cobalt coffee comet copper coral cotton cousin crane cricket crystal daisy dancer desert dinner dolphin dragon eagle echo ember engine fable falcon feather fennel fiddle flint forest fossil galaxy garden garlic ginger glacier globe granite grape gravel guitar hammer harbor hazel helmet hollow honey horizon iceberg indigo island ivory jacket jasmine jigsaw jungle kettle kitten ladder lagoon lantern laurel lemon lilac linen lizard lobster lunar magnet mango maple marble meadow melon meteor mirror mitten monsoon mosaic mountain muffin nectar needle nettle nickel noodle north nutmeg ocean olive onion orange orbit orchid otter oyster paddle panda paper parrot pebble pepper piano pickle pigeon pillow planet plum pocket pollen poppy prairie puzzle quartz quill rabbit radish raven ribbon river robin rocket saddle saffron salmon sandal sapphire satchel scarf shadow shell silver sparrow spiral spruce squirrel sunset tango teapot temple thimble thunder tiger timber tomato trumpet tulip tunnel turtle umbrella valley vanilla velvet violet violin walnut water willow window winter wizard yellow zebra zephyr".split(
    " ",
  );

/** An even draw: numbers that would favour the first choices are drawn again. */
function below(limit: number): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn < 2 ** 32 - (2 ** 32 % limit) ? drawn % limit : below(limit);
}

function pick(from: string): string {
  return from[below(from.length)] ?? "";
}

function groups({ capitals, digits, symbols }: Wishes): string[] {
  return [SMALL, capitals ? CAPITALS : "", digits ? DIGITS : "", symbols ? SYMBOLS : ""].filter(Boolean);
}

export function makePassword(wishes: Wishes): string {
  if (wishes.style === "words") {
    const words = Array.from({ length: wishes.words }, () => WORDS[below(WORDS.length)] ?? "");
    const shown = wishes.capitals ? words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)) : words;
    return shown.join("-") + (wishes.digits ? `-${10 + below(90)}` : "") + (wishes.symbols ? pick(SYMBOLS) : "");
  }
  const kinds = groups(wishes);
  const signs = [...kinds.map(pick), ...Array.from({ length: wishes.length }, () => pick(kinds.join("")))];
  const kept = signs.slice(0, wishes.length);
  for (let last = kept.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [kept[last], kept[other]] = [kept[other] ?? "", kept[last] ?? ""];
  }
  return kept.join("");
}

/** How many yes-or-no guesses it takes, in bits. */
export function strength(wishes: Wishes): number {
  if (wishes.style === "words") {
    const more = (wishes.digits ? Math.log2(90) : 0) + (wishes.symbols ? Math.log2(SYMBOLS.length) : 0);
    return wishes.words * Math.log2(WORDS.length) + more;
  }
  return wishes.length * Math.log2(groups(wishes).join("").length);
}

export function verdict(bits: number): string {
  if (bits < 40) return "Weak";
  if (bits < 60) return "Fair";
  return bits < 80 ? "Strong" : "Very strong";
}
