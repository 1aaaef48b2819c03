"""Switching what is live: whole, at once, and back."""

import json
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Self

import pytest

from overskill.clients import edge_carrying
from overskill.clients.bundler import Asset
from overskill.clients.edge_embedded import EmbeddedEdge
from tests.support_edge import RunningEdge, make_upload, settings_for
from tests.support_waiting import eventually

VERSIONS = 25
VISITORS = 4


@dataclass
class Visitors:
    """Load a page and its script, again and again, and note everything that a person would see as broken."""

    edge: RunningEdge
    app: str
    requests: int = 0
    problems: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=self._visit) for _ in range(VISITORS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _visit(self) -> None:
        last = 0
        while not self._stop.is_set():
            page = self.edge.ask(self.app)
            named = set(re.findall(r"version (\d+)", page.text))
            self.requests += 2
            if page.status != 200 or len(named) != 1:
                self.problems.append(f"page: {page.status} {named}")
                continue
            version = int(named.pop())
            if version < last:
                self.problems.append(f"went back from {last} to {version}")
            last = version
            script = self.edge.ask(self.app, f"/assets/app-{version}.js")
            if script.status != 200 or f"version {version} " not in script.text:
                self.problems.append(f"script: {script.status} of version {version}")


def test_no_request_fails_or_sees_a_mixture_while_versions_are_switched(edge: RunningEdge) -> None:
    published = deque([edge.publish(make_upload("switched", "1"))], maxlen=2)
    with Visitors(edge, "switched") as visitors:
        for number in range(2, VERSIONS + 1):
            published.append(edge.publish(make_upload("switched", str(number), carry=list(published))))
            edge.client.prune("production", "switched", keep=published)
            assert json.loads(edge.ask("switched", "/__health").text)["version"] == str(number)
        assert eventually(lambda: visitors.requests > 50)
    assert visitors.problems == []


def test_the_next_request_after_a_publish_sees_it(edge: RunningEdge) -> None:
    for number in ("1", "2", "3"):
        edge.publish(make_upload("fresh", number))
        assert edge.ask("fresh").headers["x-app-version"] == number


def test_a_rollback_brings_the_version_before_back(edge: RunningEdge) -> None:
    first = edge.publish(make_upload("rolled", "1"))
    edge.publish(make_upload("rolled", "2"))
    edge.client.activate("production", "rolled", first)
    assert "version 1" in edge.ask("rolled").text


def test_after_a_rollback_who_loaded_the_page_before_it_still_finds_its_files(edge: RunningEdge) -> None:
    first = edge.publish(make_upload("taken-back", "1"))
    edge.publish(make_upload("taken-back", "2", carry=[first]))
    edge.client.activate("production", "taken-back", first)
    assert "version 2 " in edge.ask("taken-back", "/assets/app-2.js").text
    assert edge.ask("taken-back", "/assets/app-3.js").status == 404


def test_the_files_of_the_two_versions_before_stay_reachable_and_no_old_ones_for_long(
    edge: RunningEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_carrying, "CARRIED_SECONDS", 0.0)
    first = edge.publish(make_upload("carrying", "1"))
    second = edge.publish(make_upload("carrying", "2", carry=[first]))
    third = edge.publish(make_upload("carrying", "3", carry=[first, second]))
    edge.publish(make_upload("carrying", "4", carry=[second, third]))
    EmbeddedEdge(settings_for(edge.home, edge.port), grace=0).prune("production", "carrying", keep=[])
    statuses = [edge.ask("carrying", f"/assets/app-{number}.js").status for number in (1, 2, 3, 4)]
    assert statuses == [404, 200, 200, 200]


def test_an_app_that_was_taken_off_the_air_is_not_there(edge: RunningEdge) -> None:
    edge.publish(make_upload("removed"))
    assert edge.ask("removed").status == 200
    edge.client.remove("production", "removed")
    answer = edge.ask("removed", accept="text/html")
    assert answer.status == 404
    assert "There’s no app here" in answer.text


def test_a_page_that_is_not_hashed_is_not_carried_along(edge: RunningEdge) -> None:
    first = edge.publish(make_upload("dropping", "1", assets={"/old.txt": Asset(b"old", "text/plain")}))
    edge.publish(make_upload("dropping", "2", assets={"/index.html": Asset(b"home", "text/html")}, carry=[first]))
    assert edge.ask("dropping", "/old.txt").body == b"home"
