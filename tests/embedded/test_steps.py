import time

import pytest

from overskill.embedded import steps as module
from overskill.embedded.steps import Steps


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as long, made short."""
    monkeypatch.setattr(module, "_QUIET_SECONDS", 0.03)


def test_a_quick_step_says_nothing(quick: None) -> None:
    said: list[str] = []
    with Steps(said.append).step("Starting"):
        pass
    assert said == []


def test_a_long_step_says_what_it_does_and_then_how_long_it_took(quick: None) -> None:
    said: list[str] = []
    with Steps(said.append).step("Building"):
        time.sleep(0.08)
    assert said[0] == "  Building …"
    assert said[1].startswith("✓ Building (")


def test_a_failed_step_is_not_called_done(quick: None) -> None:
    said: list[str] = []

    def build() -> None:
        with Steps(said.append).step("Building"):
            time.sleep(0.05)
            int("three")

    with pytest.raises(ValueError, match="invalid literal"):
        build()
    assert not [line for line in said if line.startswith("✓")]


def test_a_terminal_that_is_gone_does_not_stop_the_work() -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    Steps(gone).say("hello")
