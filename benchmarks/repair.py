"""What is repaired without a model, what is left alone, and how long a file takes.

    python -m benchmarks.repair [files]

Puts every kind of fault (tests/bundler/faults.py) into `files` correct files (100) of recipes' and the model's apps. A
fault counts as repaired when the bundler reports no error and the app means again what it meant. Correct apps of all
prompts must come out as they went in. Times are those of a closed file in an app of 400, the socket included; processor
time is that of both processes and, unlike the time that passes, the same on a busy machine.
"""

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import psutil

from overskill.bundler.setup import installation, prepare
from overskill.clients.bundler import Bundler
from tests.bundler.repairing import attempt, faults, model_app, places, recipe_app
from tests.services.recipes.prompts import PROMPTS
from tests.support_bundler import SHARED_HOME, running_bundler

LARGE_APP = 400
TIMED = 200


def share_repaired(bundler: Bundler, apps: Sequence[Mapping[str, str]], count: int) -> None:
    tried: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for fault in faults(places(apps, count)):
        made = attempt(bundler, fault)
        tried[fault.kind] += 1
        good[fault.kind] += made.is_good
        if not made.is_good:
            print(f"  left: {fault.kind}, {fault.path}: {made.errors[:1] or 'it builds, but differs'}")
    for kind, number in tried.items():
        print(f"{kind:20} {good[kind]:4} of {number:4}")
    print(f"{'all':20} {good.total():4} of {tried.total():4} = {good.total() / tried.total():.1%} in {count} files")


def correct_files_changed(bundler: Bundler, apps: Sequence[Mapping[str, str]]) -> None:
    changed = [
        path
        for app in apps
        for is_final in (True, False)
        for path in bundler.repair(app, list(app), is_final=is_final).changes
    ]
    print(f"correct files changed: {len(changed)} of {sum(map(len, apps))}, each asked about twice {changed[:3] or ''}")


def large_app(apps: Sequence[Mapping[str, str]]) -> dict[str, str]:
    files = dict(apps[0])
    copies = (
        (f"src/area{number}/{path.removeprefix('src/')}", f"{text}\n// {number}\n")
        for number, app in enumerate(apps)
        for path, text in app.items()
        if path.startswith("src/") and path.endswith((".ts", ".tsx"))
    )
    for path, text in copies:
        if len(files) == LARGE_APP:
            break
        files[path] = text
    return files


def milliseconds_a_file(
    bundler: Bundler, processes: Sequence[psutil.Process], apps: Sequence[Mapping[str, str]]
) -> None:
    files = large_app(apps)
    size = sum(map(len, files.values())) // 1000
    broken = list(islice(faults([(files, path) for path in files if path.endswith("x")]), TIMED))
    first = timed(bundler, files, [next(iter(files))], is_final=False)
    print(f"{len(files)} files, {size} KB; the first call reads all of them: {first:.0f} ms")
    for name, is_final in (("while it is written", False), ("at the end", True)):
        before = processor_milliseconds(processes)
        samples = sorted(timed(bundler, fault.files, [fault.path], is_final=is_final) for fault in broken)
        busy = (processor_milliseconds(processes) - before) / len(samples)
        p50, p95 = statistics.median(samples), samples[int(len(samples) * 0.95)]
        figures = f"p50 {p50:5.1f} ms  p95 {p95:5.1f} ms  processor {busy:4.1f} ms"
        print(f"a closed file, {name:20} n={len(samples)}  {figures}")
    whole = timed(bundler, files, list(files), is_final=True)
    print(f"all {len(files)} files at once: {whole:.0f} ms, {whole / len(files):.1f} ms a file")


def processor_milliseconds(processes: Sequence[psutil.Process]) -> float:
    seconds: float = sum(sum(process.cpu_times()[:2]) for process in processes)
    return seconds * 1000


def timed(bundler: Bundler, files: Mapping[str, str], paths: Sequence[str], *, is_final: bool) -> float:
    began = time.perf_counter()
    bundler.repair(files, paths, is_final=is_final)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    prepare(SHARED_HOME, print)
    apps = [*(recipe_app(prompt) for prompt in PROMPTS), model_app()]
    with tempfile.TemporaryDirectory() as home, running_bundler(Path(home), installation(SHARED_HOME)) as running:
        milliseconds_a_file(running.client, [psutil.Process(), psutil.Process(running.process.pid)], apps)
        correct_files_changed(running.client, apps)
        share_repaired(running.client, apps, count)


if __name__ == "__main__":
    main()
