"""Ten apps, edited by lot: those that recipes write, and those of models."""

import json
import os
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from overskill.bundler.setup import SOURCES, Installation
from overskill.embedded import node
from overskill.starter import starter_files
from tests.services.recipes.turns import started

DATA = Path(__file__).parent.parent / "data"
EDITOR = Path(__file__).parent / "js" / "edit-apps.mjs"
RECIPES = (
    "a habit tracker with streaks",
    "a site for my pottery studio with a gallery, prices and contact",
    "I want to sell my handmade candles",
    "a board for our product launch with columns and owners",
    "bookkeeping for a tiny freelance business: invoices and who has paid",
    "how much should I tip",
)
STREAMS = ("good-routes", "good-four-files", "good-chart")


def ten_apps() -> dict[str, dict[str, str]]:
    apps = {prompt: dict(started(prompt).files) for prompt in RECIPES}
    apps |= {name: _stream_app(name) for name in STREAMS}
    folder = DATA / "model_app" / "files"
    apps["model app"] = starter_files() | {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }
    return apps


def _stream_app(name: str) -> dict[str, str]:
    stream = tomllib.loads((DATA / "streams" / f"{name}.toml").read_text())
    parts = [part for answer in stream["answer"] for part in answer.get("part", ()) if "write" in part]
    return starter_files() | {part["write"]: part["content"].lstrip("\n") for part in parts}


def edit(
    apps: Mapping[str, Mapping[str, str]],
    edits: int,
    installed: Installation,
    folder: Path,
    *,
    is_laid_out: bool = False,
) -> list[dict[str, Any]]:
    """Make so many edits of each app. Returns each with its files afterwards and what came of each try.

    `is_laid_out`: all files are, before the first.
    """
    told = folder / "apps.json"
    asked = [{"name": name, "files": files} for name, files in apps.items()]
    told.write_text(json.dumps({"apps": asked, "edits": edits, "isLaidOut": is_laid_out}))
    command = [str(node.node()), "--import", str(SOURCES / "resolve-packages.mjs"), str(EDITOR), str(told)]
    done = subprocess.run(command, env=os.environ | installed.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results
