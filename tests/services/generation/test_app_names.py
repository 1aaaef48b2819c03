"""Names and pictures that come after the first version: who gets one, and what is never overwritten."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from overskill.clients.models import Cause, FakeChatModel, ModelFailed, Models, OneModel, Text
from overskill.container import Container
from overskill.db import transaction
from overskill.models import App, Generation, GenerationEvent, GenerationStatus
from overskill.services.apps import rename_app
from overskill.services.apps.marks import mark_svg
from overskill.services.apps.naming import logo_svg, name_from_prompt
from overskill.services.generation.app_names import name_app, request_name

Ask = Callable[..., Generation]


def answering(*answers: object) -> FakeChatModel:
    return FakeChatModel([[Text(json.dumps(answer)), *FakeChatModel.end(tokens_in=9)] for answer in answers])


@pytest.fixture
def turn(ask: Ask, app: App) -> Generation:
    """A first turn of an app that nobody has named yet."""
    asked = ask()
    with transaction() as session:
        kept = session.get_one(App, app.id)
        kept.name = name_from_prompt(kept.prompt)
        kept.logo = logo_svg(kept.name, kept.accent)
        done = session.get_one(Generation, asked.id)
        done.author, done.version, done.status = "model", 1, GenerationStatus.SUCCEEDED
        session.add_all([kept, done])
    return done


def named(services: Container, turn: Generation, model: FakeChatModel) -> App:
    def find_models(session: Session, team_id: UUID, user_id: UUID) -> Models:  # the callback's
        return OneModel(model)

    name_app(turn.id, find_models=find_models, log=services.progress)
    with transaction() as session:
        return session.get_one(App, turn.app_id)


def test_an_app_gets_a_name_and_a_picture(services: Container, turn: Generation) -> None:
    app = named(services, turn, answering({"name": " “Fernweh.” ", "mark": "leaf"}))
    assert (app.name, app.logo) == ("Fernweh", mark_svg("leaf", app.accent))


def test_what_it_used_is_on_the_turn_and_charged_to_nobody(services: Container, turn: Generation) -> None:
    named(services, turn, answering({"name": "Fernweh", "mark": "leaf"}))
    with transaction() as session:
        row = session.get_one(Generation, turn.id)
    assert row.usage["quick"]["tokens_in"] == 9
    assert row.charged == 0


def test_a_second_run_asks_nobody(services: Container, turn: Generation) -> None:
    model = answering({"name": "Fernweh", "mark": "leaf"})
    first = named(services, turn, model)
    second = named(services, turn, model)
    assert len(model.requests) == 1
    assert (second.name, second.logo) == (first.name, first.logo)


def test_a_name_that_somebody_gave_stays_and_gets_a_picture(services: Container, turn: Generation) -> None:
    with transaction() as session:
        rename_app(session, session.get_one(App, turn.app_id), "Leafy")
    model = answering({"name": "Fernweh", "mark": "leaf"})
    app = named(services, turn, model)
    assert (app.name, app.logo) == ("Leafy", mark_svg("leaf", app.accent))
    assert "“Leafy”" in str(model.requests[0].messages[-1]["content"])


def test_a_name_that_somebody_gives_meanwhile_stays(services: Container, turn: Generation) -> None:
    class Slow(FakeChatModel):
        def stream(self, *asked: Any) -> Any:
            with transaction() as session:
                rename_app(session, session.get_one(App, turn.app_id), "Leafy")
            return super().stream(*asked)

    assert named(services, turn, Slow(answering({"name": "Fernweh", "mark": "leaf"}).script)).name == "Leafy"


def test_the_name_that_the_turn_itself_gave_stays(services: Container, turn: Generation) -> None:
    with transaction() as session:
        working_name = session.get_one(App, turn.app_id).name
        session.add(GenerationEvent(generation_id=turn.id, seq=1, kind="name", data={"text": working_name}))
    assert named(services, turn, answering({"name": "Fernweh", "mark": "leaf"})).name == working_name


@pytest.mark.parametrize(
    "answer",
    [
        "no",
        {"name": 5, "mark": {"svg": "<script>"}},
        {"name": "<svg onload=alert(1)>" * 9, "mark": "../../etc/passwd"},
        {"name": "<b>Hi</b>", "mark": "none"},
        {"name": "???", "mark": "none"},
        {"name": "A name of far too many words", "mark": ""},
    ],
)
def test_an_answer_of_no_use_changes_nothing(services: Container, turn: Generation, answer: object) -> None:
    app = named(services, turn, answering(answer))
    assert app.name == name_from_prompt(app.prompt)
    assert app.logo == logo_svg(app.name, app.accent)


def test_a_model_that_fails_changes_nothing(services: Container, turn: Generation) -> None:
    failing = FakeChatModel([[ModelFailed("It is down.", cause=Cause.UNREACHABLE, retryable=False)]])
    app = named(services, turn, failing)
    assert app.name == name_from_prompt(app.prompt)


def test_without_a_model_nothing_happens(services: Container, turn: Generation) -> None:
    name_app(turn.id, find_models=lambda *_: None, log=services.progress)


@pytest.mark.parametrize(
    ("change", "is_asked_for"),
    [({}, True), ({"author": "recipe"}, False), ({"version": 2}, False), ({"status": GenerationStatus.FAILED}, False)],
)
def test_only_a_first_version_of_a_model_is_named(
    services: Container, turn: Generation, change: dict[str, object], is_asked_for: bool
) -> None:
    for name, value in change.items():
        setattr(turn, name, value)
    with transaction() as session:
        request_name(session, turn, services.queue)
    expected = ("overskill.jobs.naming.name_app", (str(turn.id),), "low")
    assert (expected in services.queue.enqueued) is is_asked_for  # type: ignore[attr-defined]  # a FakeJobQueue


def test_the_job_names_the_app(services: Container, turn: Generation, work: Callable[[], int]) -> None:
    """There is no model here, so it ends without one; that it finds its way is what counts."""
    with transaction() as session:
        request_name(session, turn, services.queue)
    assert work() >= 1
