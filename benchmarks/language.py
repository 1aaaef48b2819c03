"""What the code editor waits for: suggestions, explanations and problems, in the sample app and in one of 400 files.

    .venv/bin/python -m benchmarks.language

A daemon of its own, asked over its socket as the web process asks it. Every question brings the open file with another
change in it, as typing does. The first answers include the start of the language server and its index of packages.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.preview_sample import sample_files
from overskill.bundler.setup import installation, prepare
from overskill.clients.language import Kind, LocalLanguageService, Question
from tests.support_bundler import SHARED_HOME, RunningBundler, running_bundler

OPEN = "src/pages/dashboard.tsx"
ROUNDS = 40
FILES = 400


def large_app() -> dict[str, str]:
    """Pages that import a part and a calculation of their own, until there are 400 files."""
    files = sample_files()
    for number in range((FILES - len(files)) // 3):
        files[f"src/lib/sums-{number}.ts"] = (
            f"export interface Row{number} {{ name: string; value: number }}\n"
            f"export const sum{number} = (rows: Row{number}[]) => rows.reduce((all, row) => all + row.value, 0);\n"
        )
        files[f"src/components/part-{number}.tsx"] = (
            'import { Card } from "@/components/ui/card";\n'
            f'import {{ type Row{number}, sum{number} }} from "@/lib/sums-{number}";\n\n'
            f"export function Part{number}({{ rows }}: {{ rows: Row{number}[] }}) {{\n"
            f'  return <Card className="p-4">{{sum{number}(rows)}}</Card>;\n}}\n'
        )
        files[f"src/pages/page-{number}.tsx"] = (
            f'import {{ Part{number} }} from "@/components/part-{number}";\n\n'
            f"export default function Page{number}() {{\n"
            f'  return <Part{number} rows={{[{{ name: "a", value: {number} }}]}} />;\n}}\n'
        )
    return files


class Editor:
    def __init__(self, bundler: RunningBundler, key: str, files: dict[str, str]) -> None:
        self._language = LocalLanguageService(bundler.client.daemon)
        self._key = key
        self._text = files[OPEN]
        bundler.client.open(key, files)

    def ask(self, kind: Kind, number: int) -> float:
        """Milliseconds until the answer, for a text that was not asked about before."""
        marked = {
            "complete": ("const [count", f"const edit{number} = useEff|\n  const [count"),
            "hover": ("<Button data", f"{{/* {number} */}}\n      <But|ton data"),
        }.get(kind, ("const [count", f"const edit{number}: string = {number};|\n  const [count"))
        before, _, after = self._text.replace(*marked, 1).partition("|")
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        started = time.perf_counter()
        answer = self._language.ask(self._key, kind, Question(OPEN, before + after, *place))
        milliseconds = (time.perf_counter() - started) * 1000
        assert any(answer.values()), f"nothing was answered to {kind}"
        return milliseconds


def measure(bundler: RunningBundler, key: str, files: dict[str, str]) -> None:
    editor = Editor(bundler, key, files)
    print(f"\n{key}: {len(files)} files, {sum(map(len, files.values())) / 1000:.0f} KB")
    kinds: tuple[Kind, ...] = ("diagnostics", "hover", "complete")
    for kind in kinds:
        print(f"  first {kind}: {editor.ask(kind, 0):.0f} ms")
    for kind in kinds:
        times = sorted(editor.ask(kind, number) for number in range(1, ROUNDS + 1))
        p95 = times[round(0.95 * (ROUNDS - 1))]
        print(f"  {kind}: p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms ({ROUNDS} questions)")
    print(f"  the language server holds {bundler.client.stats()['language']:.0f} MB")


def measure_format(bundler: RunningBundler, files: dict[str, str]) -> None:
    language = LocalLanguageService(bundler.client.daemon)
    first = _milliseconds(partial(language.format, OPEN, files[OPEN]))
    code = [(path, text) for path, text in files.items() if path.endswith((".ts", ".tsx"))]
    times = sorted(_milliseconds(partial(language.format, path, text)) for path, text in code)
    print(f"\nformat: first {first:.0f} ms, p50 {statistics.median(times):.1f} ms, slowest {times[-1]:.1f} ms")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


@contextmanager
def daemon() -> Iterator[RunningBundler]:
    prepare(SHARED_HOME, print)
    with tempfile.TemporaryDirectory() as home, running_bundler(Path(home), installation(SHARED_HOME)) as running:
        yield running


def main() -> None:
    with daemon() as bundler:
        measure(bundler, "sample", sample_files())
        measure(bundler, "large", large_app())
        measure_format(bundler, sample_files())


if __name__ == "__main__":
    main()
