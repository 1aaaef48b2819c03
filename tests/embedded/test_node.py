import subprocess

import pytest

from overskill.embedded import node
from overskill.errors import Unavailable


def version(*command: str) -> str:
    return subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def test_node_is_recent_enough_for_the_front_end() -> None:
    assert int(version(str(node.node())).removeprefix("v").split(".")[0]) >= 22


def test_npm_runs_on_our_node() -> None:
    assert version(*node.npm()).split(".")[0].isdigit()


def test_bun_runs() -> None:
    assert version(str(node.bun())).split(".")[0].isdigit()


def test_programs_that_look_for_node_find_ours_first() -> None:
    assert node.environment()["PATH"].split(":")[0] == str(node.node().parent)


def test_a_damaged_installation_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node.importlib.util, "find_spec", lambda _: None)  # type: ignore[attr-defined]
    with pytest.raises(Unavailable, match=r"Run \./run"):
        node.node()
