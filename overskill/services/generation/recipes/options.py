"""The options a prompt gives: "status (open, paid)", "categories food, rent and fun", "gym or outdoor"."""

import re

from overskill.services.generation.recipes.fields import field_from_label
from overskill.services.generation.recipes.spec import Field
from overskill.services.generation.recipes.words import camel, sentence, singularize

MARK = "\N{BROKEN BAR}"  # stands for the commas between options, so that they part nothing else
_LONGEST_OPTION = 4  # words
_ARTICLE = re.compile(r"^(?:and |or |an? |the |our |my )+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{3,160})\)")
_PLURAL_LABELS = frozenset(
    "categories types kinds tags stages statuses priorities rooms levels groups areas genres sizes columns "
    "lanes moods".split()
)
_AFTER_LABEL = re.compile(
    rf"\b({'|'.join(sorted(_PLURAL_LABELS))}|status|priority|severity|mood)"
    r"\s*(?::|\bare\b|\blike\b|\bsuch as\b|\bbeing\b)?\s+([^.;:()\n]{3,120})",
    re.IGNORECASE,
)
_NEXT_TIME = re.compile(r"(?<=[a-z]) (?=(?:noon|midday|afternoon|evening|night)s?\b)", re.IGNORECASE)
_NUMBER = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
# Groups with names: after "three classes" come what the classes are called.
_GROUPS = re.compile(
    rf"\b(?:({_NUMBER}|our|the|my) )?([a-z]+s)(?::| \(|,| -| –| called| named)\s+([^.;:()\n]{{5,160}})", re.IGNORECASE
)
# "Triggers like sleep, stress and wine"
_SUCH_AS = re.compile(r"\b([a-z]{3,}s),? (?:like|such as|e\.g\.) ([^.;:()\n]{5,160})", re.IGNORECASE)
_NO_GROUPS = frozenset(
    "sections pages questions options products items fields columns things features people players friends kids "
    "roommates flatmates teams tasks details steps notes".split()
)
_TIMES_OF_DAY = re.compile(
    r"\b((?:mornings?|noon|midday|afternoons?|evenings?|nights?|am|pm)(?:(?:, | and |, and |/| )"
    r"(?:mornings?|noon|midday|afternoons?|evenings?|nights?|am|pm))+)(?: (?:readings?|doses?|values?))?",
    re.IGNORECASE,
)


def mark_options(text: str) -> tuple[str, list[Field]]:
    """The text with each list of options drawn together behind its label, and the fields whose list stands alone."""
    alone: list[Field] = []

    def bracketed(found: re.Match[str]) -> str:
        before = re.search(r"([\w-]+)\s*$", text[: found.start()])
        options = options_of(found[1])
        is_label = before is not None and field_from_label(before[1]).type == "select"
        return f":{MARK.join(options)}" if is_label and len(options) > 1 else found[0]

    def labelled(found: re.Match[str]) -> str:
        listed, rest = _up_to_slashes(found[2])
        options = options_of(listed)
        is_given = found[1].lower() in _PLURAL_LABELS or "/" in listed or bool(re.match(r"\w+\s*:", found[0]))
        if len(options) < 2 or not is_given or MARK in listed:
            return found[0]
        alone.append(select_field(_one_of(found[1]), options))
        return found[1] + rest

    def grouped(found: re.Match[str]) -> str:
        options = options_of(found[3])
        are_names = sum(one[:1].isupper() for one in options) * 2 > len(options)
        is_counted = bool(re.fullmatch(_NUMBER, found[1] or "", re.IGNORECASE))
        if len(options) < 2 or found[2].lower() in _NO_GROUPS or not (are_names or is_counted) or MARK in found[3]:
            return found[0]
        alone.append(select_field(found[2].lower(), options))
        return found[0][: found.start(3) - found.start()].rstrip(" :(,-–")

    def such_as(found: re.Match[str]) -> str:
        options = options_of(found[2])
        if len(options) < 2 or found[1].lower() in _NO_GROUPS or MARK in found[2]:
            return found[0]
        alone.append(select_field(found[1].lower(), options))
        return found[1]

    def times(found: re.Match[str]) -> str:
        alone.append(select_field("time of day", [singularize(one) for one in options_of(found[1])]))
        return ""

    marked = _IN_BRACKETS.sub(bracketed, text)
    marked = _AFTER_LABEL.sub(labelled, marked)
    marked = _GROUPS.sub(grouped, marked)
    marked = _SUCH_AS.sub(such_as, marked)
    return _TIMES_OF_DAY.sub(times, marked), alone


def options_of(listed: str) -> list[str]:
    """The parts of "pizza, thai or burgers"; sentences among them are none."""
    listed = _NEXT_TIME.sub(", ", listed)
    parts = [
        _ARTICLE.sub("", one.strip()).strip(" .'\"?!") for one in re.split(r",|/|&|\bor\b|\band\b|\bvs\.?\b", listed)
    ]
    return [one for one in parts if one and len(one.split()) <= _LONGEST_OPTION]


def either_or(part: str) -> Field | None:
    """ "Gym or outdoor" is one choice."""
    found = re.fullmatch(r"([\w-]+(?: [\w-]+)?) or ([\w-]+(?: [\w-]+)?)", part, re.IGNORECASE)
    if not found or found[2].lower() == "not":
        return None
    return Field(id=camel(part), label=sentence(part), type="select", options=(sentence(found[1]), sentence(found[2])))


def select_field(label: str, options: list[str]) -> Field:
    """A choice between the options that the prompt gives."""
    label = sentence(singularize(label.strip()))
    names = tuple(dict.fromkeys(sentence(one)[:30] for one in options if one))
    return Field(id=camel(label), label=label, type="select", options=names)


def _up_to_slashes(listed: str) -> tuple[str, str]:
    """Slashes hold the options together: what comes after the next comma is something else."""
    cut = re.search(r",|\band\b", listed) if "/" in listed else None
    return (listed[: cut.start()], listed[cut.start() :]) if cut else (listed, "")


def _one_of(label: str) -> str:
    one = singularize(label.lower())
    return {"column": "Status", "lane": "Status", "statuse": "Status", "statu": "Status"}.get(one, one)
