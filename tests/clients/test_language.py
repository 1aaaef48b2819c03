"""The real client and the fake are asked the same. What the daemon knows: tests/bundler/test_language.py."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from overskill.clients.daemon import Daemon, UnknownApp
from overskill.clients.language import FakeLanguageService, LanguageService, LocalLanguageService, Question
from overskill.errors import InvalidInput, Unavailable

QUESTION = Question("src/App.tsx", "a", 1, 2)


class RecordingDaemon(Daemon):
    """Answers everything with a text."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))
        self.calls: list[tuple[str, Mapping[str, Any]]] = []

    def call(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        self.calls.append((method, params))
        return {"text": "b"}


def test_a_question_goes_to_the_daemon_with_all_it_needs() -> None:
    daemon = RecordingDaemon()
    language: LanguageService = LocalLanguageService(daemon)
    assert language.ask("an-app", "hover", QUESTION) == {"text": "b"}
    assert language.format("src/App.tsx", "a") == "b"
    [(hover, asked), (laid_out, _)] = daemon.calls
    assert (hover, laid_out) == ("hover", "format")
    assert asked == {
        "key": "an-app",
        "path": "src/App.tsx",
        "text": "a",
        "line": 1,
        "column": 2,
        "label": "",
        "source": "",
    }


def test_the_fake_answers_what_it_was_told_to_and_refuses_as_the_real_one_does() -> None:
    fake = FakeLanguageService(open={"an-app"}, answers={"hover": {"hover": None}})
    language: LanguageService = fake
    assert language.ask("an-app", "hover", QUESTION) == {"hover": None}
    with pytest.raises(UnknownApp):
        language.ask("another", "hover", QUESTION)
    with pytest.raises(InvalidInput):
        language.format("src/App.tsx", "<<<")
    fake.is_down = True
    with pytest.raises(Unavailable):
        language.format("src/App.tsx", "a")
