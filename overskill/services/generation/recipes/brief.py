"""What a prompt asks for: its words sorted into name, subject, fields and features. It never fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.lexicon import Hit, search, tokens
from overskill.services.generation.recipes.palette import HUES, find_colour
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.subject import STOP_WORDS, find_subject, held_by
from overskill.services.generation.recipes.words import headline, pluralize, singularize

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
_QUESTION_WORDS = frozenset("what who whose where when how which why if whether".split())
# "… and where it was" asks for a field as well.
_ASKED_BY_CLAUSE = (
    (r"\band where (?:it|they|i|i've|we) (?!sit\b|can\b|should\b)", "Where"),
    (r"\band when (?:it is|it's|they are|they're) due\b", "Due on"),
    (r"\band when (?:it|they|he|she|i|we) (?:was |were |got |are |is )?paid\b", "Paid on"),
    (r"\band when (?:it|they|i|i've|we) (?!can\b|should\b|(?:\w+ )?(?:paid|due)\b)", "When"),
    (r"\band how many (?:are |is )?(?:left|there)\b", "How many"),
    (r"\band who (?:has|have|keeps|holds|got) (?:it|them|which|what)\b", "Who has it"),
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
    r"cart|checkout|products?|items|questions?|options|results?|react|typescript|tailwind|database|api|ai|ability|way|"
    r"me|you|it|them|everyone|everything|this|these|those|each other|one|ones|my|our|your)\b",
    re.IGNORECASE,
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
    found = find_subject(subject)
    noun = found.noun
    if fields and held_by(about) and fields[0].type == "text" and fields[0].id not in {"title", "name"}:
        noun, fields = pluralize(singularize(fields[0].label.lower())), fields[1:]
    sort, descending = find_sort(about)
    return Brief(
        prompt=text,
        name=name,
        noun=noun,
        domains=() if noun != found.noun else tuple(_find_domains(about, subject, found.head)),
        fields=fields,
        only_these=only_these,
        features=frozenset(feature for feature, pattern in _FEATURES if re.search(pattern, about, re.IGNORECASE)),
        sort=sort,
        descending=descending,
        place=_find_place(about),
    )


def _find_domains(about: str, subject: str, head: str) -> list[Hit]:
    """What the head names decides; the rest of the prompt only orders those, or speaks when there is no head."""
    everywhere = search("domains", subject) or search("domains", about)
    if not head:
        return everywhere
    named = {hit.key: hit for hit in search("domains", head)}
    words = set(tokens(head)) | {singularize(word) for word in tokens(head)}
    led = [hit for hit in everywhere if hit.key in named or words & set(str(hit.entry.get("heads", "")).split())]
    noun = _last_words(head)
    return [hit for hit in led or named.values() if not _only_tells_which(hit, noun)]


def _last_words(head: str) -> list[str]:
    return find_subject(head).noun.lower().split()


def _only_tells_which(hit: Hit, noun: list[str]) -> bool:
    """ "Dog walks" are walks: the dog only tells which. "Coffee beans" are still of a domain that is open."""
    words = str(hit.entry["match"]).split()
    is_of_it = bool(noun) and any(one in words for one in (noun[-1], singularize(noun[-1]), "-".join(noun[-2:])))
    return hit.word in noun[:-1] and not is_of_it and not hit.entry.get("open")


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
    for pattern, label in _ASKED_BY_CLAUSE:
        if re.search(pattern, text, re.IGNORECASE):
            field = field_from_label(label)
            found.setdefault(field.id, field)
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
    if (
        not 1 <= len(words) <= 4
        or words[0].lower() in _QUESTION_WORDS
        or _NO_FIELD.search(text)
        or not re.search(r"[A-Za-z]{2}", text)
    ):
        return False
    if find_colour(text) and words[-1].lower() in {*HUES, "black", "white", "grey", "gray"}:
        return False
    return not all(word.lower() in STOP_WORDS for word in words)
