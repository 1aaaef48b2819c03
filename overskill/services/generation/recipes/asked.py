"""The fields a prompt asks for: its lists ("with author and year"), its questions ("who has it") and its options."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overskill.services.generation.recipes.field_questions import (
    asked_in_passing,
    fields_of_question,
    is_question,
    is_same,
)
from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.options import MARK, either_or, mark_options, select_field
from overskill.services.generation.recipes.palette import HUES, find_colour
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import pluralize, sentence, singularize

_MOST_FIELDS = 10
_LONGEST_LIST = 240  # characters
# What a list of fields follows surely: two labels are enough.
_SURE_START = re.compile(
    r"(?:\bfields?(?: are| for)?:?|\bcolumns?:?|\beach (?:one )?(?:\w+ )?(?:has|with|having)|\bproperties:?|"
    r"\battributes:?|\bcompar(?:e|es|ing)\b[^:,.\n]{2,40}? (?:by|on)|^[^:.\n]{2,80}:|\s\()\s*(?=\w)",
    re.IGNORECASE,
)
# And what it may follow: other things do as well.
_START = re.compile(
    r"(?:\bwith(?: the)?(?: fields?| columns?)?:?|\bincluding|\bincludes?|\b(?:recording|tracking|showing|storing|"
    r"logging|noting)|\b(?:records?|notes?|shows?|stores?|saves?|remembers?) the\b|\bplus|\balso|\sby)\s+(?=\w)",
    re.IGNORECASE,
)
# Where it needs no word at all: "my vinyl, artist and year".
_BARE_START = re.compile(r"^[^,.:;()\n]{3,60}?(?:,|\.|\s[-–—])\s+(?=\w)")
_LIST_END = re.compile(
    r"[.;!?\n)]| so that | so i | and (?:then|make|let|show|i |it |a way|sort)|\bwhich (?!\w+$)\b|\bthat\b|"
    r"\b(?:they|we|you|people) can\b|\busing\b|\bfor (?:my|our|the|a|each|every)\b|\bsort(?:ed)? by\b|"
    r"\b(?:once|twice|every|each) (?:a )?(?:day|week|month)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",|;|&|\+|\band\b|\bplus\b|\bas well as\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:and |or |with |including |like |an? |the |its |their |his |her |my |our |your |some |any |optional |"
    r"different |each |every |all |on |in |also )+",
    re.IGNORECASE,
)
_NO_FIELD = re.compile(
    r"\b(streaks?|charts?|graphs?|stat(s|istics)?|dark|light|mode|theme|search\w*|filter\w*|sort\w*|calendar|board|"
    r"kanban|"
    r"drag|page|pages|section|sections|login|sign|users?|account|notifications?|reminders?|export|import|button|"
    r"roommates?|colleagues|design|palette|style|look|feel|layout|sample data|example data|samples|examples?|"
    r"dashboard|insights?|"
    r"app|website|list|view|views|table|cards|columns|fields|check-?ins?|overview|home|fonts?|undo|mobile|phone "
    r"friendly|"
    r"cart|checkout|products?|items|questions?|options|results?|react|typescript|tailwind|database|api|ai|ability|way|"
    r"me|you|it|them|everyone|everything|this|these|those|each other|one|ones|my|our|your|i|we|he|she|they|is|are|"
    r"was|can|should)\b",
    re.IGNORECASE,
)
_PEOPLE_ALONE = re.compile(r"^(?:friends|people|colleagues|users|others|family|kids|everyone)$", re.IGNORECASE)
# Labels that say a list is one of fields, though what they hold is text.
_USUAL_LABELS = frozenset(
    "name title author artist composer owner species breed brand model maker company role place location city address "
    "teacher client customer supplier region origin roaster producer lake bait ingredient subject term symptom trigger "
    "player team class department reason result outcome condition purpose source isbn serial room shelf label album "
    "format language country director publisher grade donor contact person vendor who where".split()
)
_BOX = re.compile(r"(?:check ?|tick ?)?box (?:for |to (?:say|tick|see) )?(?=whether|if)", re.IGNORECASE)
_STARS = re.compile(r"(?:(?:5|five|10|ten)[- ])?stars?(?: rating)?s?|.*\brating out of .*|stars? rating", re.IGNORECASE)
_SHARES = re.compile(r"(?:[a-z]+ \d{1,3} ?%(?:,? and |, | )?){2,}", re.IGNORECASE)
_SPENT_ON = re.compile(
    r"\b(?:budget|expenses?|spending|costs)\b[^,:]{0,40}?(?: with|:| on|, like) ([^.;:!?\n]{8,120})$",
    re.IGNORECASE,
)
_OF_PAYMENTS = frozenset("amount date category notes note description price who what when total paid payee".split())
_SLASHED = re.compile(r"^(.*?)\s*\b([\w-]+(?: ?/ ?[\w-]+(?: [\w-]+)?)+)$")
# What is left of "with columns To do, Doing" when the options are taken out.
_BARE_LABEL = re.compile(
    r",?\s+(?:with|and|by|in)(?: the)? (?:columns|categories|stages|statuses|types|groups|rooms|"
    r"lanes)\s*$",
    re.IGNORECASE,
)
# "Camping with a toddler", "trips with my dog": who comes along is no field.
_IS_SOMEBODY = re.compile(r"^\s*(?:an? |my |our |the |two |three |\d+ )", re.IGNORECASE)
# "An egg laying record for my hens, per hen per day": what is counted, of whom, and when.
_PER_DAY = re.compile(
    r"\b(?:per|for each|by) (?:my )?([a-z]+)(?:,| and)? (?:per|each|a|every) (?:day|week|month)\b|"
    r"\b(?:per|each) (?:day|week|month)(?:,| and)? (?:per|for each) ([a-z]+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    fields: tuple[Field, ...] = ()
    is_whole: bool = False  # all that a record holds, not only something more
    before: str = ""  # the text up to the first list: what it is about


def find_asked(text: str) -> Asked:
    """The fields that `text` asks for, in its order; what is no list of fields gives none."""
    found: dict[str, Field] = {}
    start, is_whole = -1, False
    marked, options = mark_options(text)
    for field in options:
        found.setdefault(field.id, field)
    kinds = _kinds_listed(marked)
    if kinds:
        return Asked((kinds[0],), before=kinds[1])
    for listed in _lists(marked):
        for field in listed.fields:
            if singularize(field.label.lower()) not in {one.label.lower() for one in options}:
                found.setdefault(field.id, field)
        is_whole = is_whole or len(listed.fields) >= 3 or (listed.is_sure and len(listed.fields) >= 2)
        start = listed.start if start < 0 else min(start, listed.start)
    for field in asked_in_passing(marked):
        if not any(is_same(field, one) for one in found.values()):
            found.setdefault(field.id, field)
    counted = _PER_DAY.search(marked)
    if counted and not found:
        return Asked(_counted_per_day(text, counted[1] or counted[2]), True, marked[: counted.start()])
    marked = _BARE_LABEL.sub("", marked) if options else marked
    before = marked[:start] if start >= 0 and re.search(r"\w{3}", marked[:start]) else marked
    return Asked(tuple(found.values())[:_MOST_FIELDS], is_whole, before.strip(" ,:(–-") if found else text)


def _kinds_listed(text: str) -> tuple[Field, str] | None:
    """A list of what there is, not of fields: "a budget with rent, food and phone", "homework 20%, exam 50%"."""
    shares = _SHARES.search(text)
    if shares:
        return select_field("kind", [part.strip() for part in _SEPARATOR.split(shares[0])]), text[: shares.start()]
    spent = _SPENT_ON.search(text)
    if spent:
        parts = parts_of(spent[1])
        if len(parts) > 2 and not any(part.lower() in _OF_PAYMENTS for part in parts):
            return select_field("category", parts), text[: spent.start(1)]
    bare = _BARE_START.match(text)
    parts = parts_of(text[bare.end() :]) if bare else []
    if not bare or len(parts) < 3 or any(len(part.split()) > 2 or is_question(part) for part in parts):
        return None
    named = [field for part in parts for field in _fields_of(part)]
    if len(named) < len(parts) or _is_list_of_fields(_BARE_START, named, parts, is_colon=False, before=""):
        return None
    return select_field("kind", parts), text[: bare.end()]


def _counted_per_day(text: str, whose: str) -> tuple[Field, ...]:
    what = re.search(
        r"([a-z]+)(?: [a-z]+ing)? (?:record|log|tracker|count|diary|sheet|journal|"
        r"counter)",
        text,
        re.IGNORECASE,
    )
    label = sentence(pluralize(singularize(what[1].lower()))) if what else "Count"
    return (field_from_label(singularize(whose), "text"), field_from_label("Date"), field_from_label(label, "number"))


@dataclass(frozen=True, slots=True)
class _List:
    fields: tuple[Field, ...]
    start: int
    is_sure: bool


def _lists(text: str) -> Iterator[_List]:
    taken_to = -1
    starts = [(found, pattern) for pattern in (_SURE_START, _START, _BARE_START) for found in pattern.finditer(text)]
    for found, pattern in sorted(starts, key=lambda one: (one[0].end(), one[1] is not _SURE_START)):
        if found.end() <= taken_to:
            continue
        listed = text[found.end() :]
        end = _LIST_END.search(listed)
        listed = listed[: end.start() if end else len(listed)][:_LONGEST_LIST]
        parts = parts_of(listed)
        named = [field for part in parts for field in _fields_of(part)]
        is_colon = found[0].rstrip().endswith(":") and found.start() == 0
        if not named or not _is_list_of_fields(pattern, named, parts, is_colon=is_colon, before=listed):
            continue
        taken_to = found.end() + len(listed)
        at = found.end() if pattern is not _START else found.start()
        yield _List(tuple(named), at, pattern is _SURE_START)


def _is_list_of_fields(
    pattern: re.Pattern[str], named: list[Field], parts: list[str], *, is_colon: bool, before: str
) -> bool:
    if pattern is _SURE_START:
        return len(parts) >= (3 if is_colon else 2) or (is_colon and len(named) == len(parts) > 1)
    if pattern is _START:
        return len(named) > 1 or named[0].type != "text" or not _IS_SOMEBODY.search(before)
    telling = [one for one in named if one.type != "text" or set(one.label.lower().split()) & _USUAL_LABELS]
    return len(named) >= 2 and len(named) == len(parts) and bool(telling)


def parts_of(listed: str) -> list[str]:
    """The parts of "a, b and c"; slashes part only where nothing else does."""
    if listed.count("/") >= 2 and not re.search(r"[,;]", listed):
        listed = listed.replace("/", ",")
    parts = (_ARTICLE.sub("", part.strip()).strip(" .:'\"") for part in _SEPARATOR.split(listed))
    return [part for part in parts if part]


def _fields_of(part: str) -> list[Field]:
    if MARK in part:
        label, _, options = part.partition(":")
        return [select_field(label, options.split(MARK))]
    boxed = _BOX.match(part)
    if boxed or is_question(part):
        return fields_of_question(part[boxed.end() :] if boxed else part)
    slashed = _SLASHED.match(part)
    if slashed and "/" in slashed[2]:
        return _slashed_field(slashed[1], slashed[2])
    special = _yes_or_no(part) or either_or(part) or (field_from_label("Rating") if _STARS.fullmatch(part) else None)
    if special:
        return [special]
    return [field_from_label(part)] if is_field_label(part) else []


def _yes_or_no(part: str) -> Field | None:
    """ "Sent or not" is a check box."""
    found = re.fullmatch(r"(.{2,30}?) (?:or not|y/n|\(?yes or no\)?)", part, re.IGNORECASE)
    return field_from_label(found[1], "checkbox") if found else None


def _slashed_field(label: str, options: str) -> list[Field]:
    names = [one.strip() for one in options.split("/")]
    if {one.lower() for one in names} == {"yes", "no"}:
        return [field_from_label(label, "checkbox")] if label else []
    if label and is_field_label(label):
        return [select_field(label, names)]
    return [field for one in names for field in _fields_of(one)]


def is_field_label(text: str) -> bool:
    words = text.split()
    if (
        not 1 <= len(words) <= 4
        or re.match(r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) ", text)
        or _PEOPLE_ALONE.match(text)
        or _NO_FIELD.search(text)
        or not re.search(r"[A-Za-z]{2}", text)
    ):
        return False
    if find_colour(text) and words[-1].lower() in {*HUES, "black", "white", "grey", "gray"}:
        return False
    return not all(word.lower() in STOP_WORDS for word in words)
