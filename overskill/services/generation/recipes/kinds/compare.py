"""Options side by side: criteria with weights, the best of each row, a score and a winner."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from overskill.services.generation.recipes.brief import Brief
from overskill.services.generation.recipes.compared import Compared, read_compared
from overskill.services.generation.recipes.kinds import arguments
from overskill.services.generation.recipes.lexicon import search, shelf, tokens
from overskill.services.generation.recipes.making import make_app, page
from overskill.services.generation.recipes.phrases import title_of
from overskill.services.generation.recipes.spec import AppSpec, Entity, Field, FieldType, Sample, SampleValue
from overskill.services.generation.recipes.words import camel, headline, low, pluralize, sentence, singularize

_VERBS = (
    r"(?:buy|rent|take|choose|accept|get|pick|lease|adopt|book|hire|study|join|switch|move|go with|sign|live|use|"
    r"subscribe)"
)
_NO_SIDES = (
    r"(?:me|i|us|player|team|boys|girls|income|budget|planned|plan|actual|expected|wins|my score|human|home|today)"
)
PATTERN = (
    r"^(?:(?!\b(?:landing|blog|website|quiz|poll|page)\b)[^.:;]){0,45}?\bcompar(?:e|es|ing|ison|isons)\b"
    r"(?! (?:my |our )?(?:\w+ )?(?:expenses|spending|runs|results|weight|scores|sales|month|week|year|progress))|"
    r"\bdecision (?:matrix|helper|table|aid|tool|grid)\b|\bweighted (?:decision|scor\w+|matrix)\b|\bpugh matrix\b|"
    rf"\b(?:what|which) [\w' -]{{3,30}}? should (?:i|we|my \w+|she|he|they) {_VERBS}\b|\bside[- ]by[- ]side\b|"
    r"^(?!.*\b(?:let|club|everyone|friends|our team|together|votes?)\b).*\b(?:choos|decid)(?:e|ing) between\b|"
    r"\b(?:decid|choos)(?:e|ing) (?:which|on|among)\b(?=[^.;]*\b(?:based on|considering|criteria|in terms of)\b)|"
    r"\bis it (?:cheaper|better|faster|wiser) to [\w' -]{2,40} or\b|"
    r"\brank (?:my|our|the|some) (?:options|choices|alternatives|offers|candidates)\b|"
    rf"\b(?:cost|costs|cheaper|better|best|decide|choose|worth|difference)\b[^.;]*\b(?:vs\.?|versus)(?=\s)|"
    r"(?:\b(?:vs\.?|versus) [^.;:]+){2}|"
    rf"^\W*(?!{_NO_SIDES}\b)[\w'+ -]{{2,30}} (?:vs\.?|versus) (?!{_NO_SIDES}\b)[\w'+ -]{{2,30}}(?: for [\w' -]+)?$|"
    r"\bshould (?:i|we) [\w' -]{2,30} or (?!not\b)[\w' -]{2,30}|"
    r"\bwhich (?:\w+ ){0,3}?is (?:better|cheaper|best)\b(?!.*calculator)|" + arguments.PATTERN
)
WEIGHT = 3.4
_MOST_OPTIONS, _MOST_CRITERIA = 8, 10
_TYPES: Mapping[str, FieldType] = {"money": "money", "number": "number", "rating": "rating", "boolean": "boolean"}
_BY_UNIT = re.compile(r"\bper (?!month|year|night|week|person)", re.IGNORECASE)
_UNIT_PRICES = (2, 6)
_RATINGS = (4, 3, 5, 2, 4, 3, 5, 2)


def plan(brief: Brief) -> AppSpec:
    if re.search(arguments.PATTERN, brief.about.lower()):
        return arguments.plan(brief)
    compared = read_compared(brief.about, _known_words())
    entry = _entry(compared, brief.about)
    one = compared.noun or str(entry["one"])
    criteria = _criteria(compared, entry)
    names = _names(compared, entry, one)
    fields = (Field("name", "Name", "text", required=True), *(field for field, _ in criteria))
    samples = tuple(_sample(place, name, criteria, entry, count=len(names)) for place, name in enumerate(names))
    entity = Entity(one, pluralize(singularize(one)), str(entry["icon"]), fields, samples=samples)
    title = _title(compared, entry, one, brief.about)
    named = title
    if compared.question:  # a question is no name
        named = pluralize(singularize(one)) if compared.noun else str(entry["title"])
    content = {
        "title": title,
        "lower": [field.id for field, known in criteria if known.get("better") == "lower"],
        "weights": {field.id: 3 for field, _ in criteria},
    }
    return make_app(
        brief,
        "compare",
        {"hue": entry["hue"], "icon": entry["icon"], "names": [headline(named)[:40]]},
        [page("comparison", "Compare", entity, id="compare")],
        entities=(entity,),
        content=content,
        tagline="Weigh what matters: the best of each row is marked, the winner stands on top.",
    )


def _entry(compared: Compared, text: str) -> Mapping[str, Any]:
    """What is known of such options: by what they are, by their names, or by what the prompt says."""
    said = (compared.noun, compared.said, " ".join(compared.options), text)
    hits = next((hits for hits in (search("comparisons", one) for one in said) if hits), [])
    return hits[0].entry if hits else shelf("comparisons")["general"]


def _known_words() -> frozenset[str]:
    return frozenset(word for known in shelf("criteria").values() for word in str(known["match"]).split())


def _names(compared: Compared, entry: Mapping[str, Any], one: str) -> list[str]:
    """The options: by name when the prompt names them, else as many as it says."""
    if compared.options:
        return list(compared.options)[:_MOST_OPTIONS]
    usual = list(entry.get("options", ()))
    if usual and not compared.count:
        return usual
    word = sentence(one.rsplit(maxsplit=1)[-1])
    return [f"{word} {letter}" for letter in "ABCDEFGH"[: compared.count or 3]]


def _criteria(compared: Compared, entry: Mapping[str, Any]) -> list[tuple[Field, Mapping[str, Any]]]:
    """Those that the prompt lists; else those it mentions, then the usual ones."""
    labels = list(compared.criteria)
    if len(labels) < 2:
        usual = [label for label in entry["criteria"] if not _is_like_any(label, labels)]
        labels = [next((one for one in entry["criteria"] if _is_like_any(one, [label])), label) for label in labels]
        labels += [label for label in usual if label not in labels]
    found: dict[str, tuple[Field, Mapping[str, Any]]] = {}
    for label in labels[:_MOST_CRITERIA]:
        known = known_criterion(label)
        kind = _TYPES.get(str(known.get("type")), "text")
        if camel(label) != "name":
            field = Field(camel(label), sentence(label), kind, unit=str(known.get("unit", "")))
            found.setdefault(field.id, (field, known))
    return list(found.values())


def _is_like_any(label: str, others: Sequence[str]) -> bool:
    """ "Cost per month" is the cost that someone asks about."""
    words = {singularize(one) for one in label.lower().split()}
    return any(words & {singularize(one) for one in other.lower().split()} for other in others)


def known_criterion(label: str) -> Mapping[str, Any]:
    """What is known of a criterion; what nobody knows is judged by feeling, from one to five."""
    words = tokens(re.split(r"\b(?:per|in|by)\b", label)[0])
    known = shelf("criteria")
    for word in [*words[::-1], *(singularize(one) for one in words[::-1])]:
        for entry in known.values():
            if word in str(entry["match"]).split():
                return entry
    return known["feeling"]


def _sample(
    place: int, name: str, criteria: Sequence[tuple[Field, Mapping[str, Any]]], entry: Mapping[str, Any], *, count: int
) -> Sample:
    row: dict[str, SampleValue] = {"name": name}
    facts = entry.get("rows", {}).get(name.lower(), [])
    usual = [camel(label) for label in entry["criteria"]]
    for number, (field, known) in enumerate(criteria):
        if field.id in usual[: len(facts)]:
            row[field.id] = facts[usual.index(field.id)]
        else:
            span = _prices(field, entry) if known["better"] == "lower" else None
            row[field.id] = _example(field, known, span, (place + number * 2) % max(count, 1), count)
    return row


def _prices(field: Field, entry: Mapping[str, Any]) -> Sequence[float] | None:
    """Between which prices such things lie; None where it is no price."""
    if field.type != "money":
        return None
    return _UNIT_PRICES if _BY_UNIT.search(field.label) else entry.get("prices")


def _example(
    field: Field, known: Mapping[str, Any], span: Sequence[float] | None, place: int, count: int
) -> SampleValue:
    """Spread over the usual range, so that no option is the best in everything."""
    if field.type == "text":
        return ""
    if field.type == "boolean":
        return place % 2 == 0
    if field.type == "rating":
        return _RATINGS[place % len(_RATINGS)]
    low, high = span or known["range"]
    value = float(low + (high - low) * place / max(1, count - 1))
    step = 10 ** max(0, len(str(int(value))) - 2)
    return round(value / step) * step if value >= 10 else round(value)


def _title(compared: Compared, entry: Mapping[str, Any], one: str, text: str) -> str:
    if compared.question:
        return compared.question
    names = [low(one) if low(one) in text else one for one in compared.options]
    if names and len(", ".join(names)) <= 44:
        return f"{', '.join([compared.options[0], *names[1:-1]])} or {names[-1]}"
    if compared.noun:
        return sentence(pluralize(singularize(one)))
    return title_of(text) or str(entry["title"]) if entry.get("generic") else str(entry["title"])
