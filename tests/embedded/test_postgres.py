"""Against a real Postgres in a folder of the test's own."""

import importlib.util
import json
import os
import shutil
import signal
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from overskill.embedded import postgres as module
from overskill.embedded import unprivileged
from overskill.embedded.postgres import Postgres
from overskill.embedded.process import ProcessIdentity, wait_until_gone
from overskill.errors import Unavailable

pytestmark = pytest.mark.slow


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def do(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def postmaster(tmp_path: Path) -> ProcessIdentity:
    text = (tmp_path / "postgres" / "data" / "postmaster.pid").read_text()
    identity = ProcessIdentity.of(int(text.split()[0]))
    assert identity
    return identity


def test_it_starts_and_compares_text_beyond_ascii_correctly(own_postgres: Postgres) -> None:
    assert ask(own_postgres.start(), "SELECT lower('ÄÖ') = 'äö' AND 'É' ~* 'é'") is True


def test_it_listens_on_loopback_only_and_wants_its_password(own_postgres: Postgres) -> None:
    url = own_postgres.start()
    assert ask(url, "SHOW listen_addresses") == "127.0.0.1"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url.replace("overskill:", "overskill:wrong"))


def test_port_and_password_are_kept_where_only_the_owner_reads(own_postgres: Postgres, tmp_path: Path) -> None:
    own_postgres.start()
    record = tmp_path / "postgres" / "server.json"
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert stat.S_IMODE(record.parent.stat().st_mode) == 0o700


def test_a_second_start_joins_the_living_server(
    own_postgres: Postgres, next_postgres: Callable[[], Postgres], tmp_path: Path
) -> None:
    url = own_postgres.start()
    first = postmaster(tmp_path)
    assert next_postgres().start() == url
    assert postmaster(tmp_path) == first


def test_a_stop_leaves_no_process_and_keeps_the_data(own_postgres: Postgres, tmp_path: Path) -> None:
    do(own_postgres.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    server = psutil.Process(postmaster(tmp_path).pid)
    family = [server, *server.children(recursive=True)]

    own_postgres.stop()

    assert not [process for process in family if process.is_running()]
    assert ask(own_postgres.start(), "SELECT number FROM kept") == 7


def test_a_server_that_somebody_else_started_is_stopped_too(
    own_postgres: Postgres, next_postgres: Callable[[], Postgres], tmp_path: Path
) -> None:
    own_postgres.start()
    next_postgres().stop()
    assert not own_postgres.is_running()


def test_a_killed_server_recovers_everything_committed(
    own_postgres: Postgres, next_postgres: Callable[[], Postgres], tmp_path: Path
) -> None:
    do(own_postgres.start(), "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    victim = postmaster(tmp_path)
    os.kill(victim.pid, signal.SIGKILL)
    wait_until_gone(victim, 5)

    assert ask(next_postgres().start(), "SELECT count(*) FROM kept") == 1000


def test_it_moves_when_its_port_was_taken_meanwhile(own_postgres: Postgres) -> None:
    url = own_postgres.start()
    port = int(url.rpartition(":")[2].split("/")[0])
    own_postgres.stop()
    with socket.create_server(("127.0.0.1", port)):
        moved = own_postgres.start()
    assert f":{port}/" not in moved
    assert ask(moved, "SELECT 1") == 1


def test_a_pid_file_that_names_a_stranger_is_ignored(
    own_postgres: Postgres, next_postgres: Callable[[], Postgres], tmp_path: Path
) -> None:
    own_postgres.start()
    pid_file = tmp_path / "postgres" / "data" / "postmaster.pid"
    text = pid_file.read_text()
    own_postgres.stop()
    pid_file.write_text(text.replace(text.split()[0], str(os.getpid()), 1))

    assert ask(next_postgres().start(), "SELECT 1") == 1


def test_an_unfinished_creation_is_begun_anew(own_postgres: Postgres, tmp_path: Path) -> None:
    unfinished = tmp_path / "postgres" / "data.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    assert ask(own_postgres.start(), "SELECT 1") == 1
    assert not unfinished.exists()


def test_without_its_password_the_old_cluster_makes_way(
    own_postgres: Postgres, next_postgres: Callable[[], Postgres], tmp_path: Path
) -> None:
    own_postgres.start()
    own_postgres.stop()
    (tmp_path / "postgres" / "server.json").unlink()
    assert ask(next_postgres().start(), "SELECT 1") == 1


def test_a_failure_shows_what_postgres_said_and_what_to_do(
    own_postgres: Postgres, next_postgres: Callable[[], Postgres], tmp_path: Path
) -> None:
    own_postgres.start()
    own_postgres.stop()
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Unavailable, match=r"(?s)version.*DATABASE_URL"):
        next_postgres().start()


def test_a_machine_without_binaries_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(module, "_SYSTEM", Path("/nowhere"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unavailable, match="Set DATABASE_URL"):
        module.find_binaries()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_without_user_namespaces_runs_it_as_nobody(
    next_postgres: Callable[[], Postgres], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = Path("/var/tmp") / f"overskill-nobody-{os.getpid()}"  # noqa: S108 - pytest's own folders are 0700
    monkeypatch.setattr(unprivileged, "PUBLIC_ROOT", public)
    monkeypatch.setattr(unprivileged, "user_namespaces_work", lambda: False)
    server = next_postgres()
    try:
        assert ask(server.start(), "SELECT 1") == 1
        owner = psutil.Process(int(next(public.glob("*/data/postmaster.pid")).read_text().split()[0])).username()
        assert owner == "nobody"
        assert json.loads((tmp_path / "postgres" / "server.json").read_text())["port"]
    finally:
        server.stop()
        shutil.rmtree(public)
