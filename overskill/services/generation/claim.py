"""Taking a turn up, by exactly one worker, and knowing where an earlier attempt left off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from overskill.clients.jobs import JobQueue
from overskill.clients.objects import ObjectStore
from overskill.config import Settings
from overskill.models import (
    App,
    ChatMessage,
    DeploymentEnvironment,
    FileBlob,
    Generation,
    GenerationEvent,
    GenerationMode,
    GenerationStatus,
)
from overskill.models.base import utc_now
from overskill.services.apps.env_vars import public_variables
from overskill.services.apps.files import read_files
from overskill.services.apps.locks import locked_paths
from overskill.services.billing.amounts import Tariff, credit_words
from overskill.services.billing.meter import Meter as CreditMeter
from overskill.services.generation.brief import Brief
from overskill.services.generation.enclosures import enclosures_for, files_for
from overskill.services.generation.events import Author, Authors, Enclosure, Event, Kind, Past, PastMessage
from overskill.services.generation.lineage import read_past
from overskill.services.generation.reconciling import Start, changed_by_people
from overskill.services.generation.requests import GENERATE_JOB
from overskill.services.generation.validation import validated
from overskill.services.generation.writing import Meter, NoMeter
from overskill.services.heartbeat import DEAD_AFTER

MOST_ATTEMPTS = 4
_INTERRUPTED = "This turn was interrupted several times, so it was given up."
_STAGED = (Kind.CLOSE, Kind.EDIT, Kind.DELETE, Kind.RENAME, Kind.PACKAGES)
_TOLD = (Kind.NAME, Kind.BRIEF, Kind.PLAN)


@dataclass(frozen=True)
class Claim:
    """A turn that is ours to run."""

    generation_id: UUID
    attempt: int
    author: Author
    app_id: UUID
    team_id: UUID
    user_id: UUID
    preview_key: str
    app_name: str
    prompt: str
    is_first: bool
    start: Start  # the app before the turn
    history: tuple[PastMessage, ...]
    past: Past
    done: tuple[Event, ...]  # what an earlier attempt completed
    prose: str  # what it said
    mode: GenerationMode = GenerationMode.BUILD
    may_ask: bool = True  # it answers no questions itself
    brief: Brief = field(default_factory=Brief)
    plan: tuple[str, ...] = ()
    steps: tuple[dict[str, Any], ...] = ()  # that earlier attempts went through
    meter: Meter = field(default_factory=NoMeter)
    enclosures: tuple[Enclosure, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)  # public ones of the preview
    attached: Mapping[str, str] = field(default_factory=dict)  # files that came along: path -> content
    prompt_words: str = ""  # what was seen of the prompt when it came
    limit_words: str = ""

    @property
    def files(self) -> Mapping[str, str]:
        return self.start.files

    @property
    def done_paths(self) -> frozenset[str]:
        return frozenset(event.path for event in self.done)


def claim_turn(
    session: Session, generation_id: UUID, authors: Authors, objects: ObjectStore, tariff: Tariff, settings: Settings
) -> Claim | None:
    """The turn, if it is ours to run now. None when it is over, alive elsewhere, or another turn goes first."""
    app_id = session.exec(select(Generation.app_id).where(Generation.id == generation_id)).one_or_none()
    if app_id is None:
        return None
    app = session.get_one(App, app_id, with_for_update=True)
    turn = session.get_one(Generation, generation_id, with_for_update=True)
    if turn.status.is_final or _is_alive(turn) or _another_goes_first(session, turn):
        return None
    author = authors.author_for(session, app.team_id, turn.user_id)
    if not _begin_attempt(session, turn, author):
        return None
    done, prose = _resume(session, turn, author)
    files = read_files(session, app.id)
    return Claim(
        generation_id=turn.id,
        attempt=turn.attempt,
        author=author,
        app_id=app.id,
        team_id=app.team_id,
        user_id=turn.user_id,
        preview_key=app.preview_key,
        app_name=app.name,
        prompt=turn.prompt,
        is_first=app.current_version == 0,
        start=Start(files, app.revision, locked_paths(session, app), _changed_since(session, turn, done)),
        history=_history(session, turn),
        past=read_past(session, app.id, app.current_version, files),
        done=done,
        prose=prose,
        mode=turn.mode,
        may_ask=turn.follows_id is None,
        brief=Brief.from_json(turn.brief or _latest_brief(session, turn)),
        plan=tuple(str(step) for step in turn.plan.get("steps") or ()),
        steps=tuple(turn.steps),
        meter=CreditMeter.of(turn, tariff, authors.terms_for(session, app.team_id, turn.user_id).price),
        enclosures=enclosures_for(session, turn, objects),
        variables=public_variables(session, app.id, DeploymentEnvironment.PREVIEW, settings=settings),
        attached=files_for(session, turn, objects),
        prompt_words=validated(turn.prompt).words,
        limit_words="Free of charge" if turn.cap is None else f"At most {credit_words(turn.cap)}",
    )


def _changed_since(session: Session, turn: Generation, done: Sequence[Event]) -> frozenset[str]:
    """Of what earlier attempts completed, that which people have changed since the first began."""
    first = _failed_before(session, turn) or turn
    if not done or first.started_at is None:
        return frozenset()
    return changed_by_people(session, turn.app_id, first.started_at) & {event.path for event in done}


def _begin_attempt(session: Session, turn: Generation, author: Author) -> bool:
    """False when there were too many before it: then the turn is over."""
    turn.attempt += 1
    turn.author = author.kind
    turn.started_at = turn.started_at or utc_now()
    turn.last_progress_at = utc_now()
    turn.status = GenerationStatus.RUNNING
    session.add(turn)
    if turn.attempt > MOST_ATTEMPTS:
        give_up(session, turn, f"{_INTERRUPTED} Nothing was changed; send it again.")
    return not turn.status.is_final


def give_up(session: Session, turn: Generation, error: str) -> None:
    """End a turn that was not begun."""
    turn.status = GenerationStatus.FAILED
    turn.finished_at = utc_now()
    turn.error = error
    session.add(turn)


def _latest_brief(session: Session, turn: Generation) -> dict[str, Any]:
    """What the app was to be, as it was thought out last."""
    brief = session.exec(
        select(Generation.brief)
        .where(
            Generation.app_id == turn.app_id,
            Generation.created_at < turn.created_at,
            col(Generation.version).is_not(None),
            Generation.brief != {},
        )
        .order_by(col(Generation.created_at).desc())
    ).first()
    return dict(brief or {})


def _is_alive(turn: Generation) -> bool:
    return turn.status is GenerationStatus.RUNNING and turn.last_progress_at > utc_now() - DEAD_AFTER


def _another_goes_first(session: Session, turn: Generation) -> bool:
    """When that one ends it starts the next, so nothing is lost by leaving."""
    other = session.exec(
        select(Generation.id).where(
            Generation.app_id == turn.app_id,
            Generation.id != turn.id,
            (col(Generation.status) == GenerationStatus.RUNNING)
            | ((col(Generation.status) == GenerationStatus.QUEUED) & (col(Generation.created_at) < turn.created_at)),
        )
    ).first()
    return other is not None


def _resume(session: Session, turn: Generation, author: Author) -> tuple[tuple[Event, ...], str]:
    """What the attempts before this one completed. Recipes write the same again in seconds: they start over."""
    if author.kind == "recipe":
        session.exec(delete(GenerationEvent).where(col(GenerationEvent.generation_id) == turn.id))
        return (), ""
    rows = [*_taken_up(session, turn), *_events(session, turn.id)]
    sums = [row.data["checksum"] for row in rows if row.kind == Kind.CLOSE]
    contents = dict(
        session.exec(select(FileBlob.checksum, FileBlob.content).where(col(FileBlob.checksum).in_(sums))).all()
    )
    done = []
    for row in rows:
        if row.kind in _TOLD:
            done.append(Event(Kind(row.kind), text=row.data.get("text", ""), data=row.data))
        if row.kind not in _STAGED:
            continue
        path = row.data.get("path", "")  # packages have none
        if row.kind == Kind.CLOSE:
            done += [Event(Kind.OPEN, path), Event(Kind.CLOSE, path, contents[row.data["checksum"]])]
        else:
            done.append(Event(Kind(row.kind), path, data=row.data))
    own = (row for row in rows if row.generation_id == turn.id and row.kind == Kind.PROSE)
    return tuple(done), "".join(row.data["text"] for row in own)


def _taken_up(session: Session, turn: Generation) -> list[GenerationEvent]:
    """What the turn before it completed, when this one goes on where that one failed."""
    before = _failed_before(session, turn)
    return [row for row in _events(session, before.id) if row.kind in _STAGED] if before else []


def _failed_before(session: Session, turn: Generation) -> Generation | None:
    before = session.get(Generation, turn.follows_id) if turn.follows_id else None
    is_left = before is not None and before.status is GenerationStatus.FAILED and before.version is None
    return before if is_left else None


def _events(session: Session, generation_id: UUID) -> Sequence[GenerationEvent]:
    return session.exec(
        select(GenerationEvent).where(GenerationEvent.generation_id == generation_id).order_by(col(GenerationEvent.seq))
    ).all()


def _history(session: Session, turn: Generation) -> tuple[PastMessage, ...]:
    """What was said in the turns before this one, but for those that were replaced. Messages that wait behind it are
    not past yet."""
    rows = session.exec(
        select(ChatMessage.author, ChatMessage.text, Generation.version)
        .join(Generation, col(Generation.id) == col(ChatMessage.generation_id))
        .where(
            ChatMessage.app_id == turn.app_id,
            Generation.created_at < turn.created_at,
            col(Generation.id).not_in(_replaced(turn)),
        )
        .order_by(col(Generation.created_at), col(ChatMessage.created_at))
    )
    return tuple(
        PastMessage("user" if author == "user" else "assistant", text, version or 0) for author, text, version in rows
    )


def _replaced(turn: Generation) -> SelectOfScalar[UUID]:
    """Turns from one whose message was sent again, edited, up to where it was."""
    first, again, between = aliased(Generation), aliased(Generation), aliased(Generation)
    return (
        select(between.id)
        .join(first, col(first.app_id) == between.app_id)
        .join(again, col(again.replaces_id) == first.id)
        .where(
            between.app_id == turn.app_id,
            col(between.created_at) >= first.created_at,
            col(between.created_at) < again.created_at,
            col(again.created_at) <= turn.created_at,
        )
    )


def next_turn(session: Session, app_id: UUID, queue: JobQueue) -> None:
    """Start the oldest waiting turn of an app, if there is one."""
    waiting = session.exec(
        select(Generation.id)
        .where(Generation.app_id == app_id, Generation.status == GenerationStatus.QUEUED)
        .order_by(col(Generation.created_at))
    ).first()
    if waiting is not None:
        queue.enqueue(GENERATE_JOB, str(waiting), queue="generate")
