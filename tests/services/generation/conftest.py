"""An app whose turns a test can ask for."""

from collections.abc import Callable, Iterator

import pytest

from overskill.bundler.launcher import socket_path
from overskill.bundler.setup import Installation
from overskill.clients.bundler import FakeBundler, LocalBundler
from overskill.container import Container
from overskill.db import transaction
from overskill.models import App, Generation
from overskill.services import apps
from overskill.services.generation import request_turn
from tests.factories import make_app, make_user
from tests.fake_author import FakeAuthor
from tests.services.generation.eyes import Eyes
from tests.support_bundler import RunningBundler, bundler_installation, running_bundler

__all__ = ["bundler_installation"]


@pytest.fixture
def author(services: Container) -> FakeAuthor:
    assert isinstance(services.authors, FakeAuthor)
    return services.authors


@pytest.fixture
def bundler(services: Container) -> FakeBundler:
    assert isinstance(services.bundler, FakeBundler)
    return services.bundler


@pytest.fixture
def app(services: Container) -> App:
    with transaction() as session:
        return make_app(session, make_user(session))


@pytest.fixture
def ask(services: Container, app: App) -> Callable[..., Generation]:
    def put(prompt: str = "a habit tracker") -> Generation:
        with transaction() as session:
            found = apps.app_to_change(session, app.creator_id, app.slug)
            return request_turn(session, found, app.creator_id, prompt, intake=services.intake)

    return put


@pytest.fixture
def quick_bundler(quick_daemon: tuple[RunningBundler, LocalBundler]) -> LocalBundler:
    running, client = quick_daemon
    running.keep_up()
    return client


@pytest.fixture(scope="session")
def quick_daemon(
    bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[RunningBundler, LocalBundler]]:
    """The real daemon: previews, repairs and scans. Types and builds would take too long: who checks them is told of
    by what the app says (see Eyes)."""
    with running_bundler(tmp_path_factory.mktemp("quick"), bundler_installation) as running:
        client = LocalBundler(socket_path(running.settings), Eyes.build, Eyes.inspect)
        yield running, client
        client.disconnect()
