"""The fields a prompt asks for: its lists ("with author and year"), its questions ("who has it") and its options."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.palette import HUES, find_colour
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import camel, sentence, singularize

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
    r"\busing\b|\bfor (?:my|our|the|a|each|every)\b|\bsort(?:ed)? by\b|\b(?:once|twice|every|each) (?:a )?(?:day|"
    r"week|month)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",|;|&|\+|\band\b|\bplus\b|\bas well as\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:and |or |with |including |like |an? |the |its |their |his |her |my |our |your |some |any |optional |"
    r"different |each |every |all |on |in |also )+",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]{3,160})\)")
_ITSELF = "the question"
# A question as the name of a field: "" is its noun, None leaves it out.
_QUESTIONS: tuple[tuple[str, str | None], ...] = (
    (r"who(?:m)? (?:has|have|got|keeps|holds|borrowed)(?: (?:it|them|which|what|each).*)?", "Who has it"),
    (r"who(?:m|ever|'s)?(?: .*)?|whose .*", "Who"),
    (r"(?:by )?when\b.*\bdue\b.*", "Due on"),
    (r"when\b.*\bpaid\b.*", "Paid on"),
    (r"when\b.*\b(?:back|returned)\b.*", "Back by"),
    (r"when\b.*\blast\b.*", "Last time"),
    (r"when\b.*", "When"),
    (r"(?:at |on )?(?:what|which) time.*", "Time"),
    (r"where\b.*", "Where"),
    (r"how (?:far)(?: .*)?", "Distance"),
    (r"how long(?: .*)?", "Duration"),
    (r"how often(?: .*)?", "How often"),
    (r"how many (?:are |is )?(?:left|there)\b.*", "How many"),
    (r"how many(?: .*)?", ""),
    ((r"(?:how much|what) (?:it|they|that|this|i|we|he|she|people|everyone)? ?(?:costs?|paid|pays?|owes?|spent|spend|"
     r"earned|charged?)\b.*"), "Amount"),
    (r"how much(?: (?:it|they|i|we|he|she|of|is|was|for)\b.*)?", "Amount"),
    (r"how much .*", ""),
    ((r"how (?:good|well|much i (?:like|liked)|i liked|(?:it|they|we|i|he|she) (?:was|went|felt|feels?|liked|"
     r"did))\b.*"), "Rating"),
    (r"how .*", None),
    (r"what (?:is|are|'s|should|could|can|would|will|to) .*", None),
    (r"what (?:he|she|they|i|we|you|it|was|were|has|got|happened|went)(?: .*)?", _ITSELF),
    (r"(?:on |in |at )?(?:what|which) [\w-]+(?: [\w-]+)?", ""),
    (r"(?:whether|if)\b.* (\w+)", ""),
)  # fmt: skip
_QUESTION_WORD = re.compile(
    r"^(?:(?:on|in|at|by|from|to) )?(?:who|whom|whose|what|where|when|which|how|why|if|whether|who's)\b", re.IGNORECASE
)
_ASKED_AFTER_AND = re.compile(
    r"(?:,|\band|\bwith|\bto see|\bknow|\bnote|\bremember|^[^,.:]{2,30}:)\s+((?:on |in |by )?(?:who|where|when|how "
    r"(?:many|much|far|long|often)|which|what)\b"
    r"[^,.;:?!\n]*?)(?=,|\.|;|\?|!|\n|$|\band\b|\bso\b|\b(?:every|each) (?:day|week|time)\b)",
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
_OPTIONS_AFTER = re.compile(
    r"\b(categories|types|kinds|tags|stages|statuses|status|priority|priorities|rooms|levels|groups|areas|genres|"
    r"sizes|severity|columns|lanes|mood)"
    r"\s*(?::|\bare\b|\blike\b|\bsuch as\b|\bbeing\b)?\s+([^.;:()\n]{3,120})",
    re.IGNORECASE,
)
_PLURAL_LABELS = frozenset(
    "categories types kinds tags stages statuses priorities rooms levels groups areas genres sizes columns "
    "lanes".split()
)
_SLASHED = re.compile(r"^(.*?)\s*\b([\w-]+(?: ?/ ?[\w-]+(?: [\w-]+)?)+)$")
_MARK = "\N{BROKEN BAR}"  # stands for the commas between options


@dataclass(frozen=True, slots=True)
class Asked:
    fields: tuple[Field, ...] = ()
    is_whole: bool = False  # all that a record holds, not only something more
    start: int = -1  # where in the text the first list begins


def find_asked(text: str) -> Asked:
    """The fields that `text` asks for, in its order; what is no list of fields gives none."""
    found: dict[str, Field] = {}
    start, is_whole = -1, False
    marked, options = _mark_options(text)
    for field in options:
        found.setdefault(field.id, field)
    for listed in _lists(marked):
        for field in listed.fields:
            if singularize(field.label.lower()) not in {one.label.lower() for one in options}:
                found.setdefault(field.id, field)
        is_whole = is_whole or len(listed.fields) >= 3 or (listed.is_sure and len(listed.fields) >= 2)
        start = listed.start if start < 0 else min(start, listed.start)
    for question in _ASKED_AFTER_AND.finditer(marked):
        for field in fields_of_question(question[1]):
            if not any(_is_same(field, one) for one in found.values()):
                found.setdefault(field.id, field)
    return Asked(tuple(found.values())[:_MOST_FIELDS], is_whole, start)


def before_list(text: str, start: int) -> str:
    """`text` up to where its list of fields begins: what it is about stands before."""
    return text[:start] if start >= 0 and re.search(r"\w{3}", text[:start]) else text


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
        if not named or not _is_list_of_fields(pattern, named, parts, is_colon=is_colon):
            continue
        taken_to = found.end() + len(listed)
        at = found.end() if pattern is not _START else found.start()
        yield _List(tuple(named), at, pattern is _SURE_START)


def _is_list_of_fields(pattern: re.Pattern[str], named: list[Field], parts: list[str], *, is_colon: bool) -> bool:
    if pattern is _SURE_START:
        return len(parts) >= (3 if is_colon else 2) or (is_colon and len(named) == len(parts) > 1)
    if pattern is _START:
        return True
    telling = [one for one in named if one.type != "text" or set(one.label.lower().split()) & _USUAL_LABELS]
    return len(named) >= 2 and len(named) == len(parts) and bool(telling)


def parts_of(listed: str) -> list[str]:
    """The parts of "a, b and c"; slashes part only where nothing else does."""
    if listed.count("/") >= 2 and not re.search(r"[,;]", listed):
        listed = listed.replace("/", ",")
    parts = (_ARTICLE.sub("", part.strip()).strip(" .:'\"") for part in _SEPARATOR.split(listed))
    return [part for part in parts if part]


def _fields_of(part: str) -> list[Field]:
    if _MARK in part:
        label, _, options = part.partition(":")
        return [select_field(label, options.split(_MARK))]
    if _QUESTION_WORD.match(part):
        return fields_of_question(part)
    slashed = _SLASHED.match(part)
    if slashed and "/" in slashed[2]:
        return _slashed_field(slashed[1], slashed[2])
    boolean = re.fullmatch(r"(.{2,30}?) (?:or not|y/n|\(?yes or no\)?)", part, re.IGNORECASE)
    if boolean:
        return [field_from_label(boolean[1], "checkbox")]
    starred = re.fullmatch(
        r"(?:(?:5|five|10|ten)[- ])?stars?(?: rating)?s?|.*\brating out of .*|stars? rating", part, re.IGNORECASE
    )
    if starred:
        return [field_from_label("Rating")]
    return [field_from_label(part)] if is_field_label(part) else []


def _slashed_field(label: str, options: str) -> list[Field]:
    names = [one.strip() for one in options.split("/")]
    if {one.lower() for one in names} == {"yes", "no"}:
        return [field_from_label(label, "checkbox")] if label else []
    if label and is_field_label(label):
        return [select_field(label, names)]
    return [field for one in names for field in _fields_of(one)]


def select_field(label: str, options: list[str]) -> Field:
    """A choice between the options that the prompt gives."""
    label = sentence(singularize(label.strip()))
    names = tuple(dict.fromkeys(sentence(one.strip(" .'\""))[:30] for one in options if one.strip(" .'\"")))
    return Field(id=camel(label), label=label, type="select", options=names)


def fields_of_question(question: str) -> list[Field]:
    """ "who drives when" asks for who and when."""
    question = question.strip().lower()
    inner = re.match(r"(who\b.*?)\s+(when|where|what)$", question)
    if inner:
        return [field for one in (inner[1], inner[2]) for field in fields_of_question(one)]
    for pattern, label in _QUESTIONS:
        found = re.fullmatch(pattern, question)
        if found:
            if label == _ITSELF:
                return [field_from_label(re.sub(r"\bi\b", "I", question), "longtext")]
            name = _noun_of_question(question) if label == "" else label
            return [field_from_label(name)] if name else []
    return [field_from_label(question)] if len(question.split()) in (3, 4) else []


def _noun_of_question(question: str) -> str:
    """ "Level" of "on which level", "km" of "how many km they have", "paid" of "if it is paid"."""
    if question.startswith(("whether", "if")):
        return question.rsplit(maxsplit=1)[-1]
    found = re.search(r"(?:how many|how much|what|which) ([\w-]+(?: [\w-]+)?)", question)
    if not found:
        return ""
    words = [word for word in found[1].split() if word not in STOP_WORDS and not word.endswith("ed")]
    return " ".join(words[:1] if question.startswith("how") else words)


def _mark_options(text: str) -> tuple[str, list[Field]]:
    """The text with each list of options drawn together behind its label, and the fields whose list stands alone."""
    alone: list[Field] = []

    def bracketed(found: re.Match[str]) -> str:
        before = re.search(r"([\w-]+)\s*$", text[: found.start()])
        options = [one.strip() for one in re.split(r",|/|\bor\b|\band\b", found[1]) if one.strip()]
        is_label = bool(before) and field_from_label(before[1]).type == "select" if before else False
        return f":{_MARK.join(options)}" if is_label and len(options) > 1 else found[0]

    def named(found: re.Match[str]) -> str:
        listed, rest = found[2], ""
        if "/" in listed:
            cut = re.search(r",|\band\b", listed)
            listed, rest = (listed[: cut.start()], listed[cut.start() :]) if cut else (listed, "")
        options = [_ARTICLE.sub("", one.strip()) for one in re.split(r",|/|&|\bor\b|\band\b", listed)]
        options = [one for one in options if one and len(one.split()) <= 3]
        is_given = found[1].lower() in _PLURAL_LABELS or "/" in found[2] or bool(re.match(r"\w+\s*:", found[0]))
        if len(options) < 2 or not is_given or any(_MARK in one for one in options):
            return found[0]
        alone.append(select_field(_one_of(found[1]), options))
        return found[1] + rest

    marked = _IN_BRACKETS.sub(bracketed, text)
    return _OPTIONS_AFTER.sub(named, marked), alone


def _one_of(label: str) -> str:
    one = singularize(label.lower())
    return {"column": "Status", "lane": "Status", "statuse": "Status", "statu": "Status"}.get(one, one)


def is_field_label(text: str) -> bool:
    words = text.split()
    if (
        not 1 <= len(words) <= 4
        or _PEOPLE_ALONE.match(text)
        or _NO_FIELD.search(text)
        or not re.search(r"[A-Za-z]{2}", text)
    ):
        return False
    if find_colour(text) and words[-1].lower() in {*HUES, "black", "white", "grey", "gray"}:
        return False
    return not all(word.lower() in STOP_WORDS for word in words)


def _is_same(one: Field, other: Field) -> bool:
    """ "When" and "Due on" ask for the same, "Who" and "Who has it" do."""
    words, others = set(one.label.lower().split()), set(other.label.lower().split())
    return (
        one.id == other.id
        or words <= others
        or (one.type == "date" == other.type)
        or (one.type == "money" == other.type)
    )
