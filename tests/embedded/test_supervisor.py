"""With small shell scripts in place of the product's parts."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from overskill.embedded import supervisor as module
from overskill.embedded.child import Child, Part
from overskill.embedded.places import PROJECT, Home
from overskill.embedded.process import ProcessIdentity
from overskill.embedded.stopping import Interrupted
from overskill.embedded.supervisor import Supervisor, end_leftovers
from overskill.errors import Unavailable
from tests.support_waiting import PATIENCE_SECONDS, eventually

WAIT_FOR_EVER = "while :; do sleep 0.05; done"


def script(name: str, text: str, *, stage: int = 0, is_ready: Callable[[int], bool] = lambda _: True) -> Part:
    return Part(name, ["/bin/sh", "-c", text], stage, is_ready)


def is_gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervise(home: Home, said: list[str]) -> Iterator[Callable[..., Supervisor]]:
    begun: list[Supervisor] = []

    def begin(*parts: Part) -> Supervisor:
        environment = os.environ | {"HERE": str(home.root)}
        begun.append(Supervisor(parts, home=home, environment=environment, echo=said.append))
        begun[-1].start()
        return begun[-1]

    yield begin
    for supervisor in begun:
        supervisor.stop()


def written_pid(home: Home, name: str) -> int:
    return int(json.loads(home.children.read_text())[name]["pid"])


def test_what_a_part_prints_is_in_its_log(supervise: Callable[..., Supervisor], home: Home) -> None:
    supervise(script("talker", f"echo hello; {WAIT_FOR_EVER}"))
    assert eventually(lambda: home.log("talker").exists() and "hello" in home.log("talker").read_text())


def test_errors_are_also_shown_to_whoever_watches(supervise: Callable[..., Supervisor], said: list[str]) -> None:
    supervise(script("talker", f"echo fine; echo 'ValueError: no such thing'; {WAIT_FOR_EVER}"))
    assert eventually(lambda: bool(said))
    assert said == ["talker: ValueError: no such thing"]


def test_the_same_error_is_shown_once_in_a_while(supervise: Callable[..., Supervisor], said: list[str]) -> None:
    supervise(script("talker", f"for n in 1 2 3; do echo ERROR $n; done; echo ERROR end; {WAIT_FOR_EVER}"))
    assert eventually(lambda: "talker: ERROR end" in said)
    assert said == ["talker: ERROR 1", "talker: ERROR end"]


def test_a_dead_part_is_started_again(supervise: Callable[..., Supervisor], home: Home) -> None:
    supervise(script("part", WAIT_FOR_EVER))
    first = written_pid(home, "part")
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: written_pid(home, "part") != first)


def test_each_death_makes_the_pause_longer(home: Home) -> None:
    child = Child(script("part", f"echo >> {home.root}/starts; exit 1"), log=home.log("part"), environment={})
    child.start()
    pauses: list[float] = []
    last = time.monotonic()
    while len(pauses) < 3:
        if child.start_again_if_dead():
            pauses.append(time.monotonic() - last)
            last = time.monotonic()
        time.sleep(0.005)
    child.kill()
    assert pauses[0] >= 0.1
    assert pauses[1] >= 0.2
    assert pauses[2] >= 0.4


def is_written(file: Path) -> bool:
    return file.exists() and file.read_text().endswith("\n")


def test_what_a_dead_part_had_started_is_ended_first(supervise: Callable[..., Supervisor], home: Home) -> None:
    supervise(script("part", f"sleep 600 & echo $! >> {home.root}/grandchildren; wait"))
    grandchildren = home.root / "grandchildren"
    assert eventually(lambda: is_written(grandchildren))
    os.kill(written_pid(home, "part"), signal.SIGKILL)
    assert eventually(lambda: len(grandchildren.read_text().split()) == 2)
    assert is_gone(int(grandchildren.read_text().split()[0]))


def test_parts_stop_in_order_of_their_stages(
    supervise: Callable[..., Supervisor], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STOP_SECONDS", PATIENCE_SECONDS)

    def part(name: str, stage: int) -> Part:
        return script(
            name, f"trap 'echo {name} >> \"$HERE/ends\"; exit' TERM; touch $HERE/{name}; {WAIT_FOR_EVER}", stage=stage
        )

    supervisor = supervise(part("web", 2), part("bundler", 0), part("worker", 1))
    assert eventually(lambda: all((home.root / name).exists() for name in ("web", "bundler", "worker")))
    supervisor.stop()
    assert (home.root / "ends").read_text().split() == ["web", "worker", "bundler"]


def test_a_stop_leaves_nothing_running_and_nothing_written(supervise: Callable[..., Supervisor], home: Home) -> None:
    supervisor = supervise(script("part", f"sleep 600 & echo $! > {home.root}/grandchild; wait"))
    grandchild = home.root / "grandchild"
    assert eventually(lambda: is_written(grandchild))
    pids = [written_pid(home, "part"), int(grandchild.read_text())]
    supervisor.stop()
    assert all(is_gone(pid) for pid in pids)
    assert not home.children.exists()


def test_a_part_that_ignores_the_request_is_killed(
    supervise: Callable[..., Supervisor], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STOP_SECONDS", 0.2)
    supervisor = supervise(script("deaf", f"trap '' TERM; touch $HERE/deaf; {WAIT_FOR_EVER}"))
    assert eventually((home.root / "deaf").exists)
    pid = written_pid(home, "deaf")
    supervisor.stop()
    assert is_gone(pid)


def test_it_is_ready_when_every_part_answers(supervise: Callable[..., Supervisor], home: Home) -> None:
    supervisor = supervise(
        script("quick", WAIT_FOR_EVER),
        script("slow", f"sleep 0.1; touch $HERE/up; {WAIT_FOR_EVER}", is_ready=lambda _: (home.root / "up").exists()),
    )
    supervisor.wait_until_ready(PATIENCE_SECONDS)
    assert (home.root / "up").exists()


def test_a_part_that_never_answers_is_named(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(script("silent", WAIT_FOR_EVER, is_ready=lambda _: False))
    with pytest.raises(Unavailable, match=r"silent did not answer"):
        supervisor.wait_until_ready(0.2)


def test_a_part_that_stops_again_and_again_is_named_with_its_last_words(supervise: Callable[..., Supervisor]) -> None:
    supervisor = supervise(script("broken", "echo 'no such module'; exit 1", is_ready=lambda _: False))
    with pytest.raises(Unavailable, match=r"(?s)broken stops again and again.*no such module"):
        supervisor.wait_until_ready(PATIENCE_SECONDS)


def test_waiting_can_be_interrupted(supervise: Callable[..., Supervisor]) -> None:
    def give_up() -> None:
        raise Interrupted

    supervisor = supervise(script("silent", WAIT_FOR_EVER, is_ready=lambda _: False))
    with pytest.raises(Interrupted):
        supervisor.wait_until_ready(PATIENCE_SECONDS, give_up)


SUPERVISE_FOR_EVER = """
import os, sys, time
from pathlib import Path
from overskill.embedded.child import Part
from overskill.embedded.places import Home
from overskill.embedded.supervisor import Supervisor
part = Part("part", ["/bin/sh", "-c", sys.argv[2]], 0)
Supervisor([part], home=Home(Path(sys.argv[1])), environment=os.environ, echo=print).start()
time.sleep(600)
"""


@pytest.fixture
def supervising_process(home: Home) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """A supervisor in a process of its own, to be killed."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin(text: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", SUPERVISE_FOR_EVER, str(home.root), text]
        begun.append(subprocess.Popen(command, cwd=PROJECT))
        assert eventually(home.children.exists)
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children")
def test_parts_end_with_a_supervisor_that_is_killed(
    supervising_process: Callable[[str], subprocess.Popen[bytes]], home: Home
) -> None:
    process = supervising_process(WAIT_FOR_EVER)
    pid = written_pid(home, "part")
    process.kill()
    assert eventually(lambda: is_gone(pid))


@pytest.mark.slow
def test_the_next_start_ends_what_outlived_a_killed_supervisor(
    supervising_process: Callable[[str], subprocess.Popen[bytes]], home: Home
) -> None:
    process = supervising_process(f"trap '' TERM; touch {home.root}/deaf; {WAIT_FOR_EVER}")
    assert eventually((home.root / "deaf").exists)
    pid = written_pid(home, "part")
    process.kill()
    process.wait()

    assert end_leftovers(home) == ["part"]
    assert is_gone(pid)
    assert not home.children.exists()


def test_a_number_that_now_belongs_to_somebody_else_is_left_alone(home: Home) -> None:
    stranger = ProcessIdentity.of(os.getpid())
    assert stranger
    home.children.write_text(json.dumps({"part": {"pid": stranger.pid, "started": stranger.started - 60}}))
    assert end_leftovers(home) == []
