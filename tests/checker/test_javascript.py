"""Runs the tests that are written in JavaScript (node:test), a file at a time."""

import subprocess
from pathlib import Path

import pytest

from overskill.embedded import node

FILES = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_javascript(path: Path) -> None:
    command = [str(node.node()), "--test", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
