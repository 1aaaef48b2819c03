"""Questions as fields: "who has it and when it is due" asks for two."""

import re
from collections.abc import Iterator

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.subject import STOP_WORDS
from overskill.services.generation.recipes.words import sentence

_ITSELF = "the question"
_ITSELF_IN_MONEY = "the question, about money"
_NOUN = "its noun"
_WITHOUT_WHO = "all but its first words"
_WE = r"(?:i|we|he|she|they|you)"
# How a question is called as a field; None leaves it out.
_QUESTIONS: tuple[tuple[str, str | None], ...] = (
    (r"who(?:m)? (?:has|have|got|keeps|holds|borrowed)(?: (?:it|them|the|which|what|each|\w+).*)?", "Who has it"),
    (rf"who(?:m)? {_WE}(?:'ve| have)? \w+.*", _WITHOUT_WHO),
    (r"who(?:m|ever|'s)?(?: .*)?|whose .*", "Who"),
    (r"(?:by )?when\b.*\bdue back\b.*", "Due back on"),
    (r"(?:by )?when\b.*\bdue\b.*", "Due on"),
    (r"when\b.*\bpaid\b.*", "Paid on"),
    (r"when\b.*\b(?:back|returned)\b.*", "Back by"),
    (rf"when {_WE} last \w+.*", _WITHOUT_WHO),
    (r"when\b.*\blast\b.*", "Last time"),
    (r"when to (?:\w+).*", _WITHOUT_WHO),
    (r"when\b.*", "When"),
    (r"(?:at |on )?(?:what|which) time.*", "Time"),
    (r"where\b.*", "Where"),
    (r"how (?:far)(?: .*)?", "Distance"),
    (r"how long(?: .*)?", "Duration"),
    (r"how often(?: .*)?", "How often"),
    (r"how many (?:are |is )?left\b.*", "How many left"),
    (r"how many (?:are |is )?there\b.*", "How many"),
    (r"how many(?: .*)?", _NOUN),
    (
        (
            rf"how much (?:{_WE}|it|that|this|people|everyone)? ?"
            r"(?:costs?|paid|pays?|owes?|spent|spend|earned|charged?)\b.*"
        ),
        "Amount",
    ),
    (rf"what (?:{_WE}|it|that) (?:costs?|paid|pays?|owes?|spent|spend|earned|charged?)\b.*", _ITSELF_IN_MONEY),
    (r"how much(?: (?:it|they|i|we|he|she|of|is|was|for)\b.*)?", "Amount"),
    (r"how much .*", _NOUN),
    (rf"how (?:good|well|much i liked?|i liked|(?:it|{_WE}) (?:was|went|felt|feels?|liked|did))\b.*", "Rating"),
    (r"how .*", None),
    (r"what (?:is|are) (\w+(?:ed|own|en))\b(?<!broken)(?<!open).*", _NOUN),
    (r"what (?:is|are|'s|should|could|can|would|will|to) .*", None),
    (rf"what (?:{_WE}|it|was|were|has|got|happened|went)(?: .*)?", _ITSELF),
    (r"(?:on |in |at )?(?:what|which) [\w-]+(?: [\w-]+)?", _NOUN),
    (r"(?:whether|if) (?:it|they|he|she) (?:is|are|was|were) (\w+)", _NOUN),
    (r"(?:whether|if) (?:it|they|he|she|i|we) (\w+ \w+)", _NOUN),
)
_WORD = re.compile(
    r"^(?:(?:on|in|at|by|from|to) )?(?:who|whom|whose|what|where|when|which|how|why|if|whether|who's)\b", re.IGNORECASE
)
_AFTER_AND = re.compile(
    r"(?:,|\band|\bwith|\s[-–—]|\bto see|\bknow|\bnote|\bremember|^[^,.:]{2,30}:)\s+"
    r"((?:on |in |by )?(?:who|where|when|whether|how (?:many|much|far|long|often)|which|what)\b[^,.;:?!\n]*?)"
    r"(?=,|\.|;|\?|!|\n|$|\band\b|\bso\b|\b(?:every|each) (?:day|week|time|one)\b)",
    re.IGNORECASE,
)


_WHICH_OF = re.compile(
    r"^\W*(?:show me |see )?which of (?:my|our|the) [\w' -]{3,30}? (?:is|are|has|have|needs?|can be) "
    r"([^,.;:?!\n]{3,40})",
    re.IGNORECASE,
)
_LONGEST_LABEL = 4  # words


def is_question(text: str) -> bool:
    return bool(_WORD.match(text))


def asked_in_passing(text: str) -> Iterator[Field]:
    """What stands outside of lists: "my keys and who has them", "which of my plants are toxic"."""
    which = _WHICH_OF.match(text)
    if which:
        yield field_from_label(sentence(" ".join(which[1].split()[:_LONGEST_LABEL])), "checkbox")
    for found in _AFTER_AND.finditer(text):
        yield from fields_of_question(found[1])


def fields_of_question(question: str) -> list[Field]:
    """ "who drives when" asks for who and when."""
    question = question.strip().lower()
    inner = re.match(r"(who\b.*?)\s+(when|where|what)$", question)
    if inner:
        return [field for one in (inner[1], inner[2]) for field in fields_of_question(one)]
    for pattern, label in _QUESTIONS:
        found = re.fullmatch(pattern, question)
        if found:
            return _field(question, label, found)
    return [field_from_label(question)] if len(question.split()) in (3, 4) else []


def _field(question: str, label: str | None, found: re.Match[str]) -> list[Field]:
    if label in {_ITSELF, _ITSELF_IN_MONEY}:
        return [field_from_label(re.sub(r"\bi\b", "I", question), "longtext" if label == _ITSELF else "money")]
    if label == _WITHOUT_WHO:  # "who I last played with" -> "last played with"
        rest = re.sub(rf"^\w+ (?:to|{_WE})(?:'ve| have)? ", "", question)
        rest = f"{rest} on" if question.startswith("when to") else rest
        kind = "date" if question.startswith("when") else "text"
        return [field_from_label(sentence(_without_object(rest)), kind)]
    if label == _NOUN:
        is_yes_or_no = question.startswith(("whether", "if"))
        label = found[1] if found.groups() and found[1] else _noun_of(question)
        return [field_from_label(label, "checkbox" if is_yes_or_no else "")] if label else []
    return [field_from_label(label)] if label else []


def _without_object(text: str) -> str:
    return re.sub(r" (?:it|them|each(?: one)?|the \w+)$", "", text)


def _noun_of(question: str) -> str:
    """ "Level" of "on which level", "km" of "how many km they have"."""
    found = re.search(r"(?:how many|how much|what|which) ([\w-]+(?: [\w-]+)?)", question)
    if not found:
        return ""
    words = [word for word in found[1].split() if word not in STOP_WORDS and not word.endswith("ed")]
    return " ".join(words[:1] if question.startswith("how") else words)


def is_same(one: Field, other: Field) -> bool:
    """ "When" and "Due on" ask for the same, "Who" and "Who has it" do."""
    words, others = set(one.label.lower().split()), set(other.label.lower().split())
    return (
        one.id == other.id
        or words <= others
        or (one.type == "date" == other.type)
        or (one.type == "money" == other.type)
    )
