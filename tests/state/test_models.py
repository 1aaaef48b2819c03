"""The page about models: lists, keys, and what a stranger may not do."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.local_servers import FakeLocalServers, LocalModel, LocalServer
from overskill.clients.model_memory import ModelFacts
from overskill.clients.providers import FakeModelLists
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import InvalidInput, NotAllowed, NotFound, SignInRequired
from overskill.models import Membership, ProviderKey, Role, Team
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.apps import own_team
from overskill.state.model_rows import ModelRow, RoleRow
from overskill.state.models import ModelsState
from tests.conftest import Tab
from tests.factories import make_user

SERVER = "http://10.0.0.7:8000/v1"
OPENROUTER = "https://openrouter.ai/api/v1"
KEY = "sk-or-abcdefgh1234"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        OVERSKILL_HOME=tmp_path,
        OVERSKILL_SECRET_KEY="s" * 40,
        AI_PROVIDERS=f"gpu={SERVER}|instance-key",
        AI_MODELS_BUILD="gpu:qwen,gpu:gone",
    )


@pytest.fixture
def lists(services: Container) -> FakeModelLists:
    found = services.models.lists
    assert isinstance(found, FakeModelLists)
    found.by_address[SERVER] = {"qwen": ModelFacts(price_in=6e-7, price_out=2.5e-6, context_tokens=128_000)}
    return found


def join(tab: Tab, *, is_admin: bool = False, role: Role = Role.OWNER) -> None:
    with db.transaction() as session:
        user = make_user(session, is_admin=is_admin)
        membership = session.exec(select(Membership).where(Membership.user_id == user.id)).one()
        membership.role = role
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


def row_of(tab: Tab, role: str = "build") -> RoleRow:
    rows: list[RoleRow] = tab.seen("roles")[-1]
    return next(row for row in rows if row.role == role)


def models(tab: Tab, role: str = "build") -> list[str]:
    return [model.key for model in row_of(tab, role).models]


def model(tab: Tab, key: str) -> ModelRow:
    return next(found for found in row_of(tab).models if found.key == key)


async def open_page(tab: Tab, **who: Any) -> None:
    join(tab, **who)
    await tab.do(ModelsState.load)


async def test_the_page_shows_each_list_with_price_context_and_what_is_wrong(tab: Tab, lists: FakeModelLists) -> None:
    await open_page(tab)
    fine, gone = row_of(tab).models
    assert (fine.state, fine.price, fine.context) == ("ok", "$0.60 in, $2.50 out", "128k")
    assert (gone.state, gone.detail) == ("not_listed", "gpu lists no model called gone.")
    assert row_of(tab).source == "From the settings"
    assert tab.seen("writer")[-1] == "qwen at gpu"


async def test_a_failing_model_is_shown_with_the_reason_to_admins_alone(
    tab: Tab, services: Container, lists: FakeModelLists
) -> None:
    services.models.breakers.failed("gpu/qwen", "No credit at 10.0.0.7.", at_once=True)
    await open_page(tab)
    assert model(tab, "gpu:qwen").state == "failing"
    assert "credit" not in model(tab, "gpu:qwen").detail
    await open_page(tab, is_admin=True)
    assert model(tab, "gpu:qwen").detail.startswith("No credit at 10.0.0.7. It is tried again in ")


async def test_a_provider_that_does_not_answer_is_said(tab: Tab) -> None:
    await open_page(tab)
    assert model(tab, "gpu:qwen").state == "unreachable"


async def test_a_list_is_reordered_added_to_and_removed_from(tab: Tab, lists: FakeModelLists) -> None:
    await open_page(tab)
    await tab.do(ModelsState.move, role="build", key="gpu:qwen", direction="down")
    assert models(tab) == ["gpu:gone", "gpu:qwen"]
    await tab.do(ModelsState.add_model, form={"role": "build", "provider": "gpu", "model": " llama "})
    assert models(tab) == ["gpu:gone", "gpu:qwen", "gpu:llama"]
    await tab.do(ModelsState.remove, role="build", key="gpu:gone")
    assert models(tab) == ["gpu:qwen", "gpu:llama"]
    assert row_of(tab).is_teams
    assert models(tab, "fix") == models(tab)
    await tab.do(ModelsState.use_usual, role="build")
    assert models(tab) == ["gpu:qwen", "gpu:gone"]


@pytest.mark.parametrize(
    ("name", "words"), [("qwen", "already"), ("", "as its provider lists it"), ("two words", "as its provider")]
)
async def test_a_model_that_cannot_be_added_is_refused_beside_its_field(
    tab: Tab, lists: FakeModelLists, name: str, words: str
) -> None:
    await open_page(tab)
    await tab.do(ModelsState.add_model, form={"role": "build", "provider": "gpu", "model": name})
    assert tab.seen("refused")[-1] == "build.model"
    assert words in tab.seen("refusal")[-1]


async def test_who_may_not_change_the_team_sees_its_lists_alone(tab: Tab, lists: FakeModelLists) -> None:
    await open_page(tab, role=Role.EDITOR)
    assert tab.seen("may_change") == []
    with pytest.raises(NotAllowed):
        await tab.do(ModelsState.move, role="build", key="gpu:qwen", direction="down")
    with pytest.raises(NotAllowed):
        await tab.do(ModelsState.use_usual, role="build")
    with db.transaction() as session:
        assert session.exec(select(Team.models)).all() == [{}]


async def test_another_team_is_not_shown_to_a_stranger(tab: Tab) -> None:
    with db.transaction() as session:
        theirs = own_team(session, make_user(session).id)
    await open_page(tab)
    await tab.do(ModelsState.show_team, team_id=str(theirs))
    assert str(theirs) not in tab.seen("team_id")


async def test_a_key_is_tried_and_kept_and_its_models_can_be_added(tab: Tab, lists: FakeModelLists) -> None:
    lists.by_address[OPENROUTER] = {"a/b": ModelFacts()}
    await open_page(tab)
    await tab.do(ModelsState.add_key, form={"provider": "openrouter", "key": KEY, "owner": "me"})
    (row,) = tab.seen("keys")[-1]
    assert (row.provider, row.hint, row.is_of_team) == ("openrouter", "1234", False)
    assert tab.seen("providers")[-1] == ["gpu", "openrouter"]
    assert tab.seen("is_trying") == [True, False]
    assert KEY not in str(tab.deltas)
    assert KEY in {provider.key for provider in lists.asked}


async def test_a_teams_key_is_the_teams(tab: Tab, lists: FakeModelLists) -> None:
    lists.by_address[OPENROUTER] = {"a/b": ModelFacts()}
    await open_page(tab)
    await tab.do(ModelsState.add_key, form={"provider": "openrouter", "key": KEY, "owner": "team"})
    assert tab.seen("keys")[-1][0].is_of_team


@pytest.mark.parametrize(
    ("form", "place", "words"),
    [
        ({"provider": "openrouter", "key": "x"}, "key.key", "whole key"),
        ({"provider": "openrouter", "key": KEY}, "key.base_url", "Nothing answers"),
        ({"provider": "other", "name": "ok", "base_url": "http://127.0.0.1/v1", "key": KEY}, "key.base_url", "private"),
        ({"provider": "other", "name": "", "base_url": OPENROUTER, "key": KEY}, "key.provider", "short name"),
        ({}, "key.provider", "short name"),
    ],
)
async def test_a_key_that_does_not_work_is_refused_beside_its_field_and_not_kept(
    tab: Tab, form: dict[str, str], place: str, words: str
) -> None:
    await open_page(tab)
    await tab.do(ModelsState.add_key, form=form)
    assert tab.seen("refused")[-1] == place
    assert words in tab.seen("refusal")[-1]
    assert tab.seen("is_trying")[-1] is False
    with db.transaction() as session:
        assert session.exec(select(ProviderKey)).all() == []


async def test_a_key_is_tried_again_and_removed(tab: Tab, lists: FakeModelLists) -> None:
    lists.by_address[OPENROUTER] = {"a/b": ModelFacts()}
    await open_page(tab)
    await tab.do(ModelsState.add_key, form={"provider": "openrouter", "key": KEY})
    key_id = tab.seen("keys")[-1][0].id
    await tab.do(ModelsState.try_key, key_id=key_id)
    assert "The key works: openrouter lists 1 model." in str(tab.events)
    await tab.do(ModelsState.remove_key, key_id=key_id)
    assert tab.seen("keys")[-1] == []


@pytest.mark.parametrize("key_id", ["6f1d7f0e-3c1b-4c1e-9a0a-3f1d7f0e3c1b", "nonsense"])
async def test_a_key_of_nobody_is_not_there(tab: Tab, key_id: str) -> None:
    await open_page(tab)
    for handler in (ModelsState.try_key, ModelsState.remove_key):
        with pytest.raises(NotFound):
            await tab.do(handler, key_id=key_id)


@pytest.mark.parametrize(
    ("handler", "facts"),
    [
        (ModelsState.use_usual, {"role": "king"}),
        (ModelsState.move, {"role": "build", "key": "gpu:qwen", "direction": "sideways"}),
        (ModelsState.add_model, {"form": {"role": "build", "provider": "nobody", "model": "x"}}),
    ],
)
async def test_what_no_page_sends_is_refused(tab: Tab, handler: Any, facts: dict[str, Any]) -> None:
    await open_page(tab)
    with pytest.raises((NotFound, InvalidInput)):
        await tab.do(handler, **facts)


async def test_an_admin_finds_the_servers_of_the_machine(tab: Tab, services: Container) -> None:
    local = services.models.local
    assert isinstance(local, FakeLocalServers)
    local.servers = [LocalServer("ollama", "http://127.0.0.1:11434", (LocalModel("qwen3", 4096, 40_960, tools=True),))]
    await open_page(tab, is_admin=True)
    await tab.do(ModelsState.search)
    (server,) = tab.seen("servers")[-1]
    assert server.snippet == "AI_BASE_URL=http://127.0.0.1:11434/v1\nAI_MODEL=qwen3"
    assert server.models[0].facts == "4,096 tokens · calls tools"
    assert "OLLAMA_CONTEXT_LENGTH" in server.models[0].warning
    assert tab.seen("is_searching") == [True, False]


async def test_nobody_else_may_look_for_them(tab: Tab, services: Container) -> None:
    await open_page(tab)
    with pytest.raises(NotAllowed):
        await tab.do(ModelsState.search)
    assert services.models.local.times_asked == 0  # type: ignore[attr-defined]


async def test_a_stranger_sees_nothing(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(ModelsState.load)
    assert tab.seen("roles") == []
