"""A child on a short lead."""

import os
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from overskill.embedded.watched import Bounds, End, WatchedChild

FINE = Bounds(seconds=20, megabytes=500)


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
    eats = "x = bytearray(200_000_000); import time; time.sleep(60)"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {eats!r}])"
    before = set(psutil.Process().children(recursive=True))  # of other tests
    assert run(script, Bounds(20, 100))[0] == "too large"
    assert set(psutil.Process().children(recursive=True)) <= before


def test_one_that_is_not_wanted_any_more_is_ended() -> None:
    began = time.monotonic()
    assert run("import time; time.sleep(60)", should_stop=lambda: True)[0] == "stopped"
    assert time.monotonic() - began < 20


def test_what_it_complained_about_is_kept() -> None:
    child = WatchedChild([sys.executable, "-c", "raise ValueError('Oh')"], b"", dict(os.environ))
    assert child.run(FINE, lambda: False, lambda _: None) == "ended"
    assert child.said.strip().endswith("ValueError: Oh")


def test_nothing_it_started_outlives_it() -> None:
    script = "import subprocess, sys; print(subprocess.Popen(['sleep', '60']).pid, flush=True); sys.stdout.close()"
    _, output = run(script, Bounds(1, 500))
    pid = int(output)
    deadline = time.monotonic() + 5
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            pytest.fail("it is still there")
        time.sleep(0.01)
