"""What a prompt asks for: its words sorted into name, subject, fields and features. It never fails."""

import re
from dataclasses import dataclass

from overskill.services.generation.recipes.asked import Asked, find_asked
from overskill.services.generation.recipes.domains import find_domains
from overskill.services.generation.recipes.lexicon import Hit
from overskill.services.generation.recipes.measures import find_measures
from overskill.services.generation.recipes.people import find_people, without_people
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.subject import find_subject, held_by
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
    measures: tuple[Field, ...] = ()  # what is written down each day
    people: tuple[str, ...] = ()  # named in the prompt
    subject: str = ""  # the prompt up to its list of fields

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
    measures = find_measures(about)
    people = find_people(about)
    asked = Asked(before=about) if measures else find_asked(without_people(about, people))
    fields = asked.fields
    subject = asked.before
    found = find_subject(subject)
    noun = found.noun
    if fields and held_by(about) and fields[0].type == "text" and fields[0].id not in {"title", "name"}:
        noun, fields = pluralize(singularize(fields[0].label.lower())), fields[1:]
    sort, descending = find_sort(about)
    return Brief(
        prompt=text,
        name=name,
        noun=noun,
        domains=() if noun != found.noun else tuple(find_domains(about, subject, found.head)),
        fields=fields,
        only_these=asked.is_whole,
        features=frozenset(feature for feature, pattern in _FEATURES if re.search(pattern, about, re.IGNORECASE)),
        sort=sort,
        descending=descending,
        place=_find_place(about),
        measures=measures,
        people=people,
        subject=subject,
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
