"""A turn as a model has thought it through: a brief, a plan, questions.

A model's words are not trusted. Whatever is missing, too long, of the wrong type or of no use is left out or
replaced; an answer that holds nothing of use is refused as a whole.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from overskill.clients.checker import AcceptanceCheck, Action, BrowserStep
from overskill.errors import Unavailable
from overskill.services.generation.brief import FEWEST_CHECKS, MOST_CHECKS, Brief, Entity, Page

MOST_PAGES = 8
MOST_ENTITIES = 6
MOST_FIELDS = 12
MOST_STEPS_OF_PLAN = 8
MOST_STEPS_OF_CHECK = 8
MOST_QUESTIONS = 3
FEWEST_OPTIONS, MOST_OPTIONS = 2, 4
LONGEST_WORDS = 60  # of a name, a title, an option
LONGEST_SENTENCE = 240
LONGEST_ANSWER = 60_000  # characters of a model's answer that are looked at

_ACTIONS = frozenset(get_args(Action))
_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
_KEY = re.compile(r"(?:(?:Control|Alt|Shift|Meta)\+)?(?:[A-Za-z0-9 ]|[A-Z][A-Za-z0-9]{1,11})")


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    options: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "options": list(self.options)}


@dataclass(frozen=True, slots=True)
class Preparation:
    brief: Brief
    plan_summary: str
    plan_steps: tuple[str, ...]
    questions: tuple[Question, ...] = ()

    @property
    def plan(self) -> dict[str, Any]:
        return {"summary": self.plan_summary, "steps": list(self.plan_steps)}

    def asked(self) -> dict[str, Any]:
        """The questions as they are shown, each with an id to answer by."""
        numbered = enumerate(self.questions, start=1)
        return {"questions": [{"id": f"q{n}", **one.to_json(), "allows_other": True} for n, one in numbered]}

    def to_json(self) -> dict[str, Any]:
        """In the form in which `read_preparation` takes it."""
        return {**self.brief.to_json(), "plan": self.plan, "questions": [one.to_json() for one in self.questions]}


def parse_answer(text: str) -> Mapping[str, Any]:
    return parse_object(text, "kind", "summary")


def parse_object(text: str, *members: str) -> Mapping[str, Any]:
    """The JSON object with one of these members, also where a model put words or a code fence around it.

    Raises Unavailable.
    """
    text = text[:LONGEST_ANSWER]
    decoder = json.JSONDecoder(strict=False)
    for start in _starts_of_objects(text):
        try:
            found, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and any(member in found for member in members):
            return found
    raise Unavailable("The model's thoughts could not be read, so the app is built from your words alone.")


def _starts_of_objects(text: str) -> Iterable[int]:
    found = re.finditer(r"\{", text)
    return (match.start() for match, _ in zip(found, range(20), strict=False))


def read_preparation(answer: Mapping[str, Any]) -> Preparation:
    """What can be used of an answer. Raises Unavailable where that is nothing."""
    summary = sentence(answer.get("summary"))
    pages = _pages(answer.get("pages"))
    entities = _entities(answer.get("entities"))
    plan = answer.get("plan")
    plan = plan if isinstance(plan, dict) else {}
    steps = tuple(unique(sentence(step) for step in _list(plan.get("steps"))))[:MOST_STEPS_OF_PLAN]
    if not summary and not steps and not entities:
        raise Unavailable("The model thought of nothing that helps, so the app is built from your words alone.")
    brief = Brief(
        kind=words(answer.get("kind")).lower(),
        summary=summary,
        audience=sentence(answer.get("audience")),
        pages=pages,
        entities=entities,
        look=sentence(answer.get("look")),
        checks=_checks(answer.get("checks"), pages),
        language=_language(answer.get("language")),
    )
    steps = steps or tuple(_steps_of(brief))
    return Preparation(brief, sentence(plan.get("summary")) or summary, steps, _questions(answer.get("questions")))


def words(value: object, longest: int = LONGEST_WORDS) -> str:
    """A text on one line, without what can't be seen. Anything that is no text is none."""
    if not isinstance(value, str):
        return ""
    seen = "".join(letter if letter.isprintable() else " " for letter in value[: longest * 4])
    line = " ".join(seen.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def sentence(value: object) -> str:
    return words(value, LONGEST_SENTENCE)


def unique(found: Iterable[str]) -> list[str]:
    """What is not empty, each once, in order."""
    return list(dict.fromkeys(one for one in found if one))


def _list(value: object) -> Sequence[Any]:
    return value[:50] if isinstance(value, list) else ()


def _language(value: object) -> str:
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else "en"


def _pages(value: object) -> tuple[Page, ...]:
    pages: dict[str, Page] = {}
    for one in _list(value):
        if not isinstance(one, dict):
            continue
        path, title = _path(one.get("path")), words(one.get("title"))
        if path and title:
            pages.setdefault(path, Page(path, title, sentence(one.get("purpose"))))
    return tuple(sorted(pages.values(), key=lambda page: page.path != "/"))[:MOST_PAGES]


def _path(value: object) -> str:
    """A route that can be opened as it is, or nothing."""
    if not isinstance(value, str):
        return ""
    path = "/" + value.strip().lower().strip("/")
    return path if len(path) <= LONGEST_WORDS and _PATH.fullmatch(path) else ""


def _entities(value: object) -> tuple[Entity, ...]:
    entities: dict[str, Entity] = {}
    for one in _list(value):
        if isinstance(one, dict) and (name := words(one.get("name"))):
            fields = unique(words(field) for field in _list(one.get("fields")))
            entities.setdefault(name.lower(), Entity(name, tuple(fields[:MOST_FIELDS])))
    return tuple(entities.values())[:MOST_ENTITIES]


def _questions(value: object) -> tuple[Question, ...]:
    questions = []
    for one in _list(value):
        if not isinstance(one, dict):
            continue
        text = sentence(one.get("text"))
        options = unique(words(option, 80) for option in _list(one.get("options")))[:MOST_OPTIONS]
        if text and len(options) >= FEWEST_OPTIONS:
            questions.append(Question(text, tuple(options)))
    return tuple(questions[:MOST_QUESTIONS])


def _checks(value: object, pages: Sequence[Page]) -> tuple[AcceptanceCheck, ...]:
    """The checks that can be run, with one a page where there are too few."""
    checks: dict[str, AcceptanceCheck] = {}
    for one in _list(value):
        if isinstance(one, dict) and (check := _check(one)):
            checks.setdefault(check.title, check)
    for page in pages:
        if len(checks) >= FEWEST_CHECKS:
            break
        check = AcceptanceCheck(page.title, (BrowserStep("open", page.path), BrowserStep("see", page.title)))
        checks.setdefault(check.title, check)
    return tuple(checks.values())[:MOST_CHECKS]


def _check(data: Mapping[str, Any]) -> AcceptanceCheck | None:
    """None where a step can't be understood: what is left out would make it another check."""
    title = words(data.get("title"), 120)
    steps: list[BrowserStep] = []
    for one in _list(data.get("steps")):
        step = _step(one) if isinstance(one, dict) else None
        if step is None:
            return None
        steps.append(step)
    if steps and steps[0].do != "open":
        steps.insert(0, BrowserStep("open", "/"))
    does_something = any(step.do != "open" for step in steps)
    return (
        AcceptanceCheck(title, tuple(steps)) if title and does_something and len(steps) <= MOST_STEPS_OF_CHECK else None
    )


def _step(data: Mapping[str, Any]) -> BrowserStep | None:
    do = data.get("do")
    if not isinstance(do, str) or do not in _ACTIONS:
        return None
    target = _path(data.get("target")) if do == "open" else words(data.get("target"), 120)
    value = words(data.get("value"), 120) if do in ("fill", "choose") else ""
    if not target or (do == "press" and not _KEY.fullmatch(target)) or (do == "choose" and not value):
        return None
    return BrowserStep(do, target, value)  # type: ignore[arg-type]  # it is one of Action


def _steps_of(brief: Brief) -> Sequence[str]:
    """A plan for a model that gave none."""
    steps = tuple(f"{page.title}: {page.purpose}" if page.purpose else page.title for page in brief.pages)
    return steps or unique([brief.summary, *(entity.name for entity in brief.entities)])
