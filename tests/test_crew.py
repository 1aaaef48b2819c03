"""A crew of small members, in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from overskill.embedded.places import PROJECT
from tests.support_waiting import PATIENCE_SECONDS, eventually

pytestmark = pytest.mark.slow

CREW = """
import sys, time
from pathlib import Path
from overskill.crew import Crew

folder = Path(sys.argv[1])

def sleeper():
    (folder / "sleeper").open("a").write("x")
    time.sleep(600)

def failing():
    (folder / "failing").open("a").write("x")
    raise RuntimeError("no")

Crew([sleeper, *([failing] if "failing" in sys.argv else [])]).run()
"""


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", CREW, str(tmp_path), *arguments]
        begun.append(subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL))
        assert eventually(lambda: starts(tmp_path, "sleeper") == 1)
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def members_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return list(psutil.Process(process.pid).children())


def starts(folder: Path, member: str) -> int:
    return len((folder / member).read_text()) if (folder / member).exists() else 0


def test_a_killed_member_is_forked_again(crew: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    (member,) = members_of(crew())
    os.kill(member.pid, signal.SIGKILL)
    assert eventually(lambda: starts(tmp_path, "sleeper") == 2)


def test_a_member_that_fails_does_not_disturb_the_others(
    crew: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    crew("failing")
    assert eventually(lambda: starts(tmp_path, "failing") >= 2)
    assert starts(tmp_path, "sleeper") == 1


def test_a_member_that_fails_again_and_again_ends_the_crew(crew: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = crew("failing")
    assert process.wait(PATIENCE_SECONDS) == 1


def test_a_stop_ends_every_member(crew: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = crew()
    members = members_of(process)
    process.terminate()
    assert process.wait(PATIENCE_SECONDS) == 0
    assert not any(member.is_running() for member in members)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children")
def test_members_end_with_a_crew_that_is_killed(crew: Callable[..., subprocess.Popen[bytes]]) -> None:
    process = crew()
    (member,) = members_of(process)
    process.kill()
    assert eventually(lambda: not member.is_running() or member.status() == psutil.STATUS_ZOMBIE)
