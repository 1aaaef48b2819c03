"""Apps that take the sandbox down: their owners read it, and they are paused."""

import json
from pathlib import Path

import pytest
from redis import Redis

from overskill.clients.edge_incidents import incidents
from overskill.clients.edge_store import Store
from overskill.edge.strikes import Strikes
from overskill.errors import Unavailable
from tests.support_edge import unreachable_redis

APP = "overskill-local-production/shop"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.prepare()
    return store


async def test_an_app_that_hung_is_told_to_its_owner(store: Store, redis: Redis) -> None:
    await Strikes(store, redis).report("hung", [APP])
    (incident,) = incidents(redis, "shop")
    assert (incident.environment, incident.reason, incident.paused_until) == ("production", "hung", None)
    assert incidents(redis, "blog") == []


async def test_a_canarys_incidents_are_its_apps(store: Store, redis: Redis) -> None:
    await Strikes(store, redis).report("hung", [f"{APP}--canary"])
    assert [incident.is_canary for incident in incidents(redis, "shop")] == [True]


async def test_an_app_that_hangs_three_times_within_a_minute_is_paused(store: Store, redis: Redis) -> None:
    strikes = Strikes(store, redis)
    for _ in range(2):
        await strikes.report("hung", [APP])
    assert store.route(f"paused/{APP}") is None
    await strikes.report("hung", [APP])
    newest = incidents(redis, "shop")[0]
    assert newest.paused_until is not None
    paused = store.route(f"paused/{APP}")
    assert paused is not None
    assert json.loads(paused)["until"] == newest.paused_until.timestamp()


async def test_an_app_that_was_running_once_when_others_hung_is_not_paused(store: Store, redis: Redis) -> None:
    strikes = Strikes(store, redis)
    other = "overskill-local-production/other"
    for running in ([APP, other], [APP], [APP]):
        await strikes.report("hung", running)
    assert store.route(f"paused/{APP}")
    assert store.route(f"paused/{other}") is None


async def test_without_redis_an_app_is_paused_all_the_same(store: Store) -> None:
    strikes = Strikes(store, unreachable_redis())
    for _ in range(3):
        await strikes.report("hung", [APP])
    assert store.route(f"paused/{APP}")


def test_incidents_that_cannot_be_read_are_an_error() -> None:
    with pytest.raises(Unavailable):
        incidents(unreachable_redis(), "shop")
