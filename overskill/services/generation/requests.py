"""Asking for a turn, and asking it to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import InvalidInput, LimitReached, NotFound
from overskill.models import App, ChatMessage, Generation, GenerationMode, GenerationStatus, MessageAuthor
from overskill.models.base import utc_now
from overskill.services.attachments.sending import send_along
from overskill.services.billing.credits import Tariff, open_account
from overskill.services.generation.events import Authors
from overskill.services.generation.validation import validated
from overskill.services.progress import ProgressLog

GENERATE_JOB = "overskill.jobs.generate.generate"
MOST_WAITING = 5
MOST_PER_HOUR = 120
UNFINISHED = (GenerationStatus.RUNNING, GenerationStatus.QUEUED)


def turn_topic(generation_id: UUID) -> str:
    """Where the events of one turn are logged."""
    return f"turn:{generation_id}"


def app_topic(app_id: UUID) -> str:
    """The bell of an app: rung when its turns, versions, name or deployments change."""
    return f"app:{app_id}"


@dataclass(frozen=True)
class Intake:
    """What taking a message needs: who would write, what that costs, and where the turn waits."""

    authors: Authors
    tariff: Tariff
    queue: JobQueue
    log: ProgressLog


@dataclass(frozen=True)
class Wish:
    """What is asked for beside the words."""

    mode: GenerationMode = GenerationMode.BUILD
    attachments: Sequence[UUID] = ()
    follows: Generation | None = None  # the turn whose plan is built, whose questions are answered, that is taken up
    plan: Sequence[str] = ()  # its steps, as the reader left them
    replaces: Generation | None = None  # the turn whose message this is, edited
    turn_id: UUID | None = None  # a browser's own name: asked for once more, since no answer came, it is the same turn
    by_button: bool = False  # has no such name: the same again, while that waits or runs, is the same turn


NO_WISH = Wish()


def request_turn(
    session: Session,
    app: App,
    user_id: UUID,
    prompt: str,
    wish: Wish = NO_WISH,
    *,
    intake: Intake,
) -> Generation:
    """Put a message into the app's chat and queue the turn that answers it.

    One turn of an app runs at a time; the others wait in order. Raises InvalidInput for a prompt that can't be
    used, LimitReached when too many wait, were asked for in the last hour, or nothing is left to pay with.
    """
    known = session.get(Generation, wish.turn_id) if wish.turn_id else None
    if known is not None:
        return _the_same(known, app, user_id)
    text = validated(prompt).text
    if wish.by_button and (asked := _asked_already(session, app, user_id, text, wish)):
        return asked
    _check_limits(session, app, user_id)
    generation = Generation(app_id=app.id, user_id=user_id, prompt=text, mode=wish.mode)
    if wish.turn_id is not None:
        generation.id = wish.turn_id
    generation.replaces_id = wish.replaces.id if wish.replaces else None
    if wish.follows is not None:
        _follow(generation, wish.follows, wish.plan)
    session.add(generation)
    session.flush()
    session.add(
        ChatMessage(app_id=app.id, author=MessageAuthor.USER, user_id=user_id, generation_id=generation.id, text=text)
    )
    send_along(session, generation, wish.attachments)
    terms = intake.authors.terms_for(session, app.team_id, user_id)
    open_account(session, app, generation, intake.tariff, author_kind=terms.author_kind, price=terms.price)
    app.changed_at = utc_now()
    session.add(app)
    key = str(generation.id)
    after_commit(session, lambda: intake.queue.enqueue(GENERATE_JOB, key, queue="generate"))
    after_commit(session, lambda: intake.log.ring(app_topic(app.id)))
    return generation


def _the_same(known: Generation, app: App, user_id: UUID) -> Generation:
    """The turn that was asked for before by this name."""
    if (known.app_id, known.user_id) != (app.id, user_id):
        raise InvalidInput("This message could not be told from another. Reload the page, then send it again.")
    return known


def _asked_already(session: Session, app: App, user_id: UUID, text: str, wish: Wish) -> Generation | None:
    """The turn that this person waits for already."""
    follows = wish.follows.id if wish.follows else None
    return session.exec(
        select(Generation).where(
            Generation.app_id == app.id,
            Generation.user_id == user_id,
            col(Generation.status).in_(UNFINISHED),
            Generation.prompt == text,
            Generation.mode == wish.mode,
            Generation.follows_id == follows,
        )
    ).first()


def _follow(generation: Generation, before: Generation, plan: Sequence[str]) -> None:
    """Go on from another turn. What it thought out holds, unless its plan was changed: then it is thought out anew."""
    generation.follows_id = before.id
    if plan:
        generation.plan = {**before.plan, "steps": list(plan)}
    if generation.plan == before.plan or not plan:
        generation.brief = before.brief


def _check_limits(session: Session, app: App, user_id: UUID) -> None:
    waiting = session.exec(
        select(func.count()).where(Generation.app_id == app.id, Generation.status == GenerationStatus.QUEUED)
    ).one()
    if waiting >= MOST_WAITING:
        raise LimitReached(f"{MOST_WAITING} messages already wait for this app. Let some finish, or stop them.")
    recent = session.exec(
        select(func.count()).where(
            Generation.user_id == user_id, Generation.created_at > utc_now() - timedelta(hours=1)
        )
    ).one()
    if recent >= MOST_PER_HOUR:
        raise LimitReached(f"That is {MOST_PER_HOUR} messages within an hour. Please go on a little later.")


def request_stop(session: Session, app: App, generation_id: UUID, *, log: ProgressLog) -> None:
    """End a turn: at once if it waits, within a second if it runs. What is complete is kept. Twice does no harm."""
    generation = session.get(Generation, generation_id, with_for_update=True)
    if generation is None or generation.app_id != app.id:
        raise NotFound("There is no such turn in this app.")
    if generation.status.is_final:
        return
    generation.stop_requested_at = utc_now()
    if generation.status is GenerationStatus.QUEUED:
        generation.status = GenerationStatus.STOPPED
        generation.finished_at = utc_now()
        after_commit(session, lambda: log.write(turn_topic(generation_id), {"k": "done", "status": "stopped"}))
    session.add(generation)
    after_commit(session, lambda: log.raise_flag(turn_topic(generation_id)))
    after_commit(session, lambda: log.ring(app_topic(app.id)))


def stop_all_turns(session: Session, app: App, *, log: ProgressLog) -> None:
    unfinished = select(Generation.id).where(
        Generation.app_id == app.id,
        col(Generation.status).in_([GenerationStatus.RUNNING, GenerationStatus.QUEUED]),
    )
    for generation_id in session.exec(unfinished).all():
        request_stop(session, app, generation_id, log=log)


def unfinished_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps: the status of their unfinished turn, None where there is none."""
    is_unfinished = (Generation.app_id == App.id, col(Generation.status).in_(UNFINISHED))
    return select(sa.func.max(Generation.status)).where(*is_unfinished).scalar_subquery()  # "running" > "queued"


def unfinished_turn(session: Session, app_id: UUID) -> Generation | None:
    """The turn that runs now, else the one that is next."""
    return session.exec(
        select(Generation)
        .where(
            Generation.app_id == app_id,
            col(Generation.status).in_(UNFINISHED),
        )
        .order_by(col(Generation.status).desc(), col(Generation.created_at))  # "running" > "queued"
    ).first()
