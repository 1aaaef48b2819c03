"""What a shop sells: read out of the prompt, and made into products."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from overskill.services.generation.recipes.lexicon import shelf, tokens
from overskill.services.generation.recipes.sites.lists import Item, Listed, find_lists, split
from overskill.services.generation.recipes.words import fingerprint, is_plural, low, sentence, singularize

Product = tuple[str, str, float, int, str]  # name, category, price, rating, description

_SHOP = r"(?:web ?shop|e-?shop|shop|store|boutique|market ?place|catalog(?:ue)?|stall|stand|e-?commerce(?: site)?)"
_SOLD = (
    r"\bsell(?:s|ing)?(?: (?:my|our|some|the|all|her|his|their)\b)*(?: own)? ",
    r"\b(?:order|buy|pre-?order|orders for|orders of)(?: (?:my|our|the|some|fresh)\b)* ",
    rf"\b{_SHOP}\b[^,.:;]{{0,20}}? (?:for|of|where i sell)(?: (?:my|our|the|an?|some)\b)? ",
    rf"(?<!\w)(?=(?:[\w'’-]+ ){{1,3}}{_SHOP}\b)",
    r"^(?:(?:my|our|the|some) )?(?!(?:take|accept|let|lets|make|build|create|i|we|a|an) )(?=[\w'’-]+)",
)
_END = re.compile(
    rf"[.;:!?\n(]|\b(?:that|which|where|with|from|in|on|at|online|to|so|for|i|we|who|by|let|lets|people|customers|"
    rf"and (?:let|i|we|"
    rf"show|have)|called|named|including|using|made|direct|straight|via)\b|\b{_SHOP}\b|[$€£]|,? \d+ kinds",
    re.IGNORECASE,
)
_PLAIN_WORDS = frozenset(
    "a an the my our online small little simple new nice local own web best tiny good cool great beautiful some "
    "of and modern page "
    "site website app want need i build make create me please products product things stuff items goods something "
    "handmade home-made homemade fresh organic custom customised personalized personalised used old cheap natural "
    "sustainable unique various different six five four three two couple kinds types".split()
)
_TELLS_LITTLE = frozenset(
    "luxury premium designer eco eco-friendly vegan gluten-free artisan artisanal craft gourmet traditional rare "
    "modern "
    "minimalist small-batch homegrown local hand-made hand-poured second-hand pre-owned refurbished affordable "
    "real pure raw "
    "seasonal fair-trade fair colourful colorful women's men's womens mens ladies".split()
)
_NOTHING = frozenset(
    "products product items item things stuff goods shop shops store stores it them everything people customers".split()
)
PARTS_OF_A_SHOP = re.compile(
    r"\b(cart|basket|checkout|payments?|search|filters? by|filtering|sort\w*|reviews?|ratings?|log ?in|sign ?up|"
    r"accounts?|"
    r"categor(?:y|ies)|pages?|"
    r"delivery|shipping|pick-?up|wish ?list|photos?|pictures|images|prices?|stock|stripe|paypal|newsletter|"
    r"contact|about|"
    r"descriptions?|discount\w*|coupons?|admin|orders?|gallery|faq|mode|theme|colou?r scheme|design)\b",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(
    r"^(?:in |different |several |all )?(sizes?|colou?rs?|weights?|materials?|brands?|origins?|roasts?|lengths?|"
    r"prices?|authors?|"
    r"years?|volumes?|scents?|flavou?rs?|conditions?|genres?|languages?)$",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"^(?:categories|collections|departments|sections|types|kinds|things) (?:like |for |of )?", re.IGNORECASE
)
_NAMES_PRODUCTS = re.compile(
    r"flavou?r|scent|kind|product|variet|sort|item|type|blend|roast|range|title|model", re.IGNORECASE
)
# Of these there is no plural, or no singular, that anybody uses.
UNCOUNTED = frozenset(
    "bread honey coffee tea cheese wine beer furniture jewelry jewellery art merch knitwear pottery chocolate "
    "food meat "
    "fish lemonade yarn clothing clothes makeup skincare stationery vinyl music fruit milk pasta rice fashion "
    "crochet lego "
    "glasses sunglasses jeans trousers dice".split()
)
_VARIANTS: tuple[tuple[str, str, float, int, str], ...] = (
    ("{One}, small", "Single", 0.6, 4, "A good one to begin with."),
    ("{One}, medium", "Single", 1.0, 5, "The size that most people choose."),
    ("{One}, large", "Single", 1.5, 4, "When it may be a little more."),
    ("{One}, set of three", "Sets", 2.6, 5, "Three that go together."),
    ("{One} in a gift box", "Gifts", 1.9, 5, "Wrapped, with a card."),
    ("{One}, made to order", "To order", 2.2, 5, "Tell us what you have in mind."),
)
_FEW = 2
_ONE_SIZE = r"\b(?:XXS|XS|S|M|L|XL|XXL|XXXL|\d{1,3}(?: ?(?:ml|g|cm|l|kg|oz))?)\b"
_SIZES = re.compile(rf"\b[Ss]izes?:? ((?:{_ONE_SIZE}(?:, and |, | and | or | to |/|-)?)+)")


@dataclass(frozen=True, slots=True)
class Wares:
    noun: str  # "crochet animals"; "" when the prompt does not say
    groups: tuple[str, ...] = ()  # mugs, bowls and plates
    named: tuple[Item, ...] = ()  # products that the prompt calls by name
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()  # ("Size", ("S", "M", "L"))
    attributes: tuple[str, ...] = ()  # "Size" without its options

    @property
    def entry(self) -> Mapping[str, Any]:
        return known_ware(self.noun) or next((one for group in self.groups if (one := known_ware(group))), {})


def read_wares(text: str, noun: str) -> Wares:
    groups = _sold(text)
    sold = groups[0] if len(groups) == 1 else ""
    if not groups and noun and noun not in _NOTHING:
        sold = noun
    named: list[Item] = []
    options = _sizes(text)
    attributes: list[str] = []
    told = {low(group) for group in groups}
    more: list[str] = []
    for listed in find_lists(_SIZES.sub("sizes", text), keep_all=True):
        if _ATTRIBUTES.match(listed.label) and not _NAMES_PRODUCTS.search(listed.label):
            options.append((sentence(singularize(listed.label)), tuple(one.name for one in listed.items)))
        elif listed.label:
            _sort_labelled(listed, sold, named, more)
        else:
            for item in listed.items:
                if _ATTRIBUTES.match(item.name):
                    attributes.append(sentence(singularize(item.name)))
                elif item.price:
                    named.append(item)
                elif (thing := _thing(_END.split(_GROUPED.sub("", item.name), maxsplit=1)[0])) and thing not in told | {
                    low(sold)
                }:
                    more += [] if PARTS_OF_A_SHOP.search(thing) else [thing]
    return Wares(
        noun=sold,
        groups=tuple(dict.fromkeys([*(groups if len(groups) > 1 else []), *(low(one) for one in more)])),
        named=tuple({low(item.name): item for item in named}.values()),
        options=tuple(options),
        attributes=tuple(dict.fromkeys(attributes)),
    )


def _sizes(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """ "Sizes S, M and L" is a choice of three."""
    found = _SIZES.search(text)
    options = re.findall(_ONE_SIZE, found[1]) if found else []
    return [("Size", tuple(options))] if len(options) >= _FEW else []


def _sort_labelled(listed: Listed, sold: str, named: list[Item], more: list[str]) -> None:
    """ "Three scents: fig, cedar" name products; "categories: rings, necklaces" name groups."""
    items = [item for item in listed.items if not PARTS_OF_A_SHOP.search(item.name)]
    is_of_it = bool(set(re.findall(r"\w+", listed.label)) & set(re.findall(r"\w+", sold)))
    names_groups = re.search(r"categor|collection|department|section", listed.label)
    plurals = [item for item in items if is_plural(item.name.split()[-1].lower())]
    are_things = len(plurals) == len(items) and not re.search(r"flavou?r|scent|blend|roast", listed.label)
    if names_groups or (are_things and not is_of_it and not any(item.price for item in items)):
        more += [item.name for item in items]
    else:
        named += items


def _sold(text: str) -> list[str]:
    """ "Mugs", "bowls" and "plates" of "sell mugs, bowls and plates I make"."""
    if re.search(r"\bmerch(?:andise)?\b", text, re.IGNORECASE):
        return ["merch"]
    for pattern in _SOLD:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            parts = split(_END.split(text[found.end() :], maxsplit=1)[0])
            things = [thing for part in parts[:8] if (thing := _thing(part))]
            if things:
                is_list = len(things) > 1 and len(things) == len(parts)
                return things if is_list else things[:1]
    return []


def _thing(part: str) -> str:
    words = part.split()
    while words and words[0].lower() in _PLAIN_WORDS - {"handmade", "homemade", "used", "organic", "custom"}:
        words = words[1:]
    if (
        not words
        or len(words) > 4
        or words[-1].lower() in _NOTHING | _PLAIN_WORDS
        or not re.match(r"[^\W\d_]", words[-1])
    ):
        return ""
    return low(" ".join(words))


@cache
def _by_word() -> Mapping[str, str]:
    return {word: key for key, entry in shelf("shops").items() for word in str(entry["match"]).split()}


def known_ware(phrase: str) -> Mapping[str, Any]:
    """What is known of what is sold: by its last word, or by two words of it."""
    words = [
        word
        for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", phrase.lower())
        if word not in _PLAIN_WORDS or word == "used"
    ]
    if not words:
        return {}
    known = _by_word()
    words = [word for index, word in enumerate(words) if word not in _TELLS_LITTLE or index == len(words) - 1]
    pairs = [f"{singularize(one)}-{singularize(two)}" for one, two in pairwise(words)]
    raw = [f"{one}-{two}" for one, two in pairwise(words)]
    translated = tokens(words[-1])[:1]
    found = next((known[word] for word in [*reversed(pairs), *reversed(raw)] if word in known), "")
    if found:
        return shelf("shops")[found]
    last = [words[-1], singularize(words[-1]), *translated, *map(singularize, translated)]
    entry = shelf("shops")[next((known[word] for word in last if word in known), "general")]
    return entry if entry["match"] and _is_told(words[:-1], entry) else {}


def _is_told(modifiers: Sequence[str], entry: Mapping[str, Any]) -> bool:
    """Sweaters for dogs are no sweaters that we know; leather bags are, since one of those we know is of leather."""
    text = str(entry["products"]).lower()
    return all(singularize(word) in text for word in modifiers)


def products_of(wares: Wares, seed: str) -> list[Product]:
    known: Sequence[Product] = [_product(row) for row in wares.entry.get("products", ())]
    if wares.named:
        return _named_products(wares, known)
    if wares.groups:
        each = 3 if len(wares.groups) <= _FEW else _FEW
        return [one for group in wares.groups for one in _group(group, wares, each, seed)]
    if not known and not wares.noun:
        return [_product(row) for row in shelf("shops")["general"]["products"]]
    return list(known) or _variants(wares.noun, len(_VARIANTS), seed, "")


def _product(row: Sequence[Any]) -> Product:
    name, category, price, rating, text = row
    return (str(name), str(category), float(price), int(rating), str(text))


def _named_products(wares: Wares, known: Sequence[Product]) -> list[Product]:
    made: list[Product] = []
    prices = [one[2] for one in known] or [18.0, 24.0, 32.0]
    category = sentence(wares.noun) if wares.noun else "All"
    for index, item in enumerate(wares.named):
        alike = next((one for one in known if _share_a_word(item.name, one[0])), None)
        price = (
            amount(item.price)
            if item.price
            else (alike or known[index % len(known)] if known else (0, 0, prices[index % 3]))[2]
        )
        text = (
            alike[4] if alike else _TEXTS[index % len(_TEXTS)].replace("{one}", low(singularize(wares.noun or "one")))
        )
        made.append((item.name, alike[1] if alike else category, float(price), 4 + index % 2, text))
    return made


_TEXTS = (
    "One of our favourites.",
    "Often ordered together with the others.",
    "Made in small numbers.",
    "A good present, too.",
)


def _share_a_word(one: str, other: str) -> bool:
    words = {singularize(word) for word in re.findall(r"[^\W\d_]{4,}", one.lower())}
    return bool(words & {singularize(word) for word in re.findall(r"[^\W\d_]{4,}", other.lower())})


def _group(group: str, wares: Wares, count: int, seed: str) -> list[Product]:
    """Products of one group: those known that are called so, and as many as are missing."""
    entry = known_ware(group) or known_ware(f"{wares.noun} {group}") or known_ware(wares.noun)
    stem = singularize(group.rsplit(maxsplit=1)[-1].lower())
    of_it = [
        _product(row)
        for row in entry.get("products", ())
        if stem in {singularize(word) for word in re.findall(r"\w+", f"{row[0]} {row[1]}".lower())}
    ]
    if not of_it and entry and " " not in group and stem == singularize(str(entry["match"]).split()[0]):
        of_it = [_product(row) for row in entry["products"]]
    title = sentence(group)
    found = [(name, title, price, rating, text) for name, _, price, rating, text in of_it[:count]]
    return [*found, *_variants(group, count - len(found), seed, title)]


def one_of(noun: str) -> str:
    """A single one, where there is a word for it."""
    return noun if noun.rsplit(maxsplit=1)[-1].lower() in UNCOUNTED else singularize(noun)


def _variants(noun: str, count: int, seed: str, category: str) -> list[Product]:
    base = 12 + fingerprint(noun, seed) % 30
    one = sentence(one_of(noun))
    return [
        (name.replace("{One}", one), category or kind, float(round(base * factor)), rating, text)
        for name, kind, factor, rating, text in _VARIANTS[:count]
    ]


def amount(price: str) -> float:
    found = re.search(r"\d[\d.,]*", price)
    number = found[0].rstrip(".,") if found else "0"
    number = number.replace(",", ".") if re.search(r",\d{2}$", number) else number.replace(",", "")
    return float(number) if number.count(".") <= 1 else 0.0


def priced_from(products: Iterable[Product], price: str) -> list[Product]:
    """With the first at the price that the prompt tells, and the others in step with it."""
    rows = list(products)
    told = amount(price)
    first = next((one[2] for one in rows if one[2]), 0.0)
    if not told or not first:
        return rows
    return [(name, kind, _rounded(told * cost / first), rating, text) for name, kind, cost, rating, text in rows]


def _rounded(cost: float) -> float:
    return float(round(cost)) if cost > 20 else round(cost * 2) / 2
