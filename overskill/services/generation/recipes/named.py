"""Who and how many a prompt names: the players, the child it is for, the minutes of a round."""

import re

from overskill.services.generation.recipes.brief import split_list
from overskill.services.generation.recipes.words import headline, plain, sentence

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 2
    )
}
_PEOPLE = (
    r"(?:players?|teams?|people|persons?|friends|kids|children|sides|of us|golfers|bowlers|brothers|sisters|siblings|"
    r"members|participants|contestants|colleagues|coworkers|roommates|flatmates|cousins|boys|girls|students|pupils|"
    r"managers|houses|tables|groups|crews)"
)
_COUNT = re.compile(rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})[ -](?:[\w'-]+ ){{0,2}}?{_PEOPLE}\b", re.IGNORECASE)
_NAME = r"[A-ZÀ-Þ][\w'’.-]*(?: (?!vs\b)[A-ZÀ-Þ0-9][\w'’.-]*)?"
_NAMES_LISTED = re.compile(rf"(?:^|[\s:(,])({_NAME}(?:\s*,\s*{_NAME})*,?\s*(?:and|&|,|\+)\s*{_NAME})(?![\w'])")
_LIST_AFTER = re.compile(
    rf"\b(?:{_PEOPLE}|names)(?: are| is|:| called| named| like)+:?\s+([^.;!?\n]{{3,200}})", re.IGNORECASE
)
_AGAINST = re.compile(
    r"\b((?:my |the )?[\w'’-]+)\s+(?:vs?\.?|versus|against)\s+((?:my |the )?[\w'’-]+)\b", re.IGNORECASE
)
_ME_AND = re.compile(
    r"\b(me|my [\w-]+) and (me|my (?:wife|husband|brother|sister|son|daughter|dad|mum|mom|friend|partner|girlfriend|"
    r"boyfriend|roommate|flatmate|colleague|boss|neighbou?r)|i)\b",
    re.IGNORECASE,
)
# Capitalised words that are no names of players.
_NO_NAMES = frozenset(
    "I A The We My Our Make Build Create Please App Keep Score Scores Track Points Wins Losses Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October "
    "November December Computer Player Players Team Teams Me You".split()
)
_AUDIENCE = re.compile(
    r"\bfor ((?:my|our|the|a|an) (?:\w+ )?(?:son|daughter|kids?|child|children|boy|girl|class|classroom|students?|"
    r"pupils|nephew|niece|grand\w+|toddler|wife|husband|partner|mum|mom|dad|mother|father|brother|sister|friends?|"
    r"family(?: night)?|team|"
    r"colleagues|office|party|employees|staff)|(?:little |young |small |new |\w+ )?(?:kids|employees|staff|colleagues|"
    r"hires|children|toddlers|beginners|adults|seniors|students|"
    r"nurses|preschoolers|kindergart\w+)|(?:grade|class|year|level|age|ages) \d{1,2}\w*(?:\s?(?:-|to)\s?\d{1,2})?|"
    r"(?:my |our |a )?(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth) grade\w*|"
    r"(?:my )?\d{1,2}[- ]year[- ]olds?)\b",
    re.IGNORECASE,
)
_WHOSE = {"my": "your", "our": "your"}


def find_names(text: str, *, most: int = 16) -> list[str]:
    """The names of players or teams, in their order: "Anna, Ben and Carl", "boys vs girls", "me and my brother"."""
    after = _LIST_AFTER.search(text)
    if after:
        names = _cut(split_list(re.split(r"\b(?:with|who|that|where|so|in|play\w*)\b", after[1], maxsplit=1)[0]))
        if len(names) >= 2:
            return names[:most]
    for found in _NAMES_LISTED.finditer(text):
        names = _cut(re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\+\s*", found[1]))
        if len(names) >= 2:
            return names[:most]
    pair = _ME_AND.search(text) or _AGAINST.search(text)
    return _pair(pair[1], pair[2]) if pair else []


def _cut(parts: list[str]) -> list[str]:
    names = [sentence(plain(part))[:30] for part in parts]
    kept = [name for name in names if name and len(name.split()) <= 3 and name.split()[0] not in _NO_NAMES]
    return list(dict.fromkeys(kept))


def _pair(one: str, other: str) -> list[str]:
    names = [_side(one), _side(other)]
    return names if all(names) and names[0] != names[1] else []


def _side(text: str) -> str:
    word = re.sub(r"^(?:my|the) ", "", text.lower())
    if word in {"player", "team", "computer", "players", "teams", "me", "i", "game", "one", "play"}:
        return "Me" if word in {"me", "i"} else ""
    return headline(plain(word))


def find_count(text: str) -> int:
    """ "Four friends", "8 teams", "the five of us"; 0 when the prompt does not say."""
    found = _COUNT.search(text)
    if not found:
        return 0
    number = _NUMBERS.get(found[1].lower()) or (int(found[1]) if found[1].isdigit() else 0)
    return number if 2 <= number <= 24 else 0


def find_audience(text: str) -> str:
    """Who it is for, as the app would say it: "your son", "grade 5", "kids"."""
    found = _AUDIENCE.search(text)
    if not found:
        return ""
    words = found[1].split()
    return " ".join([_WHOSE.get(words[0].lower(), words[0].lower()), *words[1:]])


def find_seconds(text: str) -> int:
    """ "A 60 second typing test", "two minutes"; 0 when the prompt does not say."""
    found = re.search(
        r"\b(\d{1,3}|one|two|three|five|ten)[ -]?(s|secs?|seconds?|mins?|minutes?)\b", text, re.IGNORECASE
    )
    if not found:
        return 0
    number = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1].lower(), 1)
    return min(number * (60 if found[2].lower().startswith("m") else 1), 900)


def find_range(text: str) -> tuple[int, int] | None:
    """ "Between 1 and 50", "from 1 to 1000", "up to 20"."""
    found = re.search(r"\b(\d{1,6})\s*(?:-|–|to|and|through)\s*(\d{1,6})\b", text)
    if found and int(found[1]) < int(found[2]):
        return int(found[1]), int(found[2])
    upto = re.search(r"\b(?:up to|below|under|within|max(?:imum)?) (\d{1,6})\b", text, re.IGNORECASE)
    return (1, int(upto[1])) if upto and int(upto[1]) > 1 else None
