"""What a prompt asks for: its words sorted into name, subject, fields and features. It never fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.lexicon import Hit, search
from overskill.services.generation.recipes.palette import HUES, find_colour
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.words import headline, is_plural, low, plain, pluralize, singularize

LONGEST = 4000  # characters of a prompt that are read

_NAME_QUOTED = re.compile(
    r"(?:called|named|titled|name(?: it| is|:)?|call it|title:?)\s+[\"“'‘«]([^\"”'’»\n]{1,40})[\"”'’»]", re.IGNORECASE
)
_NAME = re.compile(
    r"\b(?:called|named|titled|name it|call it|name:|its name is|app name is)\s+"
    r"([A-Za-z0-9À-ɏ][\w&'+.!À-ɏ-]*(?:\s+(?!with\b|that\b|which\b|for\b|where\b|to\b|in\b|so\b|"
    r"using\b|and (?:it|make|has|should|add)\b)"
    r"[\w&'+!À-ɏ-]+){0,3})",
    re.IGNORECASE,
)
_LIST_STARTS = re.compile(
    r"(?:\bfields?(?: are| for)?:?|\bcolumns?:?|\bwith(?: the)?(?: fields?| columns?)?:?|\bincluding|"
    r"\bincludes?|\beach (?:one )?(?:\w+ )?(?:has|with|having)|"
    r"\b(?:recording|tracking|showing|storing|logging)|\bproperties:?|\battributes:?|\bplus|\balso|^[^:,.\n]{3,60}:)\s+(?=\w)",
    re.IGNORECASE,
)
_LIST_END = re.compile(
    (
        r"[.;!?\n]| so that | so i | and (?:then|make|let|show|i |it |a way|sort)|\bwhich\b|\bthat\b|"
        r"\bwhere\b|\busing\b|\bfor (?:my|our|the|a)\b|\bsort(?:ed)? by\b"
    ),
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    (
        r"^(?:and |an? |the |its |their |his |her |my |our |some |any |optional |different |each |every |"
        r"all )+"
    ),
    re.IGNORECASE,
)
_FEATURES: tuple[tuple[str, str], ...] = (
    ("streaks", r"\bstreaks?\b|\bcheck[- ]?ins?\b|\bdaily check"),
    ("insights", r"\b(charts?|graphs?|stat(s|istics)?|insights?|trends?|analytics|breakdown|reports?)\b"),
    ("calendar", r"\b(calendar|month view|agenda)\b"),
    ("board", r"\b(kanban|trello|swim ?lanes?|drag and drop|drag-and-drop)\b|\b(board)( view)?\b(?! ?games?)"),
    ("table", r"\b(table|spreadsheet|grid view|sortable columns)\b"),
    ("checklist", r"\b(check ?list|check(ed)? off|tick(ed)? off|to-?do)\b"),
    ("cards", r"\b(cards|gallery|grid of)\b"),
)
_NO_FIELD = re.compile(
    r"\b(streaks?|charts?|graphs?|stat(s|istics)?|dark|light|mode|theme|search\w*|filter\w*|sort\w*|calendar|board|kanban|"
    r"drag|page|pages|section|sections|login|sign|users?|account|notifications?|reminders?|export|import|button|friends|"
    r"roommates?|colleagues|people|design|colou?rs?|palette|style|look|feel|layout|sample|data|examples?|dashboard|insights?|"
    r"app|website|list|view|views|table|cards|columns|fields|check-?ins?|overview|home|fonts?|undo|"
    r"mobile|phone friendly|"
    r"cart|checkout|products?|items|questions?|options|score|results?|react|typescript|tailwind|database|api|ai|ability|way|"
    r"me|you|it|them|everyone|everything|this|these|those|each other|one|ones|my|our|your)\b",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"\b(?:keep(?:ing)? track of|track(?:ing|s)?|manag(?:e|es|ing)|organi[sz](?:e|es|ing)|log(?:ging|"
    r"s)?|record(?:ing|s)?|"
    r"lists? of|list(?:ing)?|collect(?:ing|ion of)?|catalog(?:ue)?(?:ing| of)?|remember(?:ing)?|keep|"
    r"plan(?:ning)?|monitor(?:ing)?|"
    r"stor(?:e|ing)|sav(?:e|ing)|database of|library of|inventory of|rank(?:ing)?|rat(?:e|ing)|"
    r"count(?:ing)?|review(?:ing)?|"
    r"about|of|for|with)\s+(?:(?:all|my|our|the|your|some|different|various|a|an|of|new|old|own|everyone's|many)\s+)*"
    r"([^\W\d_][\w'&-]*(?:\s+[^\W\d_][\w'&-]*){0,2})",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b([^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*)?)\s+(?:tracker|tracking|list|log|logger|logbook|manager|management|organi[sz]er|planner|diary|"
    r"database|inventory|catalog(?:ue)?|collection|journal|library|registry|directory|app|tool|system|dashboard|board|calendar|"
    r"blog|shop|store|site|website|page|quiz|poll|calculator|counter|monitor|archive|wishlist|index)\b",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(
    (r"\W*(?:(?:my|our|all|the|some)\s+)*([^\W\d_][\w'&-]*(?:\s+[^\W\d_][\w'&-]*){0,2})"), re.IGNORECASE
)
_STOP = frozenset(
    "a an the my our your his her their its this that these those and or but with without for from "
    "to of in on at by as so "
    "is are be am was were do does did can could should would will i you we they he she it me us "
    "them who what when where "
    "which how why not no any some all every each more most want need make build create give help let please something "
    "someone thing things stuff app application web website site page tool simple small little nice "
    "good great cool beautiful "
    "pretty awesome quick easy basic online digital personal new own keep keeping track tracking "
    "tracker manage managing "
    "have has had get see show add use using like also just one two three lot lots way ways daily "
    "weekly monthly modern "
    "mobile friendly responsive dark light mode list lists log plan planner planning organize "
    "organizer write take put up out "
    "about into over off through where's i'd i'm can't don't us everyone people friends friend "
    "really very much many over "
    "hello hi hey thanks thank test lorem yes ok okay etc best favourite favorite different various "
    "random whole cute fun".split()
)


@dataclass(frozen=True, slots=True)
class Brief:
    prompt: str
    name: str  # "" when the prompt gives none
    noun: str  # the plural of what it is about, "" when nothing was found
    domains: tuple[Hit, ...]
    fields: tuple[Field, ...]  # asked for by name
    only_these: bool  # a whole list of fields was given
    features: frozenset[str]
    sort: str  # "due date"
    descending: bool
    place: str  # "Portugal"

    @property
    def about(self) -> str:
        """The prompt without the name it gives, so that a name is not read as a subject."""
        return self.prompt.replace(self.name, " ") if self.name else self.prompt


def read_brief(prompt: str) -> Brief:
    text = clean(prompt)
    name = find_name(text)
    about = text.replace(name, " ") if name else text
    about = (
        re.sub(r"\b(called|named|titled|name it|call it)\s*[\"“'‘«]*\s*[\"”'’»]*\s*:?", " ", about, flags=re.IGNORECASE)
        if name
        else about
    )
    fields, only_these = _find_fields(about)
    subject = _without_lists(about) if fields else about
    sort, descending = find_sort(about)
    return Brief(
        prompt=text,
        name=name,
        noun=_find_noun(subject),
        domains=tuple(search("domains", subject) or search("domains", about)),
        fields=fields,
        only_these=only_these,
        features=frozenset(feature for feature, pattern in _FEATURES if re.search(pattern, about, re.IGNORECASE)),
        sort=sort,
        descending=descending,
        place=_find_place(about),
    )


def clean(prompt: str) -> str:
    """Printable text of a length that is worth reading."""
    text = prompt[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    text = "".join(" " if not (letter.isprintable() or letter == "\n") else letter for letter in text)
    return re.sub(r"[ \t]+", " ", text).strip()


def _find_place(text: str) -> str:
    found = re.search(r"\b(?:to|in|through|around|across|of) ([A-Z][\w-]+(?: [A-Z][\w-]+)?)", text)
    return found[1] if found else ""


def find_name(text: str) -> str:
    found = _NAME_QUOTED.search(text) or _NAME.search(text)
    if not found:
        return ""
    name = found[1].strip(" .,!?:;-\"'")
    return (name if name != name.lower() else headline(name))[:40]


def find_sort(text: str) -> tuple[str, bool]:
    found = re.search(
        r"\b(?:sort(?:ed|ing)?|order(?:ed)?|rank(?:ed)?)(?: it| them| everything| the list)? by (?:the )?([\w ]{2,30})",
        text,
        re.IGNORECASE,
    )
    if not found:
        return "", False
    wanted = re.split(r"\b(?:and|then|with|so|in|please|first|but)\b", found[1], maxsplit=1)[0].strip()
    rest = text[found.start() : found.end() + 40].lower()
    descending = bool(re.search(r"descending|desc\b|newest|latest|highest|largest|biggest|most|best|reverse", rest))
    return wanted, descending


def split_list(text: str) -> list[str]:
    """ "a, b and c" as its parts."""
    parts = re.split(r",|;|&|\+|/|\band\b|\bor\b|\bplus\b|\bas well as\b", text, flags=re.IGNORECASE)
    return [_ARTICLE.sub("", part.strip()).strip(" .,:'\"") for part in parts if part.strip()]


def _find_fields(text: str) -> tuple[tuple[Field, ...], bool]:
    found: dict[str, Field] = {}
    explicit = False
    for start, parts in _lists(text):
        named = [part for part in parts if _is_field_label(part)]
        for part in named:
            field = field_from_label(part)
            found.setdefault(field.id, field)
        asks_for_fields = re.search(r"field|column|properties|attributes|each|:", start[0], re.IGNORECASE)
        explicit = explicit or len(named) >= 3 or bool(asks_for_fields and len(named) >= 2)
    return tuple(found.values())[:10], explicit


def _lists(text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    """Where fields may be listed. "Bees: hives, honey and notes" is a list, "my business: invoices" isn't."""
    for start in _LIST_STARTS.finditer(text):
        listed = text[start.end() :]
        end = _LIST_END.search(listed)
        parts = split_list(listed[: end.start() if end else len(listed)][:240])
        if len(parts) >= 3 or not (start.start() == 0 and ":" in start[0]):
            yield start, parts


def _without_lists(text: str) -> str:
    """The prompt up to the first list of fields: what it is about stands before them."""
    start = next((found for found, _ in _lists(text)), None)
    if not start:
        return text
    head = text[: start.start()] if ":" not in start[0] else text[: start.end()]
    return head if re.search(r"\w{3}", head) else text


def _is_field_label(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 4 or _NO_FIELD.search(text) or not re.search(r"[A-Za-z]{2}", text):
        return False
    if find_colour(text) and words[-1].lower() in {*HUES, "black", "white", "grey", "gray"}:
        return False
    return not all(word.lower() in _STOP for word in words)


def _find_noun(text: str) -> str:
    first = _NOUN_FIRST.match(text)
    candidates = [noun for noun in [_noun_of(first[1]) if first else ""] if noun and is_plural(noun.split()[-1])]
    for pattern in (_NOUN_AFTER, _NOUN_BEFORE):
        candidates += [_noun_of(found[1]) for found in pattern.finditer(text)]
    plurals = [noun for noun in candidates if noun and is_plural(noun.split()[-1])]
    chosen = next(iter(plurals), "") or next((noun for noun in candidates if noun), "")
    if not chosen:
        words = [word for word in re.findall(r"[^\W\d_][\w'-]+", text) if word.lower() not in _STOP and len(word) > 2]
        chosen = next((word for word in words if is_plural(word.lower())), "")
    return _as_plural(" ".join(low(word) for word in plain(chosen)[:30].split()))


def subject_phrase(text: str) -> str:
    """What stands after the first "for" or "about": "trips to Japan" of "a blog about my trips to Japan"."""
    found = re.search(
        r"\b(?:about|on|for|of)\s+(?:(?:my|our|the|a|an|all)\s+)*([^\W\d_][\w' -]{1,40})", text, re.IGNORECASE
    )
    if not found:
        return ""
    phrase = re.split(r"\b(?:with|that|which|and|where|in|so|who|called|named|by)\b|[,.;:]", found[1], maxsplit=1)[
        0
    ].strip()
    return "" if all(word.lower() in _STOP for word in phrase.split()) else phrase


def _noun_of(phrase: str) -> str:
    """The noun at the head of a phrase: "vinyl records in the attic" is vinyl records."""
    kept: list[str] = []
    for word in phrase.split():
        if word.lower() in _STOP:
            if kept:
                break
            continue
        kept.append(word.removesuffix("'s"))
        if is_plural(word.lower()):
            break
    return " ".join(kept[-2:])


def _as_plural(noun: str) -> str:
    if not noun or not re.search(r"[a-z]", noun):
        return noun
    return noun if is_plural(noun.rsplit(maxsplit=1)[-1]) else pluralize(singularize(noun))
