"""What a turn costs the database: statements and rows, by how large the app is and how many files change.

    .venv/bin/python -m benchmarks.turn_rows

A turn should cost as much as it changes, however large the app is. Runs the pipeline itself on a Postgres and a Valkey
of its own; the bundler, the checker and the author are scripted, so nothing but the pipeline asks the database.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from sqlalchemy import CursorResult, Engine, event

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.checker import FakeChecker
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.objects import FakeObjectStore
from overskill.db import transaction
from overskill.models import VersionCause
from overskill.services.apps.files import write_files
from overskill.services.apps.versions import save_version
from overskill.services.billing.amounts import Tariff
from overskill.services.generation import Intake, Workshop, request_turn, run_turn
from overskill.services.progress import ProgressLog
from tests.conftest import TEMPLATE, migrate
from tests.factories import make_app, make_user
from tests.fake_author import FakeAuthor, says, writes
from tests.support_servers import clone_database, postgres_server, template_database, valkey_database, valkey_server

SIZES = (25, 100, 400)
CHANGES = (1, 5, 25)
_LINE = "export const value = 'a line of an app, about as long as they are';\n"


@dataclass
class Count:
    statements: int = 0
    written: int = 0  # rows that were inserted, updated or deleted
    read: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@contextmanager
def counting(engine: Engine) -> Iterator[Count]:
    count = Count()

    def after(_: object, cursor: CursorResult[tuple[object]], statement: str, *__: object) -> None:
        kind = statement.lstrip().split(" ", 1)[0].upper()
        count.statements += 1
        count.kinds[kind] += 1
        if kind == "SELECT":
            count.read += max(0, cursor.rowcount)
        else:
            count.written += max(0, cursor.rowcount)

    event.listen(engine, "after_cursor_execute", after)
    try:
        yield count
    finally:
        event.remove(engine, "after_cursor_execute", after)


def measure(size: int, changes: int, redis_url: str) -> Count:
    redis = Redis.from_url(redis_url)
    author = FakeAuthor()
    log, queue = ProgressLog(redis, AsyncRedis.from_url(redis_url)), FakeJobQueue()
    workshop = Workshop(author, FakeBundler(), FakeChecker(), FakeObjectStore(), log, queue, Tariff())
    intake = Intake(author, workshop.tariff, queue, log)
    paths = [f"src/part{number}.ts" for number in range(size)]
    with transaction() as session:
        app = make_app(session, make_user(session))
        write_files(session, app.id, {path: _LINE * 30 + path for path in paths})
        save_version(session, app, note="As it was", cause=VersionCause.EDIT)
        turn = request_turn(session, app, app.creator_id, "change some of it", intake=intake)
    script = [says("On it.")]
    for path in paths[:changes]:
        script += writes(path, _LINE * 31 + path)
    author.scripts = [script]
    with counting(db.engine()) as count:
        run_turn(turn.id, workshop)
    return count


def main() -> None:
    with postgres_server() as url, valkey_server() as valkey:
        template_database(url, TEMPLATE, migrate)
        engine = db.connect(clone_database(url, TEMPLATE, "bench_turn_rows"), pool_size=5)
        db.use(engine)
        redis_url = valkey_database(valkey)
        print(f"{'files':>6} {'changed':>8} {'statements':>11} {'rows written':>13} {'rows read':>10}")
        for size in SIZES:
            for changes in CHANGES:
                count = measure(size, changes, redis_url)
                print(f"{size:>6} {changes:>8} {count.statements:>11} {count.written:>13} {count.read:>10}")
        db.use(None)
        engine.dispose()


if __name__ == "__main__":
    main()
