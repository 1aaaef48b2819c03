"""Bringing up and taking down, with real servers and no parts."""

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import psycopg
import pytest
from pydantic import SecretStr
from redis import Redis

from overskill.config import Settings
from overskill.embedded.instance import Instance
from overskill.embedded.machine import machine
from overskill.embedded.parts import EVERYTHING, Role, parts_of, ports_of
from overskill.embedded.steps import Steps
from overskill.embedded.stopping import Interrupted, StopRequest
from overskill.errors import Conflict, OverskillError


def bring_up(
    settings: Settings, *roles: Role, purpose: str = "This test", stop: StopRequest | None = None
) -> AbstractContextManager[Instance]:
    return machine(settings, roles, purpose=purpose, steps=Steps(lambda _: None), stop=stop or StopRequest())


def with_servers(settings: Settings, database_url: str, redis_url: str) -> Settings:
    return settings.model_copy(
        update={"database_url": SecretStr(database_url), "redis_url": SecretStr(redis_url)},
    )


def answers(instance: Instance) -> bool:
    with psycopg.connect(instance.database_url) as connection, Redis.from_url(instance.redis_url) as client:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'apps'").fetchone()
        return tables == (1,) and bool(client.ping())


def processes_of(home: Path) -> Iterator[str]:
    for process in psutil.process_iter(["cmdline"]):
        command = " ".join(process.info["cmdline"] or [])
        if str(home) in command:
            yield command


@pytest.mark.slow
def test_it_brings_up_migrated_servers_and_leaves_none_behind(settings: Settings) -> None:
    with bring_up(settings) as instance:
        assert answers(instance)
        assert list(processes_of(settings.home))
    assert not list(processes_of(settings.home))


@pytest.mark.slow
def test_a_second_start_on_one_data_folder_is_refused_and_harms_nothing(settings: Settings) -> None:
    with bring_up(settings, purpose="The first start") as instance:
        with pytest.raises(Conflict, match="The first start is already using"), bring_up(settings):
            pytest.fail("both run")
        assert answers(instance)


@pytest.mark.slow
def test_what_was_stored_is_there_at_the_next_start(settings: Settings) -> None:
    with bring_up(settings) as instance, Redis.from_url(instance.redis_url) as client:
        client.set("kept", "yes")
    with bring_up(settings) as instance, Redis.from_url(instance.redis_url, decode_responses=True) as client:
        assert client.get("kept") == "yes"


@pytest.mark.slow
def test_a_request_to_stop_ends_the_start_and_leaves_nothing(settings: Settings) -> None:
    stop = StopRequest()
    stop.is_made = True
    with pytest.raises(Interrupted), bring_up(settings, stop=stop):
        pytest.fail("it came up")
    assert not list(processes_of(settings.home))


@pytest.mark.slow
def test_configured_servers_are_used_instead_of_our_own(settings: Settings, database: str, valkey: str) -> None:
    configured = with_servers(settings, database, valkey)
    with bring_up(configured) as instance:
        assert (instance.database_url, instance.redis_url) == (database, valkey)
        assert not (settings.home / "postgres").exists()


@pytest.mark.parametrize(
    ("role", "setting"),
    [
        (Role.WEB, "OVERSKILL_WEB_PORT"),
        (Role.BUNDLER, "OVERSKILL_PREVIEW_PORT"),
        (Role.EDGE, "OVERSKILL_EDGE_PORT"),
    ],
)
def test_a_taken_port_is_named_with_its_setting_and_owner(settings: Settings, role: Role, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        changed = Settings(OVERSKILL_HOME=settings.home, **{setting: port})  # type: ignore[call-arg]
        with pytest.raises(Conflict, match=rf"Port {port} \({setting}\) is taken by .*\(process \d+\)"):
            bring_up(changed, role).__enter__()


def test_ports_of_parts_that_are_not_started_do_not_matter(settings: Settings) -> None:
    assert set(ports_of(settings, {Role.BUNDLER, Role.ONE_WORKER})) == {"OVERSKILL_PREVIEW_PORT"}


def test_the_whole_product_is_four_parts(settings: Settings) -> None:
    parts = parts_of(settings, EVERYTHING, "redis://127.0.0.1:1/0")
    assert [part.name for part in parts] == ["bundler", "edge", "web", "workers"]


def test_each_worker_of_the_settings_is_a_member_of_the_crew(settings: Settings) -> None:
    (crew,) = parts_of(settings.model_copy(update={"generate_workers": 3}), {Role.WORKERS}, "redis://127.0.0.1:1/0")
    assert crew.command[-11:] == [
        "--with-schedule",
        *["--queues", "generate"] * 3,
        *["--queues", "deploy"],
        *["--queues", "default,low"],
    ]


@pytest.mark.parametrize(
    ("database", "redis", "setting"),
    [("postgresql://x@127.0.0.1:1/x", "", "DATABASE_URL"), ("", "redis://127.0.0.1:1/0", "REDIS_URL")],
)
def test_a_configured_server_that_does_not_answer_is_named(
    settings: Settings, database: str, redis: str, setting: str
) -> None:
    configured = with_servers(settings, database, redis)
    with pytest.raises(OverskillError, match=f"{setting}.* does not answer"), bring_up(configured):
        pytest.fail("it came up")
