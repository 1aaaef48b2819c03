import pytest

from overskill.embedded import steps as module
from overskill.embedded.steps import Steps
from tests.support_waiting import eventually


@pytest.fixture
def nothing_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_QUIET_SECONDS", 3600)


@pytest.fixture
def everything_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_QUIET_SECONDS", 0)


def test_a_quick_step_says_nothing(nothing_is_long: None) -> None:
    said: list[str] = []
    with Steps(said.append).step("Starting"):
        pass
    assert said == []


def test_a_long_step_says_what_it_does_and_then_how_long_it_took(everything_is_long: None) -> None:
    said: list[str] = []
    with Steps(said.append).step("Building"):
        assert eventually(lambda: said != [])
    assert said[0] == "  Building …"
    assert said[1].startswith("✓ Building (")


def test_a_failed_step_is_not_called_done(everything_is_long: None) -> None:
    said: list[str] = []

    def build() -> None:
        with Steps(said.append).step("Building"):
            assert eventually(lambda: said != [])
            int("three")

    with pytest.raises(ValueError, match="invalid literal"):
        build()
    assert not [line for line in said if line.startswith("✓")]


def test_a_terminal_that_is_gone_does_not_stop_the_work() -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    Steps(gone).say("hello")
