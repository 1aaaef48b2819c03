"""What a prompt lists for a page: sections by their names, and the things themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overskill.services.generation.recipes.words import sentence

_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|some|a few|these|the following|different)"
_WORDS = r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}"
_BRACKETS = re.compile(rf"(?P<label>{_WORDS}) ?\((?P<listed>[^()]*[,;/][^()]*)\)")
_STARTS = re.compile(
    rf"\b{_COUNT} (?P<counted>{_WORDS}?)(?: ?:| [-–] |, (?=for example|e\.g\.)| like | such as )"
    rf"|(?:^|[,;.\n] ?|\b(?:with|and|the|our|my|has|offers?|offering|have|including|includes|of|"
    rf"for) )(?P<labelled>{_WORDS}) ?:(?!\d)"
    r"|(?P<plain>\b(?:with|offering|offers?|including|includes?|incl\.|featuring|features?|showing|shows|listing|lists|"
    r"providing|provides?|serving|serves?|selling|sells?|teaching|teach|we do|i do|we make|i make|we have|i have|"
    r"should (?:have|show|include|contain)|(?:it|page|site) has|has|needs?|sections?(?: for)?|such as|like|plus|also|"
    r"add(?:ing)?|there (?:is|are|should be)|specialis(?:e|ing) in|specializ(?:e|ing) in)\b:?|(?<=;) )"
    r"|(?P<colon>(?<!\d):(?![\d/]))",
    re.IGNORECASE,
)
_END = re.compile(
    r"[;!?\n]|\.(?=\s|$)|\bso (?:that|people|i|we|you)\b|\band (?:make|please|it should|i want|i need|then|let|"
    r"use)\b|\bplease\b|"
    r"\bwhere (?:people|you|visitors|customers|guests|we|i)\b|\b(?:that|which|who)\b|\bfor (?:my|our)\b|\busing\b|\)"
    r"|,? \b(?:with|offering|including|featuring)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:and |an? |the (?-i:(?![A-Z]))|its |their |his |her |my |our |some |any |also |plus |maybe |of course |"
    r"even |both |"
    r"a few |all |"
    r"as well as |with |for |about |to |like |offering |including )+",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\s*(?:[-–—:(@]|for|at|from|=)?\s*(?P<price>(?:from )?(?:[$€£] ?\d[\d.,]*|\d[\d.,]* ?(?:€|£|\$|euros?|"
    r"dollars?|pounds?|eur|usd|kr)\b|"
    r"\d[\d.,]* ?[€£$])(?: ?(?:/|per|an?) ?\w+)?)\)?\s*$",
    re.IGNORECASE,
)
_ONLY_A_PRICE = re.compile(
    r"(?:from |only |each )?(?:[$€£] ?\d[\d.,]*|\d[\d.,]* ?(?:€|£|euros?|dollars?|pounds?))(?: ?(?:/|per|an?|"
    r"each) ?\w*)?$",
    re.IGNORECASE,
)
# Wishes about looks and workings name no part of a page.
_LOOKS = re.compile(
    r"\b(dark|light|mode|theme|colou?rs|colou?r scheme|fonts?|design|style|look|feel|layout|animations?|animated|"
    r"responsive|mobile|"
    r"background|minimal\w*|modern|elegant|palette|tailwind|react|typescript|seo|gradient|vibe|aesthetic|tone|accents?|"
    r"navigation|navbar|nav bar|header|footer|hero(?: section| image)?|call[- ]to[- ]action|cta|buttons?|icons|"
    r"scrolling|"
    r"love|care|passion|everything|anything|something|nothing|stuff|things|etc|info|information|details|more|"
    r"texts?|it|them|"
    r"us|me|you|people|everyone|one page|sections?|pages?|logo|slogan|headline|title|language|english)$"
    r"|^(?:dark|light|nice|beautiful|clean|simple|modern|warm|bright|pastel|black|white|blue|green|red|pink|purple|"
    r"orange|yellow|a lot of)\b.*\b(?:look|design|style|feel|mode|theme|colou?rs?|layout|tones?|background|fonts?)$",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"\b(instagram|facebook|tik ?tok|youtube|linkedin|github|twitter|mastodon|bluesky|spotify|bandcamp|soundcloud|"
    r"patreon|etsy|whats ?app|telegram|discord|twitch|substack|apple music|behance|dribbble|pinterest|x\.com)\b",
    re.IGNORECASE,
)
_NOT_ON_OFFER = re.compile(
    r"\b(?:page|site|website|from|costs?|prices?|tickets?|goals?|target|budget|entry)\b", re.IGNORECASE
)
_COLOUR = re.compile(r"^(?:black|white|blue|green|red|pink|purple|orange|yellow|gold|grey|gray)$", re.IGNORECASE)
LONGEST_ITEM = 8  # words; what is longer is a sentence
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    price: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    label: str  # "courses" of "three courses: beginner, advanced, kids"; "" after a plain "with"
    items: tuple[Item, ...]


def find_lists(text: str, *, keep_all: bool = False) -> list[Listed]:
    """Every list of a prompt; without wishes for the looks ("dark mode", "blue") unless those may be on it."""
    found: list[Listed] = []
    for brackets in _BRACKETS.finditer(text):
        label = re.split(r"\b(?:with|and|of|our|my|the|for)\b", brackets["label"])[-1]
        found += _read(_bare(label), brackets["listed"], keep_all=keep_all)
    rest = _BRACKETS.sub(r"\g<label>", text)
    for label, listed in _listed(rest):
        found += _read(_bare(label), listed, keep_all=keep_all)
    if not any(item.price for one in found for item in one.items):
        found += _priced(rest, known={item.name for one in found for item in one.items})
    return found


def _read(label: str, listed: str, *, keep_all: bool) -> list[Listed]:
    found = (item for part in split(listed) if (item := _item(part)))
    items = tuple(item for item in found if keep_all or not (_COLOUR.match(item.name) or _LOOKS.search(item.name)))
    return [Listed(label.lower(), items)] if items else []


def _priced(text: str, known: set[str]) -> list[Listed]:
    """ "Barber shop page, haircut $30, beard trim $15": what has a price is on offer."""
    parts = [item for part in split(text)[1:] if (item := _item(part)) and item.price]
    items = [item for item in parts if item.name not in known and not _NOT_ON_OFFER.search(item.name)]
    return [Listed("", tuple(items))] if items else []


def _listed(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while start := _STARTS.search(text, position):
        rest = text[start.end() :]
        label = re.sub(rf"^{_COUNT} ", "", (start["counted"] or start["labelled"] or "").strip(), flags=re.IGNORECASE)
        end = _END.search(rest)
        stop = end.start() if end else len(rest)
        following = _STARTS.search(rest[:stop])
        if following and not following["plain"]:
            stop = following.start("labelled") if following["labelled"] else following.start()
        is_list = bool(start["plain"]) or len(split(rest[:stop])) >= _FEWEST
        if is_list:
            yield label, rest[:stop]
        position = start.end() + (stop if is_list and not start["plain"] else 0)


def split(text: str) -> list[str]:
    """ "cut and colour, beard trim and shave": at the commas, and the last part at its "and"."""
    text = re.sub(r"\s+", " ", re.sub(r"^\s*[-*•]\s*", "", text))
    parts = [part.strip() for part in re.split(r",(?!\d{3}\b)|;|\s[-*•]\s", text) if part.strip()]
    if not parts:
        return []
    joined = r"\s+(?:and|&|\+|or|as well as|plus)\s+"
    if len(parts) > 1 and _ONLY_A_PRICE.match(parts[-1]):
        parts = parts[:-1]
    *first, last = parts
    ends = re.split(joined, last) if first else re.split(joined + r"|\s*/\s*", last)
    return [one for part in [*first, *ends] if (one := _bare(part))]


def _bare(part: str) -> str:
    return _ARTICLE.sub("", re.sub(r"^(?:and|or|&)\s+", "", part.strip())).strip(" .,:;'\"“”-–")


def _item(part: str) -> Item | None:
    priced = _PRICE.search(part)
    name = part[: priced.start()].strip(" (-–:") if priced else part
    if (
        not name
        or name.lower() in {"our", "my", "the", "your"}
        or len(name.split()) > LONGEST_ITEM
        or not re.search(r"[^\W\d_]{2}", name)
    ):
        return None
    return Item(name=sentence(name), price=priced["price"].strip() if priced else "")


def find_links(text: str) -> list[str]:
    if not re.search(r"\blinks?\b|\bsocial|\bfollow\b|\blink|\bmy (?:instagram|youtube)", text, re.IGNORECASE):
        return []
    known = {
        "tiktok": "TikTok",
        "youtube": "YouTube",
        "github": "GitHub",
        "linkedin": "LinkedIn",
        "whatsapp": "WhatsApp",
    }
    names = [known.get(one.lower().replace(" ", ""), one.title()) for one in _SOCIAL.findall(text)]
    return list(dict.fromkeys(names))
