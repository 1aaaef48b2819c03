"""What a save does beside the rows: the preview, what is wrong, and who hears of it."""

import pytest

from overskill.clients.bundler import Diagnostic, FakeBundler
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import InvalidInput
from overskill.models import App, AppVersion, GenerationStatus, User, VersionCause
from overskill.services.apps import checksum, save_version
from overskill.services.apps.bells import files_topic
from overskill.services.apps.saving import FileChange
from overskill.services.apps.versions import find_version
from overskill.services.generation.requests import app_topic
from overskill.services.studio_files import SavedFiles, read_text, save
from tests.factories import STARTER, make_app, make_generation, make_user

APP = "src/App.tsx"
BROKEN = Diagnostic(APP, "Expected }", 1, code="syntax")
HINT = Diagnostic(APP, "Could be shorter", 1, severity="warning")


@pytest.fixture
def bundler(services: Container) -> FakeBundler:
    assert isinstance(services.bundler, FakeBundler)
    return services.bundler


@pytest.fixture
def user(services: Container) -> User:
    with transaction() as session:
        return make_user(session)


@pytest.fixture
def app(user: User, bundler: FakeBundler) -> App:
    """Open in a browser."""
    with transaction() as session:
        app = make_app(session, user)
        save_version(session, app, note="Written", cause=VersionCause.GENERATION)
    bundler.open(app.preview_key, STARTER)
    return app


def edit(services: Container, app: App, text: str | None, *, path: str = APP, base: str | None = None) -> SavedFiles:
    change = FileChange(path, text, checksum(base or STARTER[path]))
    with transaction() as session:
        return save(session, app.creator_id, app.slug, [change], bundler=services.bundler, log=services.progress)


def version(app: App) -> AppVersion:
    with transaction() as session:
        return find_version(session, app.id, 2)


def test_what_is_saved_is_shown(services: Container, app: App, bundler: FakeBundler) -> None:
    edit(services, app, "x\n")
    assert bundler.apps[app.preview_key][APP] == "x\n"
    assert version(app).builds


def test_a_version_that_does_not_compile_says_so_until_it_does(
    services: Container, app: App, bundler: FakeBundler
) -> None:
    bundler.diagnostics = (HINT, BROKEN)
    assert edit(services, app, "{\n").diagnostics == (HINT, BROKEN)
    assert not version(app).builds
    bundler.diagnostics = (HINT,)
    edit(services, app, "{}\n", base="{\n")
    assert version(app).builds


def test_without_the_bundler_it_is_saved_all_the_same(services: Container, app: App, bundler: FakeBundler) -> None:
    bundler.is_down = True
    assert edit(services, app, "x\n").diagnostics == ()
    with transaction() as session:
        assert read_text(session, app.creator_id, app.slug, APP).text == "x\n"


def test_a_bundler_that_was_restarted_is_given_all_files(services: Container, app: App, bundler: FakeBundler) -> None:
    bundler.restart()
    edit(services, app, "x\n")
    assert bundler.apps[app.preview_key] == {**STARTER, APP: "x\n"}


def test_while_a_turn_is_written_a_save_says_only_what_is_wrong_with_it(
    services: Container, app: App, bundler: FakeBundler
) -> None:
    with transaction() as session:
        make_generation(session, app, status=GenerationStatus.RUNNING)
    bundler.diagnostics = (Diagnostic("src/Day.tsx", "Not there yet", code="unresolved"),)
    assert edit(services, app, "x\n").diagnostics == ()
    assert version(app).builds
    assert bundler.calls[-1] == ("draft", app.preview_key)


def test_while_a_turn_is_written_it_is_the_turn_that_opens_a_restarted_preview(
    services: Container, app: App, bundler: FakeBundler
) -> None:
    with transaction() as session:
        make_generation(session, app, status=GenerationStatus.RUNNING)
    bundler.restart()
    edit(services, app, "x\n")
    assert app.preview_key not in bundler.apps


@pytest.mark.parametrize("path", ["index.html", "package.json", "src/main.tsx"])
def test_what_an_app_starts_with_can_not_be_removed(services: Container, app: App, path: str) -> None:
    with pytest.raises(InvalidInput, match="needed for the app to start"):
        edit(services, app, None, path=path)


async def test_each_save_is_told_and_the_whole_editor_is_read_again_only_with_a_version(
    services: Container, app: App
) -> None:
    heard = services.redis.pubsub(ignore_subscribe_messages=True)
    heard.subscribe(f"bell:{app_topic(app.id)}")
    heard.get_message(timeout=1)
    edit(services, app, "x\n")
    edit(services, app, "y\n", base="x\n")
    edit(services, app, "y\n", base="y\n")
    told = [entry for _, entry in await services.progress.read(files_topic(app.id))]
    assert [(entry["revision"], entry["version"]) for entry in told] == [(2, 2), (3, 2)]
    assert heard.get_message(timeout=1) is not None
    assert heard.get_message(timeout=0.05) is None
    heard.close()
