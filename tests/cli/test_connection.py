"""Which servers a command talks to."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from overskill.cli.connection import reached
from overskill.config import settings
from overskill.embedded.instance import Instance, announced
from overskill.embedded.places import Home
from overskill.embedded.process import ProcessIdentity


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERSKILL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OVERSKILL_SECRET_KEY", "x" * 32)  # so that it is put back afterwards
    settings.cache_clear()


def test_a_running_instance_is_used_as_it_is() -> None:
    ourselves = ProcessIdentity.of(os.getpid())
    assert ourselves
    instance = Instance(ourselves, datetime.now(UTC), "postgresql://it", "redis://it", "http://localhost:1", 1, 2, 3)
    Home.of(settings()).create()
    with announced(settings(), instance), reached() as reach:
        assert (reach.database_url, reach.redis_url) == ("postgresql://it", "redis://it")


def test_configured_servers_with_workers_listening_are_used_as_they_are(
    redis: Redis, valkey: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    redis.sadd("rq:workers", "rq:worker:elsewhere")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere")
    monkeypatch.setenv("REDIS_URL", valkey)
    with reached() as reach:
        assert (reach.database_url, reach.redis_url) == ("postgresql://elsewhere", valkey)
    assert not (tmp_path / "home" / "run" / "children.json").exists()


@pytest.mark.slow
def test_without_an_instance_servers_are_started_and_stopped_again(tmp_path: Path) -> None:
    with reached() as reach, Redis.from_url(reach.redis_url) as client:
        assert client.ping()
        assert (tmp_path / "home" / "postgres" / "data" / "postmaster.pid").exists()
    assert not (tmp_path / "home" / "postgres" / "data" / "postmaster.pid").exists()


def test_the_data_folders_own_secret_is_the_secret_of_the_whole_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from overskill.cli.settings import load_settings

    monkeypatch.setenv("OVERSKILL_SECRET_KEY", "")
    settings.cache_clear()
    key = load_settings().secret_key.get_secret_value()
    assert len(key) >= 32
    assert os.environ["OVERSKILL_SECRET_KEY"] == key
    assert settings().secret_key.get_secret_value() == key
