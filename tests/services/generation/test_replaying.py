"""Turns recorded as they were heard over the wire, and run once more."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from overskill import container
from overskill.clients.bundler import LocalBundler
from overskill.clients.checker import BrowserReport, FakeChecker, Problem
from overskill.clients.objects import FakeObjectStore
from overskill.clients.registry import FakeRegistry
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound, Unavailable
from overskill.models import App, AppStatus, Generation, GenerationStatus, TurnRecording
from overskill.models.base import utc_now
from overskill.services import apps
from overskill.services.forgetting import forget_app
from overskill.services.generation import request_turn
from overskill.services.generation.recording import Recording, Tape, forget_recordings, read_recording
from overskill.services.generation.replaying import Replayed, replay
from overskill.starter import starter_files
from tests.factories import make_app, make_user
from tests.model_server import ModelServer
from tests.services.generation.live import KEY, Answer, LiveAuthors, answers, over, writes
from tests.services.generation.turn_rows import state_of
from tests.services.packages.shelves import release

APP = 'import { Counter } from "./Counter";\n\nexport default function App() {\n  return <Counter />;\n}\n'
COUNTER = """import { useState } from "react";

export function Counter() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>{count} clicks</button>;
}
"""
WITHOUT_IMPORT = COUNTER.split("\n\n", 1)[1]
BROKEN = COUNTER.replace("useState(0);", "useState(0;")


@dataclass
class Recorded:
    services: Container
    turn: Generation
    app: App
    server: ModelServer
    bundler: LocalBundler

    def recording(self) -> Recording:
        with transaction() as session:
            return read_recording(session, self.turn.id, self.services.objects)

    def replay(self) -> Replayed:
        return replay(self.recording(), self.bundler, key="replayed0000", shelf=self.services.shelf)


@pytest.fixture
def record(services: Container, quick_bundler: LocalBundler, work: Callable[[], int]) -> Callable[..., Recorded]:
    def run(*scripts: Answer, tools: str = "auto") -> Recorded:
        with ModelServer(answers(*scripts)) as server:
            own = replace(services, authors=LiveAuthors(server.url, tools), bundler=quick_bundler)
            container.install(own)
            with transaction() as session:
                app = make_app(session, make_user(session), files=starter_files())
                turn = request_turn(session, app, app.creator_id, "count my clicks", intake=own.intake)
            work()
        return Recorded(own, state_of(turn.id), app, server, quick_bundler)

    return run


@pytest.mark.parametrize("tools", ["auto", "off"])
def test_a_turn_that_broke_off_and_went_on_replays_to_the_same_bytes(
    record: Callable[..., Recorded], tools: str
) -> None:
    counter = ("src/Counter.tsx", WITHOUT_IMPORT)
    recorded = record(
        writes(counter, ("src/App.tsx", APP), is_cut=True, says="A counter.\n"),
        writes(("src/App.tsx", APP)),
        over,
        tools=tools,
    )
    assert recorded.turn.version == 1
    replayed = recorded.replay()
    assert (replayed.differing, replayed.error) == ((), "")
    assert replayed.files["src/Counter.tsx"] == COUNTER  # the import was added in both
    assert replayed.free_repairs == recorded.turn.free_repairs["import"]


def test_a_turn_that_added_a_package_replays_to_the_same_bytes(
    record: Callable[..., Recorded], services: Container
) -> None:
    assert isinstance(services.shelf.registry, FakeRegistry)
    services.shelf.registry.add(release("globe-gl", "2.1.0"))
    lazy = 'import { Counter } from "./Counter";\nimport "globe-gl";\n\nexport default Counter;\n'
    recorded = record(writes(("src/Counter.tsx", COUNTER), ("src/App.tsx", lazy)), *([over] * 8))
    replayed = recorded.replay()
    assert '"globe-gl": "2.1.0"' in replayed.files["package.json"]
    assert "package.json" not in replayed.differing


@pytest.mark.parametrize("tools", ["auto", "off"])
def test_a_turn_that_was_repaired_by_the_model_replays_to_the_same_bytes(
    record: Callable[..., Recorded], tools: str
) -> None:
    broken = writes(("src/Counter.tsx", BROKEN), ("src/App.tsx", APP))
    recorded = record(broken, over, writes(("src/Counter.tsx", COUNTER)), over, tools=tools)
    assert (recorded.turn.version, recorded.turn.repairs) == (1, 1)
    assert recorded.replay().differing == ()


def test_a_repair_that_was_taken_back_is_so_in_the_replay(record: Callable[..., Recorded], services: Container) -> None:
    assert isinstance(services.checker, FakeChecker)
    services.checker.reports = [BrowserReport(problems=(Problem("console", "A warning that stays."),))]
    good = writes(("src/Counter.tsx", COUNTER), ("src/App.tsx", APP))
    worse = writes(("src/Counter.tsx", BROKEN))
    recorded = record(good, over, worse, over, worse, over, worse, over)
    assert (recorded.turn.status, recorded.turn.version) == (GenerationStatus.SUCCEEDED, 1)
    replayed = recorded.replay()
    assert replayed.differing == ()
    assert replayed.files["src/Counter.tsx"] == COUNTER


def test_a_turn_that_failed_replays_to_its_failure(record: Callable[..., Recorded]) -> None:
    cut = writes(("src/Counter.tsx", COUNTER), is_cut=True)
    recorded = record(*[cut] * 8)
    assert recorded.turn.status is GenerationStatus.FAILED
    replayed = recorded.replay()
    assert replayed.differing == ()
    assert "broke off" in replayed.error


def test_the_key_is_in_no_request_and_in_no_recording(record: Callable[..., Recorded]) -> None:
    recorded = record(writes(("src/Counter.tsx", COUNTER), ("src/App.tsx", APP)), over)
    assert all(KEY in asked.headers["authorization"] for asked in recorded.server.requests)
    assert not any(KEY in json.dumps(asked.body) for asked in recorded.server.requests)
    recording = recorded.recording()
    assert KEY not in json.dumps([recording.inputs, recording.phases])


def test_a_picture_is_recorded_by_its_checksum() -> None:
    tape = Tape()
    tape.begin("write")
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "iVBORw0KGgo" * 1000}}
    words = {"type": "text", "text": "Like this: data:image/png;base64,"}
    tape.asked("scripted", {"messages": [{"role": "user", "content": [words, picture]}]})
    (content,) = [message["content"] for message in tape.phases[0]["calls"][0]["body"]["messages"]]
    assert content[0] == words
    assert content[1]["image_url"]["url"].startswith("picture:")
    assert len(content[1]["image_url"]["url"]) < 100


def test_what_is_longer_than_a_recording_may_be_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overskill.services.generation.recording.LARGEST", 1_000)
    tape = Tape()
    tape.begin("write")
    tape.asked("scripted", {"messages": []})
    for _ in range(100):
        tape.heard("data", "x" * 100)
    assert tape.is_cut
    assert len(tape.phases[0]["calls"][0]["heard"]) < 10


@pytest.fixture
def kept(record: Callable[..., Recorded]) -> Recorded:
    return record(writes(("src/Counter.tsx", COUNTER), ("src/App.tsx", APP)), over)


def objects_of(kept: Recorded) -> set[str]:
    assert isinstance(kept.services.objects, FakeObjectStore)
    return {key for key in kept.services.objects.objects if key.startswith("recordings/")}


def test_recordings_expire(kept: Recorded) -> None:
    with transaction() as session:
        session.exec(update(TurnRecording).values(expires_at=utc_now() - timedelta(seconds=1)))
    with pytest.raises(NotFound, match="expired"):
        kept.recording()
    with transaction() as session:
        assert forget_recordings(session, kept.services.objects) == 1
    assert objects_of(kept) == set()


def test_one_that_has_not_expired_stays(kept: Recorded) -> None:
    with transaction() as session:
        assert forget_recordings(session, kept.services.objects) == 0
    assert objects_of(kept) == {f"recordings/{kept.turn.id}.json.br"}


def test_recordings_are_forgotten_with_their_app(kept: Recorded) -> None:
    services = kept.services
    with transaction() as session:
        app = session.get_one(App, kept.app.id)
        app.status, app.deleted_at = AppStatus.DELETED, utc_now() - timedelta(days=31)
    forget_app(kept.app.id, services.publisher, hosts=services.hosts, objects=services.objects)
    assert objects_of(kept) == set()
    with transaction() as session:
        left = session.exec(select(TurnRecording).where(col(TurnRecording.generation_id) == kept.turn.id)).all()
    assert left == []


def test_nothing_is_recorded_for_no_days(services: Container, work: Callable[[], int]) -> None:
    settings = services.settings.model_copy(update={"keep_recordings_days": 0})
    own = replace(services, settings=settings)
    container.install(own)
    with transaction() as session:
        app = make_app(session, make_user(session))
        found = apps.app_to_change(session, app.creator_id, app.slug)
        turn = request_turn(session, found, app.creator_id, "a counter", intake=own.intake)
    work()
    with transaction() as session, pytest.raises(NotFound):
        read_recording(session, turn.id, own.objects)


def test_a_turn_whose_recording_cannot_be_kept_ends_as_any_other(
    services: Container, work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(key: str, content: bytes) -> None:
        raise Unavailable("The object store does not answer.")

    monkeypatch.setattr(services.objects, "put", refuse)
    with transaction() as session:
        app = make_app(session, make_user(session))
        found = apps.app_to_change(session, app.creator_id, app.slug)
        turn = request_turn(session, found, app.creator_id, "a counter", intake=services.intake)
    work()
    with transaction() as session:
        assert session.get_one(Generation, turn.id).status is GenerationStatus.SUCCEEDED
