"""A real Postgres and Valkey for every test, fakes for what is outside, and a browser tab without a browser."""

import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import pytest_asyncio
from alembic.config import Config
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from sqlalchemy import Engine
from sqlmodel import Session

from alembic import command
from overskill import container, db
from overskill.clients.breakers import FakeBreakers
from overskill.clients.builders import BuilderName
from overskill.clients.builders.local import LocalBuilder
from overskill.clients.bundler import FakeBundler
from overskill.clients.canvas import FakeCanvas
from overskill.clients.checker import FakeChecker
from overskill.clients.codebase import FakeCodebase
from overskill.clients.connections import FakeConnections, ModelClients
from overskill.clients.custom_hosts import FakeCustomHosts
from overskill.clients.dns import FakeResolver
from overskill.clients.edge import FakeEdge
from overskill.clients.edge_health import FakeHealth
from overskill.clients.edge_routes import FakeRoutes
from overskill.clients.edge_usage import FakeUsage
from overskill.clients.elements import FakeElements
from overskill.clients.github import FakeCodeHost
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.jobs_desk import FakeJobsDesk
from overskill.clients.language import FakeLanguageService
from overskill.clients.local_servers import FakeLocalServers
from overskill.clients.mail import FakeMail
from overskill.clients.objects import FakeObjectStore
from overskill.clients.package_store import FakePackageStore
from overskill.clients.packages import FakePackageSizes
from overskill.clients.providers import FakeModelLists
from overskill.clients.registry import FakeRegistry
from overskill.clients.shares import FakeSharedPreviews
from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.double import StripeDouble
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import OverskillError
from overskill.services.accounts import passwords
from overskill.services.packages import PackageRules, Shelf
from overskill.services.progress import ProgressLog
from tests.fake_author import FakeAuthor
from tests.support_servers import (
    clone_database,
    drop_database,
    empty_database,
    postgres_server,
    template_database,
    valkey_database,
    valkey_server,
)
from tests.support_settings import without_settings

ROOT = Path(__file__).parent.parent
TEMPLATE = "overskill_template"
_LONGEST_FIRST = (
    "tests/test_recovery.py",
    "tests/browser/test_with_a_model.py",
    "tests/browser/test_interruptions.py",
    "tests/browser/test_commands.py",
    "tests/browser/",
    "tests/services/recipes/test_gate.py",
    "tests/services/recipes/test_acceptance.py",
    "tests/services/generation/test_streams.py",
    "tests/checker/",
    "tests/bundler/",
    "tests/edge/",
    "tests/embedded/",
)


def pytest_configure() -> None:
    """Before anything is imported that asks for the settings."""
    chosen = without_settings(os.environ)
    os.environ.clear()
    os.environ.update(chosen)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest begin first, so that no worker is left with one when the others are done."""
    items.sort(key=lambda item: _place_in_line(item.path.relative_to(ROOT).as_posix()))


def _place_in_line(file: str) -> int:
    return next((place for place, start in enumerate(_LONGEST_FIRST) if file.startswith(start)), len(_LONGEST_FIRST))


def migrate(url: str) -> None:
    engine = db.connect(url, pool_size=1)
    config = Config(ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "head")
    engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        template_database(url, TEMPLATE, migrate)
        yield url


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    with valkey_server() as url:
        yield valkey_database(url)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """The same kind of hash as always, but a guess at it costs next to nothing instead of a tenth of a second."""
    argon2 = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_argon2", lambda: argon2)
        yield


@pytest.fixture(scope="session")
def worker_database(postgres: str) -> Iterator[tuple[str, Engine]]:
    """The database that the tests of this xdist worker use, one after the other, and its connections."""
    name = f"test_{uuid.uuid4().hex}"
    url = clone_database(postgres, TEMPLATE, name)
    engine = db.connect(url, pool_size=5)
    yield url, engine
    engine.dispose()
    drop_database(postgres, name)


@pytest.fixture
def database(worker_database: tuple[str, Engine]) -> Iterator[str]:
    """The URL of a migrated, empty database that nobody else uses; db.transaction() uses it.

    A test that changes tables, not only rows, clones a database of its own.
    """
    url, engine = worker_database
    db.use(engine.execution_options())  # the same connections, but what listens to them ends with the test
    yield url
    db.use(None)
    empty_database(engine)


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """An open transaction, committed when the test ends."""
    with db.transaction() as opened:
        yield opened


@pytest.fixture
def redis(valkey: str) -> Iterator[Redis]:
    client = Redis.from_url(valkey)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a development instance."""
    return Settings(OVERSKILL_HOME=tmp_path / "home")


@pytest_asyncio.fixture
async def services(database: str, redis: Redis, settings: Settings, valkey: str) -> AsyncIterator[Container]:
    """The container every state, route and job sees: real rows and a real log, fakes for the rest."""
    progress = ProgressLog(redis, AsyncRedis.from_url(valkey))
    bundler = FakeBundler()
    installed = Container(
        settings=settings,
        redis=redis,
        progress=progress,
        queue=FakeJobQueue(),
        jobs_desk=FakeJobsDesk(),
        bundler=bundler,
        elements=FakeElements(),
        canvas=FakeCanvas(),
        codebase=FakeCodebase(),
        shares=FakeSharedPreviews(),
        language=FakeLanguageService(),
        packages=FakePackageSizes(),
        shelf=Shelf(FakeRegistry(), FakePackageStore(), PackageRules()),
        edge=FakeEdge(),
        routes=FakeRoutes(),
        health=FakeHealth(),
        usage=FakeUsage(),
        resolver=FakeResolver(),
        code_host=FakeCodeHost(),
        hosts=FakeCustomHosts(),
        objects=FakeObjectStore(),
        mail=FakeMail(),
        payments=StripePayments(settings, double=StripeDouble(settings.site_url), pauses=False),
        models=ModelClients(FakeConnections(), FakeBreakers(), FakeModelLists(), FakeLocalServers()),
        authors=FakeAuthor(),
        checker=FakeChecker(),
        builders={BuilderName.LOCAL: LocalBuilder(bundler)},
    )
    container.install(installed)
    yield installed
    container.install(None)
    await progress.close()


@pytest.fixture
def work(services: Container) -> Callable[[], int]:
    """Run everything in the queue, as a worker would, until it is empty. Returns how many jobs ran."""

    def drain() -> int:
        queue = services.queue
        assert isinstance(queue, FakeJobQueue)
        ran = 0
        while queue.enqueued:
            job, ids, _ = queue.enqueued.pop(0)
            module, _, function = job.rpartition(".")
            getattr(import_module(module), function)(*ids)
            ran += 1
        return ran

    return drain


@dataclass
class Tab:
    """One open browser tab, without the browser: fire events, see what was sent."""

    processor: Any
    cookie: str = ""
    ip: str = ""
    deltas: list[dict[str, dict[str, Any]]] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    token: str = field(default_factory=lambda: str(uuid.uuid4()))

    async def fire(self, handler: Any, *, path: str = "/", params: dict[str, str] | None = None, **payload: Any) -> Any:
        """Call a handler as a client would. Await `.wait_all()` on the answer for what it chains."""
        from reflex_base.event import Event

        router = {"pathname": path, "asPath": path, "query": params or {}, "headers": {"cookie": self.cookie}}
        router["ip"] = self.ip
        name = f"{handler.state_full_name}.{handler.fn.__name__}"
        return await self.processor.enqueue(self.token, Event(name=name, payload=payload, router_data=router))

    async def do(self, handler: Any, *, path: str = "/", params: dict[str, str] | None = None, **payload: Any) -> None:
        """Call a handler and wait for it and everything it chains."""
        future = await self.fire(handler, path=path, params=params, **payload)
        await future.wait_all()

    def seen(self, var: str) -> list[Any]:
        """Every value this tab was sent for a var, oldest first."""
        return [
            value
            for delta in self.deltas
            for state in delta.values()
            for name, value in state.items()
            if name.startswith(f"{var}_rx_state_")
        ]


@pytest_asyncio.fixture
async def tab(services: Container, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Tab]:
    """A tab of nobody. An OverskillError that a handler raises is kept in `tab.errors`; any other fails the test."""
    from reflex.app_mixins.middleware import MiddlewareMixin
    from reflex.istate.manager.memory import StateManagerMemory
    from reflex_base.event.context import EventContext
    from reflex_base.event.processor import BaseStateEventProcessor

    from overskill.state.arguments import ArgumentCheck

    monkeypatch.setattr(BaseStateEventProcessor, "_rehydrate", mock.AsyncMock())
    bugs: list[Exception] = []

    def keep(error: Exception) -> None:
        (opened.errors if isinstance(error, OverskillError) else bugs).append(error)

    async def emit_delta(token: str, delta: dict[str, dict[str, Any]]) -> None:
        opened.deltas.append({name: dict(values) for name, values in delta.items()})

    async def emit_event(token: str, *events: Any) -> None:
        opened.events.extend(events)

    middleware = MiddlewareMixin()
    middleware.add_middleware(ArgumentCheck())
    processor = BaseStateEventProcessor(
        middleware=middleware, backend_exception_handler=keep, graceful_shutdown_timeout=0.1
    )
    opened = Tab(processor)
    states = StateManagerMemory()
    processor._root_context = EventContext(
        token="",
        state_manager=states,
        enqueue_impl=processor.enqueue_many,
        emit_delta_impl=emit_delta,
        emit_event_impl=emit_event,
    )
    async with processor:
        yield opened
    await states.close()
    assert not bugs, bugs
