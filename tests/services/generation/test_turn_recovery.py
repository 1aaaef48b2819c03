"""Turns whose job is delivered twice, whose worker dies, or which another run takes over."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.models import App, Generation, GenerationEvent, GenerationStatus
from overskill.models.base import utc_now
from overskill.services.generation import (
    list_turns,
    run_turn,
    sweep_turns,
)
from overskill.services.generation.claim import MOST_ATTEMPTS
from overskill.services.generation.events import Event, Kind, Turn
from tests.factories import versions_of
from tests.fake_author import FakeAuthor, says, writes
from tests.services.generation.turn_rows import files_of, state_of

Work = Callable[[], int]


def test_a_job_that_is_delivered_twice_runs_once(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued *= 2
    work()
    assert len(author.turns) == 1
    assert state_of(turn.id).version == 1


def die_halfway(turn: Generation, author: FakeAuthor, services: Container) -> None:
    """Run a turn whose worker is killed after its first file."""

    class Killed(BaseException):
        pass

    def dies(asked: Turn) -> Iterator[Event]:
        yield Event(Kind.NAME, text="Streaky")
        yield Event(Kind.PLAN, data={"summary": "A tracker with streaks", "steps": []})
        yield says("Working. ")
        yield from writes("src/First.tsx", "first\n")
        raise Killed

    author.scripts.insert(0, dies)
    with pytest.raises(Killed):
        run(turn, author, services)
    with transaction() as session:  # time passes without a heartbeat
        long_ago = utc_now() - timedelta(minutes=1)
        session.exec(update(Generation).where(col(Generation.id) == turn.id).values(last_progress_at=long_ago))


def run(turn: Generation, author: FakeAuthor, services: Container) -> None:
    run_turn(turn.id, services.workshop)


def sweep(services: Container) -> int:
    with transaction() as session:
        return sweep_turns(session, services.queue)


def test_a_turn_whose_worker_died_goes_on_from_what_was_complete(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    die_halfway(turn, author, services)
    author.scripts = [[says("Going on."), *writes("src/Second.tsx", "second\n")]]
    assert sweep(services) == 1
    work()
    done = state_of(turn.id)
    assert (done.status, done.attempt, done.version) == (GenerationStatus.SUCCEEDED, 2, 1)
    assert author.turns[-1].completed == ("src/First.tsx",)
    assert {"src/First.tsx", "src/Second.tsx"} <= set(files_of(app))
    with transaction() as session:
        assert list_turns(session, app.id)[0].answer == "Working. \n\nGoing on."


def test_a_turn_whose_worker_died_keeps_the_name_and_the_plan(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    die_halfway(ask(), author, services)
    author.scripts = [writes("src/Second.tsx", "second\n")]
    sweep(services)
    work()
    with transaction() as session:
        kept = session.get_one(App, app.id)
        assert kept.name == "Streaky"
        assert versions_of(session, kept)[0].note == "A tracker with streaks"


def test_recipes_start_over_after_a_death_and_nothing_is_doubled(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    author.kind = "recipe"
    turn = ask()
    die_halfway(turn, author, services)
    author.scripts = [[says("Working. "), *writes("src/First.tsx", "first\n")]]
    sweep(services)
    work()
    assert author.turns[-1].completed == ()
    with transaction() as session:
        view = list_turns(session, app.id)[0]
        events = session.exec(select(GenerationEvent).where(GenerationEvent.kind == "close")).all()
    assert view.answer == "Working."
    assert len(events) == 1


def test_a_turn_that_is_alive_is_not_swept(services: Container, ask: Callable[..., Generation]) -> None:
    turn = ask()
    with transaction() as session:
        session.get_one(Generation, turn.id).status = GenerationStatus.RUNNING
    assert sweep(services) == 0


def test_a_turn_that_waits_for_a_worker_is_queued_once_however_often_it_is_swept(
    services: Container, ask: Callable[..., Generation]
) -> None:
    turn = ask()
    for _ in range(3):
        with transaction() as session:
            session.get_one(Generation, turn.id).last_progress_at = utc_now() - timedelta(minutes=1)
        assert sweep(services) == 1
    assert isinstance(services.queue, FakeJobQueue)
    assert [ids for _, ids, _ in services.queue.enqueued] == [(str(turn.id),)]


def test_a_run_that_was_taken_over_stops_writing(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation]
) -> None:
    def overtaken(turn: Turn) -> Iterator[Event]:
        with transaction() as session:
            session.get_one(Generation, generation.id).attempt += 1
        yield from writes("src/App.tsx", "too late\n")

    author.scripts = [overtaken]
    generation = ask()
    run(generation, author, services)
    assert state_of(generation.id).status is GenerationStatus.RUNNING
    assert files_of(app)["src/App.tsx"] != "too late\n"


def test_a_turn_that_keeps_dying_is_given_up(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    for _ in range(MOST_ATTEMPTS):
        die_halfway(turn, author, services)
        sweep(services)
    work()
    assert state_of(turn.id).status is GenerationStatus.FAILED
    assert "interrupted" in state_of(turn.id).error


def test_what_waits_behind_a_turn_that_was_given_up_goes_on(
    services: Container, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask("first")
    for _ in range(MOST_ATTEMPTS):
        die_halfway(turn, author, services)
        sweep(services)
    second = ask("second")
    work()
    assert state_of(turn.id).status is GenerationStatus.FAILED
    assert state_of(second.id).status is GenerationStatus.SUCCEEDED
