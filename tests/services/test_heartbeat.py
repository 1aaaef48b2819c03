import threading

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from overskill.container import Container
from overskill.services import heartbeat as module
from overskill.services.heartbeat import Superseded, heartbeat
from tests.support_waiting import PATIENCE_SECONDS


@pytest.fixture(autouse=True)
def often(services: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.01)


def test_a_beat_that_the_database_refuses_is_not_the_last() -> None:
    beats: list[Session] = []
    goes_on = threading.Event()

    def beat(session: Session) -> None:
        beats.append(session)
        if len(beats) == 1:
            raise OperationalError("update", {}, Exception("canceling statement due to lock timeout"))
        goes_on.set()

    with heartbeat(beat):
        assert goes_on.wait(PATIENCE_SECONDS)


def test_the_beating_ends_once_another_attempt_owns_the_row() -> None:
    beats: list[Session] = []
    ended = threading.Event()

    def beat(session: Session) -> None:
        beats.append(session)
        ended.set()
        raise Superseded

    with heartbeat(beat):
        assert ended.wait(PATIENCE_SECONDS)
        assert not threading.Event().wait(0.05)
    assert len(beats) == 1
