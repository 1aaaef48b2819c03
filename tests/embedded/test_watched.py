"""A child on a short lead."""

import os
import sys
from collections.abc import Callable

import psutil

from overskill.embedded.watched import Bounds, End, WatchedChild
from tests.support_waiting import eventually

FINE = Bounds(seconds=120, megabytes=500)


def run(
    script: str, bounds: Bounds = FINE, *, request: bytes = b"", should_stop: Callable[[], bool] = lambda: False
) -> tuple[End, bytes]:
    output = bytearray()
    child = WatchedChild([sys.executable, "-c", script], request, dict(os.environ))
    return child.run(bounds, should_stop, output.extend), bytes(output)


def test_it_is_given_its_request_and_what_it_prints_is_handed_over() -> None:
    assert run("import sys; print(len(sys.stdin.read()))", request=b"x" * 300_000) == ("ended", b"300000\n")


def test_one_that_takes_too_long_is_ended() -> None:
    assert run("while True: pass", Bounds(0.3, 500)) == ("too slow", b"")


def test_one_that_takes_too_much_memory_is_ended_with_what_it_started() -> None:
    mark = f"overskill-eats-{os.getpid()}"
    eats = f"x = bytearray(200_000_000); import time; time.sleep(600)  # {mark}"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {eats!r}])"
    assert run(script, Bounds(120, 100))[0] == "too large"
    assert eventually(lambda: not with_mark(mark))


def with_mark(mark: str) -> list[psutil.Process]:
    """Wherever they are: what lost its parent is nobody's child here."""
    return [one for one in psutil.process_iter(["cmdline"]) if mark in " ".join(one.info["cmdline"] or ())]


def test_one_that_is_not_wanted_any_more_is_ended() -> None:
    assert run("import time; time.sleep(600)", should_stop=lambda: True)[0] == "stopped"


def test_what_it_complained_about_is_kept() -> None:
    child = WatchedChild([sys.executable, "-c", "raise ValueError('Oh')"], b"", dict(os.environ))
    assert child.run(FINE, lambda: False, lambda _: None) == "ended"
    assert child.said.strip().endswith("ValueError: Oh")


def test_nothing_it_started_outlives_it() -> None:
    end, output = run("import subprocess as s; print(s.Popen(['sleep', '600'], stdout=s.DEVNULL).pid)")
    assert end == "ended"
    assert eventually(lambda: is_gone(int(output)))


def is_gone(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
