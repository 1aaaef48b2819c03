"""Which models a turn gets, and with whose key."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.clients.breakers import FakeBreakers
from overskill.clients.connections import FakeConnections
from overskill.clients.models import ChatRequest, FakeChatModel, ModelRole, Text, Used
from overskill.config import Settings
from overskill.models import App, ProviderKey, User
from overskill.services.generation.authors import ModelsOrRecipes
from overskill.services.generation.model_author import ModelAuthor
from overskill.services.providers.keys import KeyOwner, checked_connection, save_key
from overskill.services.providers.routes import models_for, stops_beside, stops_for, stops_in
from tests.services.providers.support import OPENAI, Person, choose, instance, person

HELLO = [Text("Hello"), *FakeChatModel.end()]


def stops(session: Session, who: Person, settings: Settings, role: ModelRole = ModelRole.BUILD) -> list[str]:
    """Read by themselves, and beside an app of the team."""
    every = stops_for(session, who.team_id, who.user_id, settings=settings)
    assert stops_in(beside(session, who), settings) == every
    found = every[role]
    return [f"{stop.provider.name}:{stop.model}{' (own)' if stop.provider.is_own_key else ''}" for stop in found]


def beside(session: Session, who: Person) -> Sequence[Any]:
    app = App(
        team_id=who.team_id, creator_id=who.user_id, slug=uuid4().hex, name="", prompt="", preview_key=uuid4().hex
    )
    session.add(app)
    session.flush()
    query = sa.select(*stops_beside()).select_from(sa.join(App, User, sa.true()))
    row = session.execute(query.where(col(App.id) == app.id, col(User.id) == who.user_id)).one()
    session.delete(app)
    return row


def bring_key(
    session: Session, who: Person, name: str = "openai", *, key: str = "sk-own-12345", team: bool = False
) -> None:
    found = checked_connection(name, OPENAI, key, settings=instance(), is_admin=False)
    save_key(session, KeyOwner(who.user_id, who.team_id if team else None), found, settings=instance())


def test_nobody_has_a_model_without_a_key(session: Session) -> None:
    me = person(session)
    assert stops(session, me, instance()) == []
    author = ModelsOrRecipes(instance(), FakeConnections(), FakeBreakers()).author_for(session, me.team_id, me.user_id)
    assert author.kind == "recipe"


def test_one_openrouter_key_gives_everybody_the_recommended_models(session: Session) -> None:
    assert len(stops(session, person(session), instance(OPENROUTER_API_KEY="k"))) == 3


def test_an_own_openrouter_key_is_enough_where_the_instance_has_none(session: Session) -> None:
    me, other = person(session), person(session)
    bring_key(session, me, "openrouter")
    assert [stop.endswith("(own)") for stop in stops(session, me, instance())] == [True] * 3
    assert stops(session, other, instance()) == []


def test_lists_go_over_providers_in_order(session: Session) -> None:
    settings = instance(
        OPENROUTER_API_KEY="k", AI_PROVIDERS="openai=https://api.openai.example/v1|o", AI_MODELS_BUILD="a/b,openai:gpt"
    )
    assert stops(session, person(session), settings) == ["openrouter:a/b", "openai:gpt"]


def test_ones_own_key_wins_over_the_teams_and_that_over_the_instances(session: Session) -> None:
    me = person(session)
    settings = instance(AI_PROVIDERS=f"openai={OPENAI}|instance-key", AI_MODELS_BUILD="openai:gpt")
    for bring, key in ((False, "instance-key"), (True, "sk-team-12345")):
        if bring:
            bring_key(session, me, key=key, team=True)
        (stop,) = stops_for(session, me.team_id, me.user_id, settings=settings)[ModelRole.BUILD]
        assert stop.provider.key == key
    bring_key(session, me, key="sk-mine-12345")
    (stop,) = stops_for(session, me.team_id, me.user_id, settings=settings)[ModelRole.BUILD]
    assert stop.provider.key == "sk-mine-12345"
    assert stop.provider.scope.startswith("key-")


def test_a_key_is_never_sent_to_the_address_of_another(session: Session) -> None:
    """A user who names a provider like one of the instance gets their own key and address, or the instance's both."""
    me = person(session)
    bring_key(session, me, "gpu")
    settings = instance(AI_PROVIDERS="gpu=http://10.0.0.7:8000/v1|instance-key", AI_MODELS_BUILD="gpu:m")
    (stop,) = stops_for(session, me.team_id, me.user_id, settings=settings)[ModelRole.BUILD]
    assert (stop.provider.base_url, stop.provider.key) == (OPENAI, "sk-own-12345")
    assert stop.provider.is_public_only


def test_an_entry_without_a_key_is_passed_over(session: Session) -> None:
    me = person(session)
    choose(session, me, build=["openrouter:a/b", "openai:gpt"])
    bring_key(session, me)
    assert stops(session, me, instance()) == ["openai:gpt (own)"]


def test_a_role_whose_list_leads_nowhere_takes_the_models_that_build(session: Session) -> None:
    me = person(session)
    choose(session, me, build=["openai:gpt"], quick=["openrouter:a/b"])
    bring_key(session, me)
    assert stops(session, me, instance(), ModelRole.QUICK) == ["openai:gpt (own)"]


@pytest.mark.parametrize("secret", ["t" * 40, ""], ids=["another", "none"])
def test_a_key_that_cannot_be_read_is_passed_over(session: Session, secret: str) -> None:
    me = person(session)
    bring_key(session, me, "openrouter")
    assert stops(session, me, instance(OVERSKILL_SECRET_KEY=secret)) == []


@pytest.mark.parametrize(
    ("address", "is_guarded"),
    [
        ("http://127.0.0.1:1234/v1", False),
        ("http://169.254.169.254/v1", True),
        ("https://api.example.com/v1", True),
    ],
)
def test_a_saved_address_is_asked_under_guard_unless_it_is_plainly_private_in_development(
    session: Session, address: str, is_guarded: bool
) -> None:
    me = person(session)
    bring_key(session, me)
    row = session.exec(select(ProviderKey)).one()
    row.base_url = address
    session.flush()
    choose(session, me, build=["openai:gpt"])
    (stop,) = stops_for(session, me.team_id, me.user_id, settings=instance())[ModelRole.BUILD]
    assert stop.provider.is_public_only is is_guarded


def test_what_ones_own_key_pays_for_is_told(session: Session) -> None:
    me = person(session)
    bring_key(session, me)
    choose(session, me, build=["openai:gpt"])
    connections = FakeConnections({"gpt": FakeChatModel([HELLO], name="gpt")})
    models = models_for(
        session, me.team_id, me.user_id, settings=instance(), connections=connections, breakers=FakeBreakers()
    )
    assert models is not None
    pieces = models.of(ModelRole.BUILD).stream(ChatRequest([]), lambda: False)
    assert [piece.is_own_key for piece in pieces if isinstance(piece, Used)] == [True]


def test_models_to_avoid_come_last_whatever_they_call_themselves(session: Session) -> None:
    me = person(session)
    settings = instance(OPENROUTER_API_KEY="k", AI_MODELS_BUILD="~a/latest,c/d")
    first = [Text("Hi"), Used("a/five-20260901", 1, 1), *FakeChatModel.end()[1:]]
    connections = FakeConnections(
        {"~a/latest": FakeChatModel([first], name="~a/latest"), "c/d": FakeChatModel([HELLO], name="c/d")}
    )
    models = models_for(
        session, me.team_id, me.user_id, settings=settings, connections=connections, breakers=FakeBreakers()
    )
    assert models is not None
    list(models.of(ModelRole.BUILD).stream(ChatRequest([]), lambda: False))
    assert models.of(ModelRole.FIX).name == "~a/latest"
    assert models.of(ModelRole.FIX, avoid=("a/five-20260901",)).name == "c/d"
    assert models.of(ModelRole.FIX, avoid=("c/d",)).name == "~a/latest"


def test_a_team_with_models_gets_an_author_that_is_one(session: Session) -> None:
    me = person(session)
    settings = instance(OPENROUTER_API_KEY="k", AI_MODEL="a/b")
    connections = FakeConnections({"a/b": FakeChatModel([], name="a/b")})
    author = ModelsOrRecipes(settings, connections, FakeBreakers()).author_for(session, me.team_id, me.user_id)
    assert isinstance(author, ModelAuthor)
