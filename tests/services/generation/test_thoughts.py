"""The memory of briefs: which prompts are the same, which are never kept, and how long."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from overskill.clients.breakers import FakeBreakers
from overskill.clients.connections import FakeConnections
from overskill.clients.models import FakeChatModel
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import Thought, utc_now
from overskill.services.apps import own_team
from overskill.services.generation.authors import ModelsOrRecipes
from overskill.services.generation.model_author import ModelAuthor
from overskill.services.generation.thoughts import (
    KeptThoughts,
    NoThoughts,
    forget_expired_thoughts,
    key_of,
    may_be_kept,
    normalized,
)
from tests.factories import make_user


@pytest.mark.parametrize(
    "prompt",
    [
        "A habit tracker",
        "  a habit   tracker!!",
        "Please build me a HABIT tracker, thanks",
        "I'd like a habit tracker.",
    ],
)
def test_courtesy_case_and_marks_make_no_difference(prompt: str) -> None:
    assert normalized(prompt) == "habit tracker"


def test_order_and_small_words_that_mean_something_do() -> None:
    assert normalized("dogs without cats") != normalized("cats without dogs")
    assert normalized("dogs without cats") != normalized("dogs with cats")
    assert normalized("a website for dogs") != normalized("an app for dogs")


def test_other_models_and_other_instructions_think_anew() -> None:
    keys = {key_of("plants", model=model, instructions=told) for model in "ab" for told in "12"}
    assert len(keys) == 4


@pytest.mark.parametrize(
    "prompt", ["for a@b.example", "like www.x.test", "see example.com", "card 4111 1111 1111", "x" * 601]
)
def test_what_may_point_to_somebody_is_not_kept(prompt: str) -> None:
    assert not may_be_kept(prompt)


def test_years_and_small_numbers_are_nobodys() -> None:
    assert may_be_kept("a quiz about 1969 with 20 questions")


def test_a_thought_is_kept_replaced_and_found(services: Container) -> None:  # the database
    thoughts = KeptThoughts()
    assert thoughts.get("k") is None
    thoughts.put("k", "preparation", {"summary": "One."})
    thoughts.put("k", "preparation", {"summary": "Two."})
    assert thoughts.get("k") == {"summary": "Two."}


def test_what_has_expired_is_not_found_and_is_forgotten(services: Container) -> None:  # the database
    past, future = utc_now() - timedelta(seconds=1), utc_now() + timedelta(days=1)
    with transaction() as session:
        session.add(Thought(key="old", kind="preparation", value={}, expires_at=past))
        session.add(Thought(key="young", kind="preparation", value={}, expires_at=future))
    assert KeptThoughts().get("old") is None
    with transaction() as session:
        forget_expired_thoughts(session)
    with transaction() as session:
        assert session.scalars(select(Thought.key)).all() == ["young"]


def test_who_opted_out_leaves_and_finds_nothing() -> None:
    thoughts = NoThoughts()
    thoughts.put("k", "preparation", {})
    assert thoughts.get("k") is None


@pytest.mark.parametrize(("setting", "kind"), [("on", KeptThoughts), ("off", NoThoughts)])
def test_an_instance_may_opt_out(session: Session, setting: str, kind: type) -> None:
    user = make_user(session)
    settings = Settings(AI_BASE_URL="http://localhost:1/v1", AI_MODEL="m", OVERSKILL_REUSE_BRIEFS=setting)
    connections = FakeConnections(models={"m": FakeChatModel([])})
    authors = ModelsOrRecipes(settings, connections, FakeBreakers())
    author = authors.author_for(session, own_team(session, user.id), user.id)
    assert isinstance(author, ModelAuthor)
    assert isinstance(author.thoughts, kind)
