"""What a prompt compares: the options by name or number, and the criteria."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overskill.services.generation.recipes.phrases import parts_of
from overskill.services.generation.recipes.words import is_plural, plain, sentence, singularize

_PARTS = re.compile(r",|;|\s[&+/]\s|\band\b|\bor\b|\bversus\b|\bvs\b\.?", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNT = re.compile(
    rf"\b(?P<count>[2-8]|{'|'.join(_NUMBERS)})\s+(?:different |possible |new |used )?(?P<noun>[a-z-]+(?: [a-z-]+)?)",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_BEFORE = re.compile(
    r".*(?:\b(?:compar(?:e|es|ing)|comparison(?: of| between| for)?|between|by|of|for|decide|choose|choosing|whether|"
    r"to|should (?:i|we)|is|are|does|costs?|cheaper|better|with|my|our|the|take|an?|get|app|tool|table|about|matrix)\b|"
    r"[:,])\s*",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = re.compile(
    r"[,.;:?!()\n]|\s(?:for|by|on|with|based|in terms|when|considering|regarding|according|including|where|so|"
    r"and (?:show|see|the|which|a)|which|showing|using|per|at|should)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compar(?:e|es|ing):?|comparison (?:of|between)|(?:choos|decid)(?:e|ing) between|between|"
    r"(?:better|cheaper|best|worth it)[:,])\s+",
    re.IGNORECASE,
)
_OR = re.compile(
    r"\b(?:should (?:i|we)|is it \w+ to)\s+(?P<one>[\w' -]{2,30}?) or (?P<other>[\w' -]{2,30})", re.IGNORECASE
)
_CRITERIA = re.compile(
    r"(?:\b(?:by|based on|considering|in terms of|according to|weighing|criteria(?: are| like)?:?|regarding|looking at|"
    r"on|with)|:)\s+(?P<list>[^.;:?!\n]{3,200})",
    re.IGNORECASE,
)
_LIST_END = re.compile(
    r"\b(?:and (?:show|see|pick|tell|highlight|then|a winner|the winner|weights?)|with (?:weights?|a score|scores)|"
    r"so (?:i|we|that)|to see|for (?:each|every|my|our))\b.*$",
    re.IGNORECASE,
)
_NO_CRITERION = re.compile(
    r"\b(weights?|scores?|winner|chart|total|app|table|me|us|vs|points|ranking|highlight\w*)\b", re.IGNORECASE
)
_NOUN = re.compile(
    r"\b(?:which|compar(?:e|es|ing)|comparison (?:of|between)|between|choose|matrix for|rank|choosing)\s+"
    r"(?:(?:my|our|the|some|different|a few|several|an?|choosing|picking|buying|finding|deciding on)\s+)*"
    r"(?P<noun>[a-z-]+(?: [a-z-]+){0,2})",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\b((?:which|what|should)\b[^.;:?\n,]{5,60})", re.IGNORECASE)
_SPOKEN_OF = frozenset("cost costs price cheaper time comfort salary quality distance size".split())
_NO_OPTIONS = frozenset("months years days weeks hours criteria people".split())
_NO_NOUN = frozenset(
    "by on with for and or vs versus should is are to of the my our me us in at that which prices price costs cost one "
    "things options people what i we table tool app".split()
)


@dataclass(frozen=True, slots=True)
class Compared:
    options: tuple[str, ...] = ()
    count: int = 0  # 0 when the prompt does not say
    criteria: tuple[str, ...] = ()
    noun: str = ""  # what an option is, in the singular
    question: str = ""
    said: str = ""  # the prompt without its options


def read_compared(text: str, known: frozenset[str]) -> Compared:
    """`known` are words that name a criterion: a list of those is none of options."""
    options = _options(text, known)
    rest = text
    for option in options:
        rest = re.sub(rf"\b{re.escape(option)}(?!\w)", " ", rest, count=1, flags=re.IGNORECASE)
    counted = _counted(text)
    return Compared(
        options=options,
        count=counted[0] if counted else 0,
        criteria=_criteria(rest, known) or _mentioned(rest, known),
        noun=counted[1] if counted else _noun(rest if options else text, known),
        question=_question(text, options),
        said=rest if options else "",
    )


def _options(text: str, known: frozenset[str]) -> tuple[str, ...]:
    for names in _named(text):
        cut = list(dict.fromkeys(_option(one) for one in names))
        criteria = [one for one in cut if set(one.lower().split()) & known]
        if len(cut) > 1 and all(cut) and len(criteria) * 2 <= len(cut) and all(len(one.split()) <= 5 for one in cut):
            return tuple(cut)
    return ()


def _named(text: str) -> Iterator[list[str]]:
    """What may be the options: "a vs b", "compare a, b and c", "should I a or b"."""
    if _VERSUS.search(text):
        first, *others = _VERSUS.split(text)
        *middle, last = others
        *listed, before = re.split(r",\s*", _BEFORE.sub("", first)) if "," not in first else [_BEFORE.sub("", first)]
        yield [*listed, before, *middle, _AFTER.split(last, maxsplit=1)[0]]
    for found in _COMPARED.finditer(text):
        phrase = re.split(
            r"[.;:?!()\n]|\s(?:for|by|on|with|based|in terms|considering|when|so|to)\b", text[found.end() :], maxsplit=1
        )[0]
        parts = [part.strip() for part in _PARTS.split(phrase) if part.strip()]
        is_named = len(parts) > 2 or (len(parts) == 2 and not is_plural(parts[-1].split()[-1].lower()))
        if is_named and not re.match(r"(?:my|our|the|some)\b.*\bof\b", phrase):
            yield parts
    if either := _OR.search(text):
        yield [either["one"], _AFTER.split(either["other"], maxsplit=1)[0]]


def _option(text: str) -> str:
    name = plain(re.sub(r"^(?:an?|the|my|our|by|going by|to)\s+", "", text.strip(), flags=re.IGNORECASE))[:32]
    return name if re.match(r"\w*[A-Z]", name) else sentence(name)


def _counted(text: str) -> tuple[int, str] | None:
    for found in _COUNT.finditer(text):
        words = [word.lower() for word in found["noun"].split()]
        while words and words[-1] in _NO_NOUN:
            words.pop()
        if len(words) == 2 and is_plural(words[0]):
            words.pop()
        if words and is_plural(words[-1]) and words[-1] not in _NO_OPTIONS:
            return _NUMBERS.get(found["count"].lower()) or int(found["count"]), singularize(" ".join(words))
    return None


def _criteria(text: str, known: frozenset[str]) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    for found in _CRITERIA.finditer(text):
        parts = [plain(one) for one in parts_of(_LIST_END.sub("", found["list"]), 6)]
        kept = [one for one in parts if one and not _NO_CRITERION.search(one)]
        is_sure = bool(re.match(r"by|based|consider|in terms|criteria|accord|weigh|regard|looking", found[0].lower()))
        telling = sum(bool(set(one.lower().split()) & known) for one in kept)
        if len(kept) > len(best) and (telling * 2 >= len(kept) or (is_sure and len(kept) > 1)):
            best = tuple(dict.fromkeys(sentence(one) for one in kept))
    return best


def _mentioned(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """A criterion that the prompt only speaks of: "what does it cost"."""
    words = [word for word in re.findall(r"[a-z]+", text.lower()) if word in _SPOKEN_OF and word in known | {"cheaper"}]
    return tuple(dict.fromkeys({"costs": "Cost", "cheaper": "Cost"}.get(word, sentence(word)) for word in words))


def _noun(text: str, known: frozenset[str]) -> str:
    for found in _NOUN.finditer(text):
        words = [word.lower() for word in found["noun"].split()]
        kept: list[str] = []
        for word in words:
            if word in _NO_NOUN or (word in known and not kept):
                break
            kept.append(word)
            if is_plural(word):
                break
        if kept:
            return singularize(" ".join(kept))
    return ""


def _question(text: str, options: tuple[str, ...]) -> str:
    found = _QUESTION.search(text)
    if not found or (options and not re.match(r"(?:which|what)\b", found[1], re.IGNORECASE)):
        return ""
    asked = found[1]
    if options:  # "what does my commute cost by car vs train": up to the options
        places = [asked.lower().find(one.lower()) for one in options[:1]]
        asked = asked[: places[0]] if places[0] > 0 else asked
    asked = re.sub(r"\s+(?:by|with|between|for|of|if|on|in|to|the|a|based|going)\s*$", "", asked.strip())
    asked = re.sub(r"\bi\b", "I", asked)
    return f"{sentence(asked)}?" if len(asked.split()) > 2 else ""
