"""Runs the tests that are written in JavaScript (node:test), a file at a time."""

import os
import subprocess
from pathlib import Path

import pytest

from overskill.bundler.setup import SOURCES, Installation
from overskill.embedded import node

FILES = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_javascript(path: Path, bundler_installation: Installation) -> None:
    command = [str(node.node()), "--import", str(SOURCES / "resolve-packages.mjs"), "--test", str(path)]
    vendor = {"OVERSKILL_BUNDLER_VENDOR": str(bundler_installation.vendor)}
    environment = os.environ | bundler_installation.environment | vendor
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
