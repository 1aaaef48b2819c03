"""Against a real Valkey in a folder of the test's own."""

import os
import signal
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from redis import AuthenticationError, Redis

from overskill.embedded.process import ProcessIdentity, wait_until_gone
from overskill.embedded.valkey import Valkey


def server_process(tmp_path: Path) -> ProcessIdentity:
    identity = ProcessIdentity.of(int((tmp_path / "valkey" / "valkey.pid").read_text()))
    assert identity
    return identity


def test_it_starts_and_wants_its_password(own_valkey: Valkey) -> None:
    url = own_valkey.start()
    with Redis.from_url(url) as client:
        assert client.ping()
    with Redis.from_url(url.replace("redis://:", "redis://:wrong")) as stranger, pytest.raises(AuthenticationError):
        stranger.ping()


def test_the_password_is_in_private_files_and_on_no_command_line(own_valkey: Valkey, tmp_path: Path) -> None:
    url = own_valkey.start()
    password = url.split(":")[2].split("@")[0]
    assert password not in " ".join(psutil.Process(server_process(tmp_path).pid).cmdline())
    for name in ("server.json", "valkey.conf"):
        assert stat.S_IMODE((tmp_path / "valkey" / name).stat().st_mode) == 0o600


def test_a_second_start_joins_the_living_server(
    own_valkey: Valkey, next_valkey: Callable[[], Valkey], tmp_path: Path
) -> None:
    url = own_valkey.start()
    first = server_process(tmp_path)
    assert next_valkey().start() == url
    assert server_process(tmp_path) == first


def test_a_stop_leaves_no_process_and_keeps_the_data(
    own_valkey: Valkey, next_valkey: Callable[[], Valkey], tmp_path: Path
) -> None:
    with Redis.from_url(own_valkey.start(), decode_responses=True) as client:
        client.set("kept", "yes")
    process = server_process(tmp_path)

    next_valkey().stop()

    assert not process.is_alive()
    with Redis.from_url(next_valkey().start(), decode_responses=True) as client:
        assert client.get("kept") == "yes"


def test_a_killed_server_is_started_again(
    own_valkey: Valkey, next_valkey: Callable[[], Valkey], tmp_path: Path
) -> None:
    own_valkey.start()
    victim = server_process(tmp_path)
    os.kill(victim.pid, signal.SIGKILL)
    wait_until_gone(victim, 5)
    with Redis.from_url(next_valkey().start()) as client:
        assert client.ping()


def test_it_moves_when_its_port_was_taken_meanwhile(own_valkey: Valkey) -> None:
    url = own_valkey.start()
    port = int(url.rpartition(":")[2].split("/")[0])
    own_valkey.stop()
    with socket.create_server(("127.0.0.1", port)):
        moved = own_valkey.start()
    assert f":{port}/" not in moved
