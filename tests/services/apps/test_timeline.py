import pytest
from sqlmodel import Session

from overskill.container import Container
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import (
    App,
    Deployment,
    DeploymentStatus,
    GenerationStatus,
    Membership,
    Role,
    User,
    VersionCause,
)
from overskill.services.apps import checksum, read_files, save_version, write_files
from overskill.services.apps.timeline import Difference, compare, list_timeline, mark_version, read_held
from overskill.services.apps.versions import find_version, restore_version
from overskill.services.studio_versions import restore_some
from tests.factories import make_app, make_generation, make_user

APP, CARD = "src/App.tsx", "src/Card.tsx"


@pytest.fixture
def user(session: Session) -> User:
    return make_user(session, name="Ada")


@pytest.fixture
def app(session: Session, user: User) -> App:
    """Written by a turn, changed by hand, changed again."""
    app = make_app(session, user, slug="habits", files={APP: "one\n", "src/main.tsx": "m\n", "index.html": "h\n"})
    save_version(session, app, note="A habit tracker", cause=VersionCause.GENERATION)
    write_files(session, app.id, {APP: "one\ntwo\n", CARD: "card\n"})
    save_version(session, app, note="Edited App.tsx", cause=VersionCause.EDIT, author_id=user.id)
    write_files(session, app.id, {APP: "two\n", CARD: None})
    save_version(session, app, note="Less", cause=VersionCause.GENERATION, builds=False)
    return app


def numbers(session: Session, user: User, **wish: object) -> list[int]:
    return [one.number for one in list_timeline(session, user.id, "habits", **wish).versions]  # type: ignore[arg-type]


def test_the_newest_comes_first_with_who_made_it(session: Session, app: App, user: User) -> None:
    newest, edited, first = list_timeline(session, user.id, "habits").versions
    assert (newest.number, newest.is_current, newest.builds, newest.author) == (3, True, False, "OverSkill")
    assert (edited.cause, edited.author, edited.files, edited.is_current) == ("edit", "Ada", 2, False)
    assert (first.note, first.files, first.published) == ("A habit tracker", 3, ())


def test_after_going_back_every_version_with_those_files_says_so(session: Session, app: App, user: User) -> None:
    restore_version(session, app, user.id, 1)
    versions = list_timeline(session, user.id, "habits").versions
    assert [(one.number, one.is_current) for one in versions if one.has_files_of_now] == [(4, True), (1, False)]
    write_files(session, app.id, {APP: "other\n"})
    save_version(session, app, note="Edited App.tsx", cause=VersionCause.EDIT, author_id=user.id)
    versions = list_timeline(session, user.id, "habits").versions
    assert [one.number for one in versions if one.has_files_of_now] == [5]


def test_it_comes_in_pages(session: Session, app: App, user: User) -> None:
    page = list_timeline(session, user.id, "habits", limit=2)
    assert ([one.number for one in page.versions], page.has_more) == ([3, 2], True)
    rest = list_timeline(session, user.id, "habits", before=2, limit=2)
    assert ([one.number for one in rest.versions], rest.has_more) == ([1], False)


def test_what_was_published_says_where_and_when(session: Session, app: App, user: User) -> None:
    for version, status, is_live in ((1, DeploymentStatus.DEPLOYED, False), (2, DeploymentStatus.DEPLOYED, True)):
        session.add(Deployment(app_id=app.id, user_id=user.id, version=version, status=status, is_live=is_live))
    session.add(Deployment(app_id=app.id, user_id=user.id, version=3, status=DeploymentStatus.FAILED))
    session.flush()
    assert numbers(session, user, only="published") == [2, 1]
    [live] = list_timeline(session, user.id, "habits", only="published").versions[0].published
    assert (live.environment, live.is_live) == ("production", True)


def test_named_and_pinned_ones_are_kept_in_sight(session: Session, app: App, user: User) -> None:
    mark_version(session, user.id, "habits", 1, name="  Before   the sale ")
    mark_version(session, user.id, "habits", 2, is_pinned=True)
    assert numbers(session, user, only="kept") == [2, 1]
    assert find_version(session, app.id, 1).name == "Before the sale"
    mark_version(session, user.id, "habits", 1, name="")
    assert numbers(session, user, only="kept") == [2]


@pytest.mark.parametrize(("only", "expected"), [("generation", [3, 1]), ("edit", [2]), ("restore", [])])
def test_one_cause_alone_can_be_seen(session: Session, app: App, user: User, only: str, expected: list[int]) -> None:
    assert numbers(session, user, only=only) == expected


def test_a_name_that_is_too_long_is_refused(session: Session, app: App, user: User) -> None:
    with pytest.raises(InvalidInput, match="80"):
        mark_version(session, user.id, "habits", 1, name="x" * 81)


def test_any_two_versions_are_compared_by_file(session: Session, app: App, user: User) -> None:
    assert compare(session, user.id, "habits", 1, 2) == [
        Difference(APP, checksum("one\n"), checksum("one\ntwo\n"), added=1, removed=0),
        Difference(CARD, None, checksum("card\n"), added=1, removed=0),
    ]
    assert [(one.path, one.after, one.removed) for one in compare(session, user.id, "habits", 2, 3)] == [
        (APP, checksum("two\n"), 1),
        (CARD, None, 1),
    ]
    assert compare(session, user.id, "habits", 2, 2) == []
    assert len(compare(session, user.id, "habits", 0, 1)) == 3


def test_texts_of_this_app_are_read_and_no_others(session: Session, app: App, user: User) -> None:
    stranger = make_user(session)
    secret = make_app(session, stranger, files={"src/x.ts": "secret\n"}, versions=1)
    assert read_held(session, user.id, "habits", checksum("card\n")) == "card\n"
    with pytest.raises(NotFound):
        read_held(session, user.id, "habits", checksum("secret\n"))
    with pytest.raises(NotFound):
        read_held(session, user.id, secret.slug, checksum("secret\n"))


def test_some_files_come_back_and_the_rest_stays(session: Session, app: App, user: User, services: Container) -> None:
    saved = restore_some(session, user.id, "habits", 2, [CARD], bundler=services.bundler, log=services.progress)
    assert saved.version == 4
    assert read_files(session, app.id) == {APP: "two\n", CARD: "card\n", "src/main.tsx": "m\n", "index.html": "h\n"}
    version = find_version(session, app.id, 4)
    assert (version.cause, version.note) == (VersionCause.RESTORE, "1 file from version 2: Edited App.tsx")


def test_a_file_that_was_not_there_is_removed(session: Session, app: App, user: User, services: Container) -> None:
    parts = {"bundler": services.bundler, "log": services.progress}
    restore_some(session, user.id, "habits", 2, [CARD], **parts)
    restore_some(session, user.id, "habits", 1, [CARD, APP], **parts)
    assert read_files(session, app.id) == {APP: "one\n", "src/main.tsx": "m\n", "index.html": "h\n"}


def test_nothing_comes_back_under_a_turn(session: Session, app: App, user: User, services: Container) -> None:
    make_generation(session, app, status=GenerationStatus.RUNNING)
    with pytest.raises(Conflict, match="being changed right now"):
        restore_some(session, user.id, "habits", 1, [APP], bundler=services.bundler, log=services.progress)


def test_viewers_look_but_change_nothing(session: Session, app: App, services: Container) -> None:
    viewer = make_user(session)
    session.add(Membership(team_id=app.team_id, user_id=viewer.id, role=Role.VIEWER))
    session.flush()
    assert numbers(session, viewer) == [3, 2, 1]
    with pytest.raises(NotAllowed):
        mark_version(session, viewer.id, "habits", 1, is_pinned=True)
    with pytest.raises(NotAllowed):
        restore_some(session, viewer.id, "habits", 1, [APP], bundler=services.bundler, log=services.progress)
