"""One real Postgres and one real Valkey for a whole test run, shared by all its xdist workers.

The first worker that asks starts a server; the last one that lets go stops it. Who is using it is a shared file lock,
which the kernel drops even when a worker is killed, so nothing is counted and nothing can be miscounted.
`TEST_DATABASE_URL` and `TEST_REDIS_URL` name servers to use instead.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from overskill.embedded.files import private_folder
from overskill.embedded.postgres import Postgres
from overskill.embedded.valkey import Valkey

_RUNS = Path(tempfile.gettempdir()) / f"overskill-tests-{os.getuid()}"
_TEMPLATE_LOCK = 781_409  # any number: an advisory lock of the test server
# Ends whoever is still in a transaction or holds a lock. Rows are deleted because a TRUNCATE would have to take every
# table that refers to another; as a replica, so that neither references nor the ledger's trigger object.
_EMPTY = """
do $$
declare
    one record;
begin
    perform pg_terminate_backend(pid, 10000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        and (state <> 'idle' or pid in (select pid from pg_locks));
    set local session_replication_role = replica;
    for one in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'alembic_version' loop
        execute 'delete from ' || one.name;
    end loop;
    for one in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'S' loop
        execute 'alter sequence ' || one.name || ' restart';
    end loop;
end $$
"""


class _Server(Protocol):
    def start(self) -> str: ...
    def stop(self) -> None: ...


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a Postgres whose role may create databases."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with _shared("postgres", lambda folder: Postgres(folder, folder / "log", durable=False, connections=200)) as url:
        yield url


@contextmanager
def valkey_server() -> Iterator[str]:
    """The URL of database 0 of a Valkey; `valkey_database` gives each xdist worker its own."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    with _shared("valkey", lambda folder: Valkey(folder, folder / "log", durable=False, databases=64)) as url:
        yield url


def valkey_database(url: str) -> str:
    """The same server, in the database of this xdist worker: flushing it disturbs nobody."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"{url.rpartition('/')[0]}/{worker}"


def template_database(admin_url: str, name: str, build: Callable[[str], None]) -> None:
    """Have a database to clone from; the first to ask builds it (`build` gets its URL), the others wait."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        unfinished = f"{name}_unfinished"
        drop_database(admin_url, unfinished)
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
        build(database_url(admin_url, unfinished))
        _rename(admin, unfinished, name)


def clone_database(admin_url: str, template: str, name: str) -> str:
    """A copy of the template in about 50 ms; its URL. Nobody may be connected to the template."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return database_url(admin_url, name)


def empty_database(engine: Engine) -> None:
    """As if it were just cloned, in a few milliseconds: no rows, nobody in a transaction, numbers start again."""
    if engine.pool.checkedout():  # type: ignore[attr-defined] - it is a QueuePool
        engine.dispose()
    with engine.begin() as connection:
        connection.exec_driver_sql(_EMPTY)


def drop_database(admin_url: str, name: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def database_url(admin_url: str, name: str) -> str:
    return f"{admin_url.rpartition('/')[0]}/{name}"


def _rename(admin: psycopg.Connection, old: str, new: str) -> None:
    """An engine that built the template may keep idle connections, which forbid renaming."""
    admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [old])
    admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


@contextmanager
def _shared(kind: str, build: Callable[[Path], _Server]) -> Iterator[str]:
    with _alone():
        _sweep(kind, build)
        folder = private_folder(_RUNS / f"{_run_name()}.{kind}")
        users = (folder / "users").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
        url = build(folder).start()
    try:
        yield url
    finally:
        users.close()
        with _alone():
            _stop_if_unused(folder, build)


def _run_name() -> str:
    """The workers of one run share a name; two runs at the same time do not."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"pid-{os.getpid()}"


def _sweep(kind: str, build: Callable[[Path], _Server]) -> None:
    """Stop what earlier runs left when they were killed."""
    for folder in _RUNS.glob(f"*.{kind}"):
        _stop_if_unused(folder, build)


def _stop_if_unused(folder: Path, build: Callable[[Path], _Server]) -> None:
    if not folder.exists():
        return
    with (folder / "users").open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        build(folder).stop()
        shutil.rmtree(folder)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time starts, joins or stops a server, over all runs of this user."""
    with (private_folder(_RUNS) / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
