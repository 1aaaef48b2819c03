"""Random edits of apps' pages on the canvas, each checked (js/canvas-apps.mjs); benchmarks/canvas.py has them, too."""

import json
import os
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from overskill.bundler.setup import SOURCES, Installation
from overskill.embedded import node
from overskill.starter import starter_files

_SCRIPT = Path(__file__).parent / "js" / "canvas-apps.mjs"
_STREAMS = Path(__file__).parent.parent / "data" / "streams"


def edit_apps(
    apps: Mapping[str, Mapping[str, str]],
    installed: Installation,
    *,
    edits: int,
    seed: int = 1,
    is_written: bool = False,
    is_laid_out: bool = False,
) -> dict[str, Any]:
    """Raises AssertionError with the first edit that went wrong. `is_laid_out`: all files are, before the first."""
    asked = json.dumps({"apps": apps, "edits": edits, "seed": seed, "isWritten": is_written, "isLaidOut": is_laid_out})
    command = [str(node.node()), "--import", str(SOURCES / "resolve-packages.mjs"), str(_SCRIPT)]
    environment = os.environ | installed.environment
    done = subprocess.run(
        command, env=environment, input=asked, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-6_000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def streamed_apps() -> Iterator[tuple[str, dict[str, str]]]:
    """What the scripted models write, as far as it is written whole."""
    for path in sorted(_STREAMS.glob("*.toml")):
        stream = tomllib.loads(path.read_text("utf-8"))
        parts = [part for answer in stream.get("answer", ()) for part in answer.get("part", ())]
        written = {
            part["write"]: part.get("content", "")
            for part in parts
            if isinstance(part.get("write"), str) and part["write"].endswith((".ts", ".tsx", ".css"))
        }
        if any(name.endswith(".tsx") for name in written):
            yield path.stem, starter_files() | written
