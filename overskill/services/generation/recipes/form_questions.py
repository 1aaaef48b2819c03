"""The questions a form is to ask: "child's name, size (S, M, L) and whether they need a bus" as fields."""

import re
from collections.abc import Iterator
from dataclasses import replace

from overskill.services.generation.recipes.choices import called, lone_choice, with_bracketed_choices
from overskill.services.generation.recipes.fields import field_from_label, field_from_notation
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.words import camel, plain, sentence, singularize

LONGEST = 80  # characters of a question
_START = re.compile(
    r"(?:\b(?:asks?|asking|collects?|collecting|needs?|enter|gives?|giving|fields?|questions?|requires?|say|tell us|"
    r"fill(?:ing)? (?:in|out)|capture|capturing|choose|like|including|includes)\b(?: are| for| about| their| the)*:?|"
    r"\bwith(?: (?:the )?(?:fields?|questions?)(?: for)?:?)?|^[^:.\n]{3,80}:)\s+(?=\w)",
    re.IGNORECASE,
)
_END = re.compile(
    r"[;\n!]|\.(?=\s|$)| so that | so (?:i|we)\b|\bthat (?:shows?|counts?|saves?)\b|\bthen\b|\bwhen (?:they|people)\b|"
    r"\band (?:then|show|see|count|export|i |we |a (?:page|way|table|chart|thank|goal))|\bexport|\bin (?:dark|light)\b",
    re.IGNORECASE,
)
_NO_QUESTION = re.compile(
    r"\b(?:validation|thank\w*|page|chart|graph|table|csv|export|dark|light|mode|results?|summary|button|undo|design|"
    r"colou?rs?|style|answers|responses|database|emails? (?:me|us)|notification|progress|logo|count(?:er)?|goal|"
    r"signatures?|form|survey|questionnaire|feedback|sign-?ups?|rsvps?|registrations|applications)\b",
    re.IGNORECASE,
)
_ONLY_A_NUMBER = re.compile(
    r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|few|some|good)? ?"
    r"(?:short |quick |simple |open )?questions?\b",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\b(?:from )?1 ?(?:-|–|to) ?(5|10)\b(?: stars?)?", re.IGNORECASE)
_RATED = re.compile(
    r"\b(?:rat(?:e|es|ing|ings)|stars?|scores?)\b(?: (?:from )?1 ?(?:-|–|to) ?(?P<top>5|10))?(?: scales?| stars?)? "
    r"(?:for|of|on|the|their)\s+(?P<list>[^.;:!?\n()]{3,160})",
    re.IGNORECASE,
)
_DIVIDER = "\N{BROKEN BAR}"  # stands for the commas within brackets
_FREQUENCIES = ("Every day", "Every week", "Every month", "Rarely")
_PERSON = r"(?:they|he|she|people|you|guests|someone|everyone|the \w+)"
# A clause, the question it becomes, what is answered with.
_CLAUSES: tuple[tuple[str, str, str], ...] = (
    (rf"(?:whether|if) (?:or not )?{_PERSON}(?:'re| are| is) (.+)", "Are you {0}?", "yes"),
    (rf"(?:whether|if) (?:or not )?{_PERSON}(?:'ve| have| has) (.+)", "Do you have {0}?", "yes"),
    (rf"(?:whether|if) (?:or not )?{_PERSON} (can|will|may|could|would) (.+)", "{0} you {1}?", "yes"),
    (rf"(?:whether|if) (?:or not )?{_PERSON} (.+)", "Do you {0}?", "yes"),
    (r"(?:whether|if) (?:it|this|that)(?:'s| is) (.+)", "Is it {0}?", "yes"),
    (r"(?:whether|if) (?:it|this|that) (?:has|contains) (.+)", "Does it have {0}?", "yes"),
    (rf"(?:what|which) {_PERSON} (?:can |will |would like to |want to )?(.+)", "What do you {0}?", "text"),
    (rf"(?:when|where) {_PERSON} (?:can |will )?(.+)", "{word} can you {0}?", "text"),
    (r"how often\b.*", "{all}?", "often"),
    (r"how (?:satisfied|happy|good|easy|likely|friendly|clean|tasty|clear|useful)\b.*", "{all}?", "rating"),
    (r"how many\b.*", "{all}?", "number"),
    (r"(?:would|do|does|did|are|is|have|will|can)\b.{6,}", "{all}?", "yes"),
    (r"(?:what|which|who|where|when|why|how)\b.{6,}", "{all}?", "longtext"),
)


def question(notation: str) -> Field:
    """A question in the lexicon's notation; `yes/no` is a choice, so that not answering is not a no."""
    label, _, rest = notation.partition(":")
    if rest.strip() == "yes/no":
        return replace(field_from_notation(label), type="select", options=("Yes", "No"), unit="")
    return field_from_notation(notation)


def asked_questions(text: str) -> list[Field]:
    """What the prompt lists to be asked, in its order."""
    text = with_bracketed_choices(text, _START)
    rated = _RATED.search(text)
    if rated:
        rest = f"{text[: rated.start()].rstrip().removesuffix('with')}{text[rated.end() :]}"
        labels = [_bare(part) for part in _parts(rated["list"])]
        return [_rating(one, rated["top"] or "5") for one in labels if one] + list(_listed(rest))
    return list(_listed(text))


def _listed(text: str) -> Iterator[Field]:
    end = 0
    for found in _START.finditer(text):
        if found.start() < end:
            continue
        listed = text[found.end() :]
        stop = _END.search(listed)
        listed = listed[: stop.start() if stop else len(listed)][:400]
        questions = [field for part in _parts(listed) for field in _field(part)]
        if questions and (len(questions) > 1 or not found[0].rstrip().endswith(":")):
            end = found.end() + len(listed)
            yield from questions


def _parts(listed: str) -> list[str]:
    """At commas and "and", though not within brackets; a question ends with its mark."""
    kept = re.sub(r"\([^()]*\)", lambda found: re.sub(r",|\band\b|\bor\b|/", _DIVIDER, found[0]), listed)
    parts = re.split(r",(?:\s*and\b)?|\?\s*|&|\band\b|\bplus\b(?! ones?\b)|\bas well as\b", kept, flags=re.IGNORECASE)
    return [part.strip(" .'\"") for part in parts if part.strip(" .'\"")]


def _bare(label: str) -> str:
    label = re.sub(r"\([^()]*\)|:.*$", "", label).strip()
    return re.sub(
        r"^(?:(?:an?|the|their|his|her|your|my|our|some|any|for|also|short|each|and)\s+)+",
        "",
        label,
        flags=re.IGNORECASE,
    )


def _field(part: str) -> list[Field]:
    label = _bare(part)
    choices = _choices(part)
    if not 1 <= len(label.split()) <= 12 or _ONLY_A_NUMBER.fullmatch(label) or not re.search(r"[A-Za-z]{2}", label):
        return []
    if _NO_QUESTION.search(label) and not choices:
        return []
    scale = _SCALE.search(part)
    if scale:
        return [_rating(plain(_SCALE.sub("", label)) or "Rating", scale[1])]
    if len(choices) > 1:
        name = singularize(re.split(r"\b(?:for|from|of)\b", label, maxsplit=1)[0].strip())
        return [replace(_labelled(name, "select"), options=tuple(choices[:12]))]
    options = lone_choice(label)
    if options:
        return [replace(_labelled(called(options), "select"), options=tuple(sentence(one) for one in options))]
    return [_from_words(label)]


def _choices(part: str) -> list[str]:
    found = re.search(r"\(([^()]*)\)|:\s*(.+)$", part)
    parts = re.split(rf"{_DIVIDER}|/| or |,", (found[1] or found[2] or "") if found else "")
    return [sentence(one.strip()) for one in parts if one.strip()]


def _rating(label: str, top: str) -> Field:
    return _labelled(label, "rating") if top == "5" else _labelled(label, "number", "of 10")


def _from_words(label: str) -> Field:
    """ "Whether they can drive" asks "Can you drive?", "phone" asks for a phone number."""
    for pattern, wording, kind in _CLAUSES:
        found = re.fullmatch(pattern, label, re.IGNORECASE)
        if found:
            text = wording.format(*found.groups(), word=label.split(maxsplit=1)[0], all=label.rstrip("?"))
            return _answered_with(text, kind)
    field = field_from_label(label)
    if field.type == "select" and field.options == ("First", "Second", "Third"):
        return _labelled(label, "text")
    if field.type == "boolean":
        return replace(field, type="select", options=("Yes", "No"))
    return replace(field, label=sentence(plain(label)[:LONGEST]), required=_is_identity(field))


def _answered_with(text: str, kind: str) -> Field:
    if kind in {"yes", "often"}:
        return replace(_labelled(text, "select"), options=("Yes", "No") if kind == "yes" else _FREQUENCIES)
    return _labelled(text, kind)


def _is_identity(field: Field) -> bool:
    return field.type == "email" or bool(re.search(r"\bnames?\b", field.label, re.IGNORECASE))


def _labelled(label: str, kind: str, unit: str = "") -> Field:
    label = sentence(plain(label)[:LONGEST])
    if kind in {"yes", "longtext"} or label.split(maxsplit=1)[0].lower() in _ASKING:
        label = label if label.endswith("?") else f"{label}?"
    return replace(field_from_label(label, kind), id=camel(label)[:40], label=label, unit=unit)


_ASKING = frozenset("how what which who where when why would do does did are is have will can could may".split())
