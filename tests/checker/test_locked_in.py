"""Apps are hostile: nothing of this machine or its network can be reached from inside, and nothing is left behind."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from overskill.checker.launcher import LocalChecker
from overskill.clients.bundler import Bundle
from overskill.clients.checker import BrowserReport
from overskill.embedded.isolation import place
from overskill.embedded.process import ProcessIdentity, wait_until_gone
from overskill.errors import Unavailable
from tests.checker.conftest import app
from tests.support_waiting import PATIENCE_SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REACHING_OUT = """
root.textContent = "Hello";
const outside = ["http://127.0.0.1:PORT/", "https://127.0.0.1:PORT/", "https://localhost:PORT/", "https://[::1]:PORT/"];
for (const address of outside) {
  fetch(address, { mode: "no-cors" }).catch(() => null);
  navigator.sendBeacon(address);
  root.append(Object.assign(new Image(), { src: address }));
  root.append(Object.assign(document.createElement("iframe"), { src: address }));
  document.head.append(Object.assign(document.createElement("link"), { rel: "preconnect", href: address }));
  open(address);
  try { new WebSocket(address.replace("http", "ws")); } catch {}
  try { new EventSource(address); } catch {}
  try { new WebTransport(address); } catch {}
  const code = `fetch("${address}", { mode: "no-cors" }).catch(() => null)`;
  new Worker(URL.createObjectURL(new Blob([code])));
}
const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:PORT" }] });
peer.createDataChannel("x");
peer.createOffer().then((offer) => peer.setLocalDescription(offer));
fetch("https://169.254.169.254/latest/meta-data/").then((answer) => answer.text()).then((text) => root.append(text));
location.href = "file:///etc/passwd";
"""


class OpenLockChecker(LocalChecker):
    """As where bubblewrap does not work: Chromium has only its own sandbox and switches."""

    def _is_locked_in(self) -> bool:
        return False


@pytest.fixture
def touched() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who connected or sent to it."""
    seen: list[str] = []
    with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        udp.bind(tcp.getsockname())
        for waiting, name in ((tcp, "tcp"), (udp, "udp")):
            waiting.settimeout(60)
            threading.Thread(target=_note, args=(waiting, name, seen), daemon=True).start()
        yield tcp.getsockname()[1], seen
        for waiting in (tcp, udp):
            waiting.shutdown(socket.SHUT_RDWR) if waiting is tcp else waiting.sendto(b"end", udp.getsockname())


def _note(waiting: socket.socket, name: str, seen: list[str]) -> None:
    try:
        if name == "tcp":
            waiting.accept()[0].close()
        elif waiting.recv(2_000) == b"end":
            return
    except OSError:
        return
    seen.append(name)


@pytest.mark.parametrize("kind", [LocalChecker, OpenLockChecker], ids=["locked in", "by Chromium alone"])
def test_nothing_of_this_machine_is_reached(
    kind: type[LocalChecker], chromium: Path, run_folder: Path, touched: tuple[int, list[str]]
) -> None:
    port, seen = touched
    report = kind(lambda: chromium, run_folder, must_lock_in=False, seconds=60).check(reaching_out(port), ())
    assert seen == []
    assert any("169.254.169.254" in problem.message for problem in report.problems)
    assert report.routes == ("/",)


def reaching_out(port: int) -> Bundle:
    return app(REACHING_OUT.replace("PORT", str(port)))


def test_a_check_that_is_stopped_leaves_no_browser(chromium: Path, run_folder: Path) -> None:
    checker = LocalChecker(lambda: chromium, run_folder, must_lock_in=False, seconds=60)
    before = set(psutil.Process().children(recursive=True))
    browsers: list[ProcessIdentity] = []

    def has_browser() -> bool:
        begun = set(psutil.Process().children(recursive=True)) - before
        found = (ProcessIdentity.of(child.pid) for child in begun if is_browser(child))
        browsers.extend(one for one in found if one)
        return bool(browsers)

    report = checker.check(app("for (;;);"), (), should_stop=has_browser)
    assert isinstance(report, BrowserReport)
    assert browsers
    assert all(wait_until_gone(browser, PATIENCE_SECONDS) for browser in browsers)


def is_browser(process: psutil.Process) -> bool:
    try:
        return "chrom" in process.name()
    except psutil.Error:  # it ended meanwhile
        return False


def test_as_root_without_any_sandbox_nothing_is_tried(monkeypatch: pytest.MonkeyPatch, run_folder: Path) -> None:
    monkeypatch.setattr("overskill.checker.launcher.can_isolate", lambda: False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(Unavailable, match="no sandbox"):
        LocalChecker(lambda: Path("/bin/true"), run_folder, must_lock_in=True).check(app(""), ())


def test_a_program_that_is_no_browser_is_told_of(run_folder: Path) -> None:
    checker = LocalChecker(lambda: Path("/bin/false"), run_folder, must_lock_in=False)
    with pytest.raises(Unavailable, match="/bin/false does not start"):
        checker.check(app(""), ())


def test_no_more_checks_run_at_once_than_there_are_places(tmp_path: Path) -> None:
    with (
        place(tmp_path, "check", at_once=1, patience=1, refusal=""),
        pytest.raises(Unavailable, match="Too many"),
        place(tmp_path, "check", at_once=1, patience=0.01, refusal="Too many"),
    ):
        pass
