"""What programs ask of licence keys, and who may replace them."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import License, LicenseKind, User
from overskill.services.market.license_keys import make_key
from overskill.services.market.licenses import revoke, show_key
from tests.factories import make_user
from tests.market_rows import make_license, make_listing, make_offer, make_purchase
from tests.routes.conftest import sign_in

NOBODYS = "OVSK-EAWE-FX6C-2FZ3-WEWB"


@pytest.fixture
def settings() -> Settings:
    return Settings(OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def holder(database: str) -> User:
    with transaction() as session:
        return make_user(session)


@pytest.fixture
def license_(holder: User) -> License:
    with transaction() as session:
        offer = make_offer(session, make_listing(session), license=LicenseKind.COPY, amount=900)
        return make_license(session, holder, make_purchase(session, holder, offer)[1])


@pytest.fixture
def key(services: Container, holder: User, license_: License) -> str:
    with transaction() as session:
        return show_key(session, holder.id, license_.id, settings=services.settings)


def set_limits(license_: License, **limits: int) -> None:
    with transaction() as session:
        session.get_one(License, license_.id).sqlmodel_update(limits)


async def ask(client: httpx.AsyncClient, what: str, **body: Any) -> httpx.Response:
    return await client.post(f"/api/licenses/{what}", json=body)


async def test_a_good_key_is_valid_however_it_is_typed(client: httpx.AsyncClient, key: str) -> None:
    answer = await ask(client, "validate", key=key.lower())
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    facts = answer.json()
    assert (facts["valid"], facts["status"], facts["kind"], facts["reason"]) == (True, "active", "copy", "")


@pytest.mark.parametrize("typed", [NOBODYS, "nonsense", "OVSK", "' or 1=1 --", "é" * 200])
async def test_what_nobody_has_and_what_is_no_key_are_answered_alike(client: httpx.AsyncClient, typed: str) -> None:
    for what, more in (("validate", {}), ("activate", {"label": "x"}), ("deactivate", {"activation_id": str(uuid4())})):
        answer = await ask(client, what, key=typed, **more)
        assert answer.status_code == 404
        assert answer.json() == {"error": "There is no such licence key. Check that it was copied whole."}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"key": ""},
        {"key": "x" * 201},
        {"key": 7},
        {"key": "a\x00b"},
        {"key": "x", "more": 1},
        {"key": "x", "increment_usage": -1},
        {"key": "x", "increment_usage": 10**9},
        {"key": "x", "activation_id": "../x"},
        {"key": "x", "conditions": {"a": {"b": {}}}},
        {"key": "x", "conditions": {str(n): n for n in range(31)}},
        [],
    ],
)
async def test_what_can_t_be_read_is_refused(client: httpx.AsyncClient, body: object) -> None:
    assert (await client.post("/api/licenses/validate", json=body)).status_code == 422


async def test_more_than_a_licence_needs_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/licenses/validate", content=b"x" * 9000)).status_code == 429


async def test_keys_can_t_be_guessed_at_will(client: httpx.AsyncClient) -> None:
    answers = [(await ask(client, "validate", key=make_key())).status_code for _ in range(125)]
    assert answers[0] == 404
    assert answers[-1] == 429


async def test_a_licence_that_was_taken_back_is_not_valid(
    client: httpx.AsyncClient, license_: License, key: str
) -> None:
    with transaction() as session:
        revoke(session, license_, "Refunded")
    facts = (await ask(client, "validate", key=key)).json()
    assert (facts["valid"], facts["reason"]) == (False, "revoked")
    assert (await ask(client, "activate", key=key, label="x")).status_code == 409


async def test_an_activation_holds_where_its_conditions_are_met(client: httpx.AsyncClient, key: str) -> None:
    made = (await ask(client, "activate", key=key, label="Laptop", conditions={"host": "a"})).json()
    here = await ask(client, "validate", key=key, activation_id=made["id"], conditions={"host": "a"})
    there = await ask(client, "validate", key=key, activation_id=made["id"], conditions={"host": "b"})
    assert (here.json()["valid"], here.json()["activation"]["label"]) == (True, "Laptop")
    assert (there.json()["valid"], there.json()["reason"]) == (False, "conditions")


async def test_only_so_many_places_at_a_time(client: httpx.AsyncClient, license_: License, key: str) -> None:
    set_limits(license_, most_activations=1)
    first = (await ask(client, "activate", key=key, label="one")).json()
    assert (await ask(client, "activate", key=key, label="two")).status_code == 429
    assert (await ask(client, "deactivate", key=key, activation_id=first["id"])).status_code == 204
    assert (await ask(client, "deactivate", key=key, activation_id=first["id"])).status_code == 404
    assert (await ask(client, "activate", key=key, label="two")).status_code == 201


async def test_another_licence_s_activation_is_none_of_this_one_s(
    client: httpx.AsyncClient, services: Container, holder: User, key: str
) -> None:
    with transaction() as session:
        item = make_purchase(session, holder, make_offer(session, make_listing(session), amount=1))[1]
        other = show_key(session, holder.id, make_license(session, holder, item).id, settings=services.settings)
    theirs = (await ask(client, "activate", key=other, label="x")).json()["id"]
    assert (await ask(client, "validate", key=key, activation_id=theirs)).json()["reason"] == "not_activated"
    assert (await ask(client, "deactivate", key=key, activation_id=theirs)).status_code == 404


async def test_use_is_counted_only_as_far_as_it_is_allowed(
    client: httpx.AsyncClient, license_: License, key: str
) -> None:
    set_limits(license_, most_usage=10)
    assert (await ask(client, "validate", key=key, increment_usage=7)).json()["usage"] == 7
    over = (await ask(client, "validate", key=key, increment_usage=7)).json()
    assert (over["valid"], over["reason"], over["usage"]) == (False, "usage", 7)


async def test_a_holder_replaces_a_key_and_ends_one(
    client: httpx.AsyncClient, holder: User, license_: License, key: str
) -> None:
    with transaction() as session:
        sign_in(client, session, holder)
    replaced = (await ask(client, f"{license_.id}/rotate")).json()["key"]
    assert (await ask(client, "validate", key=key)).status_code == 404
    assert (await ask(client, "validate", key=replaced)).json()["valid"]
    assert (await ask(client, f"{license_.id}/revoke-key")).status_code == 204
    assert (await ask(client, "validate", key=replaced)).status_code == 404


async def test_nobody_else_replaces_a_key(client: httpx.AsyncClient, license_: License, key: str) -> None:
    for what in ("rotate", "revoke-key"):
        assert (await ask(client, f"{license_.id}/{what}")).status_code == 401
    with transaction() as session:
        sign_in(client, session, make_user(session))
    for what in ("rotate", "revoke-key"):
        assert (await ask(client, f"{license_.id}/{what}")).status_code == 404
    assert (await ask(client, "validate", key=key)).json()["valid"]
