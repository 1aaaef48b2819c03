"""Correct apps, faults put into them, and whether they are undone: shared by tests and benchmarks/repair.py."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zlib import crc32

from overskill.clients.bundler import Bundler, Repaired
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.views import write_app
from overskill.starter import PROTECTED, starter_files
from tests.bundler.faults import KINDS, Fault, inject

MODEL_APP = Path(__file__).parent.parent / "data" / "model_app" / "files"
SPECIAL_APPS = 4  # of which the stylesheet and App.tsx, which some kinds need, are surely broken
TRIES = 6  # seeds for a kind that finds no place in a file at once


def recipe_app(prompt: str) -> dict[str, str]:
    return starter_files() | write_app(plan_app(read_brief(prompt)))


def model_app() -> dict[str, str]:
    own = {str(file.relative_to(MODEL_APP)): file.read_text("utf-8") for file in MODEL_APP.rglob("*") if file.is_file()}
    return starter_files() | own


def places(apps: Sequence[Mapping[str, str]], count: int) -> list[tuple[Mapping[str, str], str]]:
    """Files to break, from all apps in turn; no text twice, but the two files that some kinds of fault need."""
    seen: set[str] = set()
    queues = []
    for number, app in enumerate(apps):
        paths = [path for path in app if path.endswith((".ts", ".tsx")) and not path.endswith(".d.ts")]
        random.Random(number).shuffle(paths)  # noqa: S311  # the same choice every time
        first = ["src/index.css", "src/App.tsx"] if number < SPECIAL_APPS else []
        queues.append([(app, path) for path in [*first, *paths] if path not in PROTECTED])
    found: list[tuple[Mapping[str, str], str]] = []
    while len(found) < count and any(queues):
        for queue in queues:
            while queue:
                app, path = queue.pop(0)
                if app[path] not in seen:
                    seen.add(app[path])
                    found.append((app, path))
                    break
    return found[:count]


def faults(places: Sequence[tuple[Mapping[str, str], str]]) -> Iterator[Fault]:
    """Every kind in every file that has a place for it."""
    for app, path in places:
        for kind in KINDS:
            yield from first_fault(app, path, [kind])


def first_fault(app: Mapping[str, str], path: str, kinds: Sequence[str]) -> list[Fault]:
    """At most one: of the first of these kinds that finds a place in the file."""
    made = (inject(kind, app, path, seed) for kind in kinds for seed in range(TRIES))
    return list(islice((fault for fault in made if fault is not None and fault.files != app), 1))


@dataclass
class Attempt:
    fault: Fault
    repaired: Repaired
    files: dict[str, str]  # afterwards
    errors: tuple[str, ...]  # what the bundler still reports

    @property
    def is_good(self) -> bool:
        return not self.errors and self.fault.is_undone(self.files)


def attempt(bundler: Bundler, fault: Fault) -> Attempt:
    repaired = bundler.repair(fault.files, concerned(fault), is_final=True)
    files = applied(fault.files, repaired)
    key = f"repair-{crc32(fault.files['index.html'].encode())}"  # apps stay open, so that only differences are compiled
    found = bundler.open(key, files).diagnostics
    errors = tuple(f"{one.file}:{one.line} {one.message}" for one in found if one.severity == "error")
    return Attempt(fault, repaired, files, errors)


def concerned(fault: Fault) -> list[str]:
    """The broken file, and those that may import it: what a turn would have written."""
    stem = fault.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return [path for path, text in fault.files.items() if path == fault.path or stem in text]


def applied(files: Mapping[str, str], repaired: Repaired) -> dict[str, str]:
    """As the pipeline does it: the changes, and the packages into package.json."""
    after = {**files, **repaired.changes}
    kept = {path: text for path, text in after.items() if text is not None}
    if repaired.packages:
        manifest = json.loads(kept["package.json"])
        manifest["dependencies"] |= dict.fromkeys(repaired.packages, "*")
        kept["package.json"] = json.dumps(manifest, indent=2) + "\n"
    return kept
