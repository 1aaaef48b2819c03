from uuid import uuid4

import pytest

from overskill import db
from overskill.container import Container
from overskill.models import App, User, VersionCause
from overskill.services.apps import checksum, save_version
from overskill.services.apps.bells import KEEP_ENTRIES, files_topic, tell_files
from overskill.services.studio import restore, undo_last
from tests.factories import make_app, make_user

APP = "src/App.tsx"


@pytest.fixture
def user(services: Container) -> User:
    with db.transaction() as session:
        return make_user(session, name="Grace Hopper")


@pytest.fixture
def app(user: User) -> App:
    with db.transaction() as session:
        return make_app(session, user, versions=2)


async def test_a_follower_that_was_away_reads_what_it_missed(services: Container) -> None:
    app_id = uuid4()
    tell_files(services.progress, app_id, revision=1, version=1, files={APP: "x"}, by="Ada")
    [(seen, _)] = await services.progress.read(files_topic(app_id))
    tell_files(services.progress, app_id, revision=2, version=1, files={APP: None}, by="Ada")
    [(_, missed)] = await services.progress.read(files_topic(app_id), seen)
    expected = {"k": "files", "revision": 2, "version": 1, "files": [{"path": APP, "checksum": None}], "by": "Ada"}
    assert missed == expected


async def test_only_so_many_changes_are_kept_and_not_for_ever(services: Container) -> None:
    app_id = uuid4()
    for revision in range(3 * KEEP_ENTRIES):
        tell_files(services.progress, app_id, revision=revision, version=1, files={}, by="Ada")
    kept = await services.progress.read(files_topic(app_id), count=3 * KEEP_ENTRIES)
    assert KEEP_ENTRIES <= len(kept) < 2 * KEEP_ENTRIES
    assert services.redis.ttl(files_topic(app_id)) > 0


@pytest.mark.parametrize("how", ["restore", "undo"])
async def test_a_restored_version_is_told_by_what_it_changed(
    services: Container, app: App, user: User, how: str
) -> None:
    with db.transaction() as session:
        if how == "restore":
            restore(session, user.id, app.slug, 1, bundler=services.bundler, log=services.progress)
        else:
            undo_last(session, user.id, app.slug, bundler=services.bundler, log=services.progress)
    [(_, told)] = await services.progress.read(files_topic(app.id))
    first = checksum("export const version = 1;\n")
    assert told["files"] == [{"path": APP, "checksum": first}]
    assert (told["revision"], told["version"], told["by"]) == (3, 3, "Grace Hopper")


def test_each_version_is_a_revision(app: App) -> None:
    with db.transaction() as session:
        now = session.get_one(App, app.id)
        save_version(session, now, note="Again", cause=VersionCause.GENERATION)
        assert now.revision == 3
