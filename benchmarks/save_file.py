"""What a save while somebody types costs: rows, statements and time, in an app of 400 files that is open in a preview.

    .venv/bin/python -m benchmarks.save_file [saves]

Runs what the route runs (services/studio_files.save: authorize, merge, rows, version, the bundler's compile, the bells)
against a Postgres, a Valkey and a bundler of its own. The app imports every file, so each save is compiled and linked.
Of three kinds: the first of a sitting begins a version, the others grow it, and one that is made from an older text is
merged with what was saved meanwhile.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from benchmarks.turn_rows import Count, counting
from overskill import db
from overskill.bundler.setup import installation, prepare
from overskill.clients.bundler import Bundler, FakeBundler
from overskill.db import transaction
from overskill.models import App, VersionCause
from overskill.models.base import utc_now
from overskill.services.apps.files import checksum
from overskill.services.apps.saving import SITTING, FileChange
from overskill.services.apps.versions import find_version, save_version
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import save
from overskill.starter import starter_files
from tests.conftest import TEMPLATE, migrate
from tests.factories import make_app, make_user
from tests.support_bundler import SHARED_HOME, running_bundler
from tests.support_servers import clone_database, postgres_server, template_database, valkey_database, valkey_server

FILES = 400
SAVES = 100
PATH = "src/parts/Part1.tsx"


def part(number: int, first: object = "As it was", last: object = "The end") -> str:
    """What is written in the first and in the last line can be merged."""
    lines = "".join(f'      <p className="p-{line % 12}">Line {line}</p>\n' for line in range(40))
    head = f"export function Part{number}() {{\n  return (\n    <section>\n      <h2>{first}</h2>\n"
    return f"{head}{lines}      <p>{last}</p>\n    </section>\n  );\n}}\n"


def large_app() -> dict[str, str]:
    files = starter_files()
    count = FILES - len(files)
    imports = "".join(f'import {{ Part{number} }} from "./parts/Part{number}";\n' for number in range(count))
    shown = "".join(f"<Part{number} />" for number in range(count))
    files["src/App.tsx"] = f"{imports}\nexport default function App() {{\n  return <main>{shown}</main>;\n}}\n"
    return files | {f"src/parts/Part{number}.tsx": part(number) for number in range(count)}


def measure(title: str, saves: int, bundler: Bundler, log: ProgressLog) -> None:
    app = opened_app(bundler)
    texts = [part(1), *(part(1, f"{number} {title}") for number in range(2 * saves))]
    grown = [one_save(app, text, before, bundler, log) for before, text in pairwise(texts[:saves])]
    begun = []
    for before, text in pairwise(texts[saves - 1 :]):
        let_a_sitting_pass(app)
        begun.append(one_save(app, text, before, bundler, log))
    merged = []
    for number in range(saves):
        base, after = part(1, f"{number} {title}", number), part(1, f"{number + 1} {title}", number + 1)
        one_save(app, base, texts[-1], bundler, log)
        one_save(app, part(1, f"{number + 1} {title}", number), base, bundler, log)
        merged.append(one_save(app, part(1, f"{number} {title}", number + 1), base, bundler, log))
        texts.append(after)
    report("begins a version", begun)
    report("grows a version", grown)
    report("is merged", merged)


def let_a_sitting_pass(app: App) -> None:
    with transaction() as session:
        version = session.get_one(App, app.id).current_version
        find_version(session, app.id, version).updated_at = utc_now() - 2 * SITTING


def one_save(app: App, text: str, base: str, bundler: Bundler, log: ProgressLog) -> tuple[Count, float]:
    change = FileChange(PATH, text, checksum(base))
    with counting(db.engine()) as count:
        began = time.perf_counter()
        with transaction() as session:
            save(session, app.creator_id, app.slug, [change], bundler=bundler, log=log)
        return count, 1000 * (time.perf_counter() - began)


def report(name: str, saves: Sequence[tuple[Count, float]]) -> None:
    counts, times = [count for count, _ in saves], sorted(took for _, took in saves)
    statements = statistics.median(count.statements for count in counts)
    written, read = (statistics.median(getattr(count, what) for count in counts) for what in ("written", "read"))
    slow = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(
        f"{name:18} {len(saves):>6} {statements:>11.0f} {written:>13.0f} {read:>10.0f}"
        f" {statistics.median(times):>8.1f} {slow:>8.1f}"
    )


def main() -> None:
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else SAVES
    prepare(SHARED_HOME, print)
    with (
        tempfile.TemporaryDirectory() as home,
        running_bundler(Path(home), installation(SHARED_HOME)) as running,
        postgres_server() as url,
        valkey_server() as valkey,
    ):
        template_database(url, TEMPLATE, migrate)
        engine = db.connect(clone_database(url, TEMPLATE, "bench_save_file"), pool_size=5)
        db.use(engine)
        redis_url = valkey_database(valkey)
        log = ProgressLog(Redis.from_url(redis_url), AsyncRedis.from_url(redis_url))
        for title, bundler in (("with the bundler", running.client), ("without", FakeBundler())):
            print(f"\n{title:18} {'saves':>6} {'statements':>11} {'rows written':>13} {'rows read':>10}", end="")
            print(f" {'p50 ms':>8} {'p95 ms':>8}")
            measure(title, saves, bundler, log)
        db.use(None)
        engine.dispose()


def opened_app(bundler: Bundler) -> App:
    with transaction() as session:
        app = make_app(session, make_user(session), files=large_app())
        save_version(session, app, note="As it was", cause=VersionCause.GENERATION)
    opened = bundler.open(app.preview_key, large_app())
    assert not [one for one in opened.diagnostics if one.severity == "error"], opened.diagnostics
    return app


if __name__ == "__main__":
    main()
