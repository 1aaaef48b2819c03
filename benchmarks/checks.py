"""How long it takes to prove an app, and how much memory: types and lint, a build, and a real browser.

    python -m benchmarks.checks [--runs 10] [--json]

Checks what the recipes make of a prompt (about 50 files with the starter's) and a small app (about 10 files), and tries
the acceptance checks of the first. Memory is what all processes of a check have written, at its peak. A sample waits
until the machine is less than 35 % busy, for at most 2 s.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.setup import installation, prepare
from overskill.checker.chromium import find_chromium
from overskill.checker.launcher import LocalChecker
from overskill.config import Settings
from overskill.services.generation.recipes.acceptance import acceptance_checks
from overskill.services.generation.recipes.spec import SPEC_PATH, from_json
from tests.services.recipes.turns import started
from tests.support_bundler import SHARED_HOME, SMALL_APP

PROMPT = "a habit tracker with streaks"
QUIET_PERCENT = 35.0
LONGEST_WAIT_FOR_QUIET = 2.0


@dataclass
class Samples:
    """One thing that is measured."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def take(self, work: Callable[[], object], peak: Callable[[], float]) -> None:
        wait_for_quiet()
        began = time.perf_counter()
        work()
        self.seconds.append(time.perf_counter() - began)
        self.megabytes.append(peak())

    def summary(self) -> dict[str, float]:
        ordered = sorted(self.seconds)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return {
            "runs": len(ordered),
            "p50_ms": round(statistics.median(ordered) * 1000),
            "p95_ms": round(p95 * 1000),
            "peak_mb": round(max(self.megabytes)),
        }


def wait_for_quiet() -> None:
    end = time.monotonic() + LONGEST_WAIT_FOR_QUIET
    while psutil.cpu_percent(0.1) > QUIET_PERCENT and time.monotonic() < end:
        pass


def ten_files(files: Mapping[str, str]) -> dict[str, str]:
    """A small app that uses a few of the starter's parts."""
    parts = [path for path in sorted(files) if path.startswith("src/components/ui/")][:4]
    needed = ["src/lib/cn.ts", "src/lib/format.ts", "src/vite-env.d.ts"]
    return SMALL_APP | {path: files[path] for path in (*parts, *needed) if path in files}


def measure(runs: int) -> dict[str, dict[str, float]]:
    prepare(SHARED_HOME, print)
    installed = installation(SHARED_HOME)
    files = started(PROMPT).files
    small = ten_files(files)
    checks = acceptance_checks(from_json(files[SPEC_PATH]))
    with tempfile.TemporaryDirectory() as folder:
        run_folder = Path(folder)
        inspect = SandboxedInspection(installed, run_folder)
        build = SandboxedBuilds(installed, run_folder)
        settings = Settings.model_validate({"OVERSKILL_HOME": folder})
        checker = LocalChecker(lambda: find_chromium(settings), run_folder, must_lock_in=False)
        bundle = build(files)
        measured = {
            f"types and lint, {len(small)} files": (lambda: inspect(small), lambda: inspect.peak_megabytes),
            f"types and lint, {len(files)} files": (lambda: inspect(files), lambda: inspect.peak_megabytes),
            "production build": (lambda: build(files), lambda: 0.0),
            "browser, start page": (lambda: checker.check(bundle, ()), lambda: checker.peak_megabytes),
            f"browser, {len(checks)} checks": (
                lambda: checker.check(bundle, checks),
                lambda: checker.peak_megabytes,
            ),
        }
        samples = {name: Samples() for name in measured}
        for _ in range(runs):
            for name, (work, peak) in measured.items():
                samples[name].take(work, peak)
    return {name: taken.summary() for name, taken in samples.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.runs)
    if arguments.json:
        print(json.dumps(figures, indent=2))
        return
    for name, values in figures.items():
        print(f"{name:28} " + "  ".join(f"{key} {value:g}" for key, value in values.items()))


if __name__ == "__main__":
    main()
