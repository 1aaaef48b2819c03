"""How every stream by hand (tests/data/streams) ends: with the real bundler, types, lint, builds and a real browser.

    python -m benchmarks.streams [part of a name]

Prints a line for each, then how many passed each check, as a table for a note.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from overskill.bundler.inspections import SandboxedInspection
from overskill.bundler.launcher import socket_path
from overskill.bundler.setup import installation, prepare
from overskill.checker.launcher import LocalChecker
from overskill.clients.bundler import LocalBundler
from overskill.services.generation.evals import Result, pass_rates, run_stream
from overskill.services.generation.streams import find_streams, read_stream
from tests.support_browser import find_browser
from tests.support_bundler import SHARED_HOME, builds, running_bundler

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "streams"
COLUMNS = ("compiles", "types", "lint", "browser")


def line(result: Result) -> str:
    stream, outcome = result.stream, result.outcome
    marks = [{True: "yes", False: "no", None: ""}[result.passed.get(column)] for column in COLUMNS]
    cells = [
        stream.name,
        stream.expect,
        "" if result.is_as_expected else "OTHERWISE",
        outcome.end.value,
        "new version" if result.is_kept else "as before",
        *marks,
        str(result.free_repairs),
        str(outcome.repairs),
        str(result.refusals),
        f"{result.seconds:.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


def main(part: str = "") -> None:
    prepare(SHARED_HOME, print)
    installed = installation(SHARED_HOME)
    results = []
    print("| stream | expected | | end | app | " + " | ".join(COLUMNS) + " | free | model | refused | s |")
    print("|" + "---|" * 13)
    with tempfile.TemporaryDirectory() as folder, running_bundler(Path(folder), installed) as running:
        run = Path(folder) / "run"
        run.mkdir(exist_ok=True)
        bundler = LocalBundler(
            socket_path(running.settings), builds(installed, run), SandboxedInspection(installed, run)
        )
        checker = LocalChecker(find_browser, run, must_lock_in=False, seconds=60)
        for path in find_streams(FOLDER):
            if part in path.name:
                results.append(run_stream(read_stream(path), bundler, checker))
                print(line(results[-1]), flush=True)
        bundler.disconnect()
    print()
    for rate in pass_rates(results):
        print(f"{rate.check:<18}{rate.passed:>4} of {rate.looked_at}")
    for expected, number in Counter(result.stream.expect for result in results).items():
        good = sum(result.is_as_expected for result in results if result.stream.expect == expected)
        print(f"expected “{expected}”: {good} of {number}")
    seconds = sorted(result.seconds for result in results)
    if seconds:
        print(f"seconds: median {seconds[len(seconds) // 2]:.1f}, longest {seconds[-1]:.1f}, all {sum(seconds):.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
