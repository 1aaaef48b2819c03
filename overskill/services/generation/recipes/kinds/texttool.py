"""Text in, text out: morse, ciphers, letter case, counted words; passwords too."""

import re
from dataclasses import dataclass
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.words import headline, kebab, listing, low, sentence

_DOES = (
    r"(?:translat\w+|convert\w*|conversion|encod\w+|decod\w+|generat\w+|maker|checker|transform\w*|changer|ciphers?|"
    r"encrypt\w*|decrypt\w*|tools?|app)"
)


@dataclass(frozen=True, slots=True)
class _Tool:
    key: str  # the template that knows how
    title: str
    pattern: str
    tagline: str
    icon: str


_TOOLS = (
    _Tool(
        "morse",
        "Morse code",
        rf"\bmorse(?: code)?\b(?= {_DOES}|$|[,.;]| and| to | with| for)|\bmorse code\b",
        "Dots and dashes from text and back, with sound.",
        "RadioTower",
    ),
    _Tool(
        "binary",
        "Binary and hex",
        rf"\b(?:binary|hex(?:adecimal)?|ascii)(?: code)?,?(?: and \w+)? {_DOES}|\b(?:text|words?|letters?) (?:in)?to "
        r"(?:binary|hex\w*|ascii)\b|\b(?:binary|hex\w*|ascii) (?:in)?to (?:text|words?|letters?|english)\b",
        "Text as ones and zeros or hexadecimal, and back.",
        "Binary",
    ),
    _Tool(
        "caesar",
        "Caesar cipher",
        r"\bca?esar('s)? (?:cipher|cypher|code|shift)\b|\brot ?-?13\b|\bsecret (?:codes?|messages?) "
        rf"{_DOES}|\bcipher (?:tool|app|maker|wheel)\b|\b(?:encrypt|encode|decode) (?:secret )?(?:messages?|text)\b",
        "Letters moved along the alphabet, and back.",
        "KeyRound",
    ),
    _Tool("pig-latin", "Pig latin", r"\bpig ?-?latin\b", "Ordinary words, inway igpay atinlay.", "PiggyBank"),
    _Tool(
        "reverse",
        "Reverse text",
        r"\b(?:revers\w+|backwards?|mirror) (?:the |my |some )?(?:texts?|words?|letters|strings?|writing)\b|"
        r"\b(?:texts?|words?|string) (?:revers\w+|backwards|flipper)\b",
        "Letters, words or lines the other way round.",
        "FlipHorizontal",
    ),
    _Tool(
        "case",
        "Letter case",
        r"\b(?:letter|text|title|upper|lower|sentence|camel|snake)[- ]?case (?:convert\w*|chang\w+|tool|app)|"
        r"\bcase (?:converter|changer)\b|\b(?:text|words?|titles?) (?:in)?to (?:upper|lower|title|slug|camel)[- ]?\w*|"
        r"\bslugs? (?:generator|maker|converter)\b|\bslugify\b|"
        r"\bupper ?-?case\b.{1,12}\blower ?-?case\b|\bcapitali[sz](?:e|ation) (?:tool|text|titles?|words|converter)\b",
        "Upper, lower, title and slug, ready to copy.",
        "CaseSensitive",
    ),
    _Tool(
        "count",
        "Word counter",
        r"\b(?:word|character|letter|line)s?(?:(?: and|,| &|/) (?:word|character|letter|line)s?)* "
        r"(?:counter|count (?:tool|checker|app))\b|"
        r"\b(?:count|counts|counting) (?:the )?(?:words|characters|letters|lines)\b|\breading time\b"
        r"(?= (?:estim|check|tool|of (?:a|my) (?:text|post|article|blog)))",
        "Words, characters and reading time as you type.",
        "LetterText",
    ),
    _Tool(
        "lines",
        "Lines",
        r"\b(?:sort|shuffle|dedup\w*) (?:my |the |a list of |text )?(?:lines|text|words)\b|\bline sorter\b|"
        r"\b(?:remove|find|delete) (?:the )?duplicate (?:lines|words|entries)\b|\bduplicate (?:line|word)s? "
        r"(?:remover|finder|checker)\b|\balphabeti[sz](?:er|e (?:a |my |the )?(?:list|lines|words|text))\b",
        "Sorted, without duplicates, numbered or shuffled.",
        "ArrowDownAZ",
    ),
    _Tool(
        "diff",
        "Compare texts",
        r"\btext diff\w*|\bdiff (?:checker|tool|viewer)\b|"
        r"\bcompare (?:two |2 )?(?:texts|pieces of text|versions of (?:a|my) text)\b|"
        r"\bdifferences? between two texts\b",
        "What was added and what was taken out, line by line.",
        "FileDiff",
    ),
    _Tool(
        "password",
        "Password generator",
        r"\bpass(?:word|phrase|code)s?(?:(?: and| or|/) pass(?:word|phrase)s?)? "
        r"(?:generat\w+|maker|creator|strength)\b|"
        r"\b(?:generat\w+|creat\w+|makes?|making|random) (?:me )?(?:a )?(?:strong |secure |random |safe |good )*"
        r"pass(?:word|phrase)s?\b",
        "Made by chance in this browser, and never sent anywhere.",
        "KeyRound",
    ),
    _Tool(
        "roman",
        "Roman numerals",
        rf"\broman (?:numerals?|numbers?)\b(?= {_DOES}|$|[,.;]| and\b| to\b)|"
        r"\b(?:to|into) roman (?:numerals?|numbers?)\b",
        "Numbers as the Romans wrote them, and back.",
        "Columns3",
    ),
    _Tool(
        "spelled",
        "Numbers in words",
        r"\b(?:numbers?|amounts?|digits|figures) (?:in)?to words\b|\b(?:numbers?|amounts?) in words\b|"
        r"\bspell(?:s|ing)? out numbers\b",
        "Any number written out, for a cheque or a text.",
        "SpellCheck",
    ),
)
PATTERN = "|".join(tool.pattern for tool in _TOOLS)
WEIGHT = 4.2  # a "roman numeral converter" is no converter of units
_HUES = ("indigo", "teal", "violet", "sky", "amber", "emerald")
_SECRET_LENGTH = re.compile(r"\b(\d{1,2})[- ]?(?:characters?|chars?|letters?|long|digits?)\b", re.IGNORECASE)
_SHIFT = re.compile(r"\b(?:shift|key|offset)(?: of| is|:)? (\d{1,2})\b|\brot ?-?(\d{1,2})\b", re.IGNORECASE)
_WORDS_A_MINUTE = re.compile(r"\b(\d{2,3}) (?:words (?:per|a) minute|wpm)\b", re.IGNORECASE)


def plan(brief: Brief) -> AppSpec:
    text = brief.about.lower()
    found = [(match.start(), tool) for tool in _TOOLS if (match := re.search(tool.pattern, text))]
    tools = [tool for _, tool in sorted(found, key=lambda one: one[0])] + _also_named(text, [one for _, one in found])
    pages = [page("texttool", tool.title, id=kebab(tool.title)) for tool in tools]
    first = tools[0]
    many = len(tools) > 1
    together = sentence(listing([low(tool.title) for tool in tools]))
    look = {
        "names": [headline(together)[:40].strip() if len(together) <= 40 else "Text Tools"] if many else [first.title],
        "hue": _HUES[_TOOLS.index(first) % len(_HUES)],
        "icon": "Type" if many else first.icon,
    }
    content: dict[str, Any] = {
        "tools": {shown.id: tool.key for shown, tool in zip(pages, tools, strict=True)},
        "taglines": {shown.id: tool.tagline for shown, tool in zip(pages, tools, strict=True)},
        "settings": _settings(text),
    }
    return make_app(brief, "texttool", look, pages, content=content, tagline=f"{together}." if many else first.tagline)


def _also_named(text: str, found: list[_Tool]) -> list[_Tool]:
    """In "morse, binary and pig latin translator" a bare word is enough."""
    words = {"morse": "morse", "binary": "binary", "hex": "binary", "reverse": "reverse", "roman": "roman",
             "caesar": "caesar", "uppercase": "case", "slug": "case"}  # fmt: skip
    known = {tool.key for tool in found}
    named = {key for word, key in words.items() if re.search(rf"\b{word}\b", text)} - known
    return [tool for tool in _TOOLS if tool.key in named]


def _settings(text: str) -> dict[str, Any]:
    """The numbers that the prompt names: how long a password is, how far letters move, how fast one reads."""
    length, shift, pace = _SECRET_LENGTH.search(text), _SHIFT.search(text), _WORDS_A_MINUTE.search(text)
    return {
        "length": max(6, min(int(length[1]), 64)) if length else 16,
        "shift": int(shift[1] or shift[2]) % 26 if shift else 3,
        "pace": int(pace[1]) if pace else 220,
        "symbols": not re.search(r"\b(?:no|without) (?:symbols|special)", text),
        "words": bool(re.search(r"\bpassphrases?\b", text)) and not re.search(r"\bpasswords?\b", text),
    }
