"""A better name and a picture for an app whose first version is there, when nobody has chosen them.

Done after the turn, by a quick model, and never at somebody's expense: what a person or the turn itself has called the
app stays. Safe to run twice.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlmodel import Session, select

from overskill.clients.jobs import JobQueue
from overskill.clients.models import ChatRequest, Ending, Finished, ModelRole, Models, Started, Text, Used
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError, Unavailable
from overskill.models import App, AppStatus, Generation, GenerationEvent, GenerationStatus
from overskill.services.apps.marks import mark_svg, marks
from overskill.services.apps.naming import logo_svg, name_from_prompt
from overskill.services.billing.receipts import add_usage
from overskill.services.generation.events import Kind
from overskill.services.generation.fence import Fence
from overskill.services.generation.preparation import parse_object, words
from overskill.services.generation.prompts import prompt
from overskill.services.generation.requests import app_topic
from overskill.services.generation.talk import usage_event
from overskill.services.progress import ProgressLog

NAME_JOB = "overskill.jobs.naming.name_app"
LONGEST_SECONDS = 30.0
MOST_OUTPUT_TOKENS = 2_000
LONGEST_NAME = 32
LONGEST_PROMPT = 2_000

_NAME = re.compile(r"[\w&'’.+!-]+(?: [\w&'’.+!-]+){0,3}")

FindModels = Callable[[Session, UUID, UUID], Models | None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What nobody has chosen yet."""

    prompt: str
    called: str  # its working name
    team_id: UUID
    user_id: UUID
    name: bool
    logo: bool


@dataclass(frozen=True, slots=True)
class _Idea:
    name: str = ""
    mark: str = ""


def request_name(session: Session, turn: Generation, queue: JobQueue) -> None:
    """Have the app named once the turn is committed, if a model wrote its first version."""
    if turn.author == "model" and turn.version == 1 and turn.status is GenerationStatus.SUCCEEDED:
        key = str(turn.id)
        after_commit(session, lambda: queue.enqueue(NAME_JOB, key, queue="low"))


def name_app(generation_id: UUID, *, find_models: FindModels, log: ProgressLog) -> None:
    """Ask for a name and a picture and take what is of use. Whatever fails, the app keeps what it has."""
    with transaction() as session:
        wanted = _find_wanted(session, generation_id)
        models = find_models(session, wanted.team_id, wanted.user_id) if wanted else None
    if wanted is None or models is None:
        return
    spent: list[Used] = []
    try:
        idea = _ask(models, wanted, spent)
    except OverskillError:
        idea = _Idea()
    with transaction() as session:
        _take(session, generation_id, idea, spent, log)


def _find_wanted(session: Session, generation_id: UUID) -> _Wanted | None:
    turn = session.get(Generation, generation_id)
    app = session.get(App, turn.app_id) if turn else None
    if turn is None or app is None or app.status is AppStatus.DELETED:
        return None
    has_name = app.name != name_from_prompt(app.prompt) or _was_named(session, turn)
    has_logo = app.logo != logo_svg(app.name, app.accent)
    if has_name and has_logo:
        return None
    return _Wanted(app.prompt, app.name, app.team_id, turn.user_id, name=not has_name, logo=not has_logo)


def _was_named(session: Session, turn: Generation) -> bool:
    """By the turn itself, be it with the name the app had anyway."""
    named = select(GenerationEvent.seq).where(
        GenerationEvent.generation_id == turn.id, GenerationEvent.kind == Kind.NAME.value
    )
    return session.exec(named.limit(1)).first() is not None


def _ask(models: Models, wanted: _Wanted, spent: list[Used]) -> _Idea:
    model = models.of(ModelRole.QUICK)
    about = wanted.prompt[:LONGEST_PROMPT]
    fence = Fence(about)
    called = "" if wanted.name else f"It is called “{words(wanted.called)}”: only the picture is open.\n\n"
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "mark"],
        "properties": {"name": {"type": "string"}, "mark": {"type": "string", "enum": list(marks())}},
    }
    request = ChatRequest(
        [
            {"role": "system", "content": prompt("name", marks=", ".join(marks()))},
            {"role": "user", "content": f"{called}{fence.around('request', about)}\n\nAnswer with the JSON object."},
        ],
        max_output_tokens=min(MOST_OUTPUT_TOKENS, model.output_tokens()),
        schema=schema,
    )
    deadline = time.monotonic() + LONGEST_SECONDS
    answer = ""
    for piece in model.stream(request, lambda: time.monotonic() > deadline):
        match piece:
            case Started():
                answer = ""
            case Text(text):
                answer = (answer + text)[:LONGEST_PROMPT]
            case Used():
                spent.append(piece)
            case Finished(Ending.STOPPED):
                raise Unavailable("Naming took too long.")
    said = parse_object(answer, "name", "mark")
    mark = said.get("mark")
    return _Idea(_usable_name(said.get("name")), mark if isinstance(mark, str) and mark in marks() else "")


def _usable_name(value: object) -> str:
    name = words(value, LONGEST_NAME).strip(" \"'“”‘’«».,:;!?-–—`*_#")
    return name if _NAME.fullmatch(name) and any(letter.isalpha() for letter in name) else ""


def _take(session: Session, generation_id: UUID, idea: _Idea, spent: list[Used], log: ProgressLog) -> None:
    """What is still open by now: meanwhile somebody may have chosen."""
    turn = session.get(Generation, generation_id)
    app = session.get(App, turn.app_id, with_for_update=True) if turn else None
    if turn is None or app is None:
        return
    session.refresh(turn, with_for_update=True)
    for used in spent:
        # The house pays: as with a key of one's own, nothing of it is charged.
        told = {**usage_event(used, ModelRole.QUICK).data, "is_own_key": True}
        turn.usage = add_usage(turn.usage, told)
    session.add(turn)
    wanted = _find_wanted(session, generation_id)
    if wanted is None:
        return
    if wanted.name and idea.name:
        app.name = idea.name
    if wanted.logo:
        app.logo = mark_svg(idea.mark, app.accent) if idea.mark else logo_svg(app.name, app.accent)
    session.add(app)
    after_commit(session, partial(log.ring, app_topic(app.id)))
