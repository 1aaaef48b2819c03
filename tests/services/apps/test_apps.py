import pytest
from sqlalchemy import event
from sqlmodel import Session, func, select

from overskill import db
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound
from overskill.models import (
    App,
    AppStatus,
    FileBlob,
    Generation,
    GenerationStatus,
    Membership,
    Role,
    VersionCause,
    VersionFile,
)
from overskill.services import apps
from tests.factories import STARTER, make_app, make_generation, make_user, versions_of


def test_an_app_is_created_from_a_prompt_with_the_starters_files(session: Session) -> None:
    user = make_user(session)
    app = apps.create_app(session, user.id, "  a habit tracker with streaks ", STARTER)
    assert (app.name, app.slug) == ("Habit Tracker Streaks", "habit-tracker-streaks")
    assert app.logo.startswith("<svg")
    assert apps.read_files(session, app.id) == STARTER
    assert app.current_version == 0


def test_two_apps_of_one_name_get_different_addresses(session: Session) -> None:
    user = make_user(session)
    first = apps.create_app(session, user.id, "a plant diary", STARTER)
    second = apps.create_app(session, user.id, "a plant diary", STARTER)
    assert second.slug != first.slug
    assert second.slug.startswith(first.slug)


@pytest.mark.parametrize("prompt", ["", "  \n ", "x", "a" * 8001])
def test_a_prompt_that_cannot_be_used_is_refused_with_a_sentence(session: Session, prompt: str) -> None:
    with pytest.raises(InvalidInput):
        apps.create_app(session, make_user(session).id, prompt, STARTER)


@pytest.mark.parametrize("name", ["", " \n ", "a" * 61, "a\0b", "left\u202eright"])
def test_a_name_that_can_not_be_shown_is_refused(session: Session, name: str) -> None:
    app = make_app(session, make_user(session))
    with pytest.raises(InvalidInput):
        apps.rename_app(session, app, name)


def test_an_app_of_another_team_does_not_exist_for_me(session: Session) -> None:
    app = make_app(session, make_user(session))
    with pytest.raises(NotFound):
        apps.app_to_read(session, make_user(session).id, app.slug)


def test_a_viewer_may_look_but_not_change(session: Session) -> None:
    app = make_app(session, make_user(session))
    viewer = make_user(session)
    session.add(Membership(team_id=app.team_id, user_id=viewer.id, role=Role.VIEWER))
    session.flush()
    assert apps.app_to_read(session, viewer.id, app.slug).id == app.id
    with pytest.raises(NotAllowed):
        apps.app_to_change(session, viewer.id, app.slug)


def test_saving_one_file_writes_one_blob(session: Session) -> None:
    app = make_app(session, make_user(session), versions=1)
    before = session.exec(select(func.count()).select_from(FileBlob)).one()
    apps.write_files(session, app.id, {"src/App.tsx": "changed", "index.html": STARTER["index.html"]})
    assert session.exec(select(func.count()).select_from(FileBlob)).one() == before + 1


def test_a_file_can_be_removed(session: Session) -> None:
    app = make_app(session, make_user(session))
    apps.write_files(session, app.id, {"src/App.tsx": None})
    assert "src/App.tsx" not in apps.read_files(session, app.id)


def test_restoring_brings_the_files_back_as_a_version_of_its_own(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=3)
    apps.restore_version(session, app, user.id, 1)
    assert apps.read_files(session, app.id)["src/App.tsx"] == "export const version = 1;\n"
    assert app.current_version == 4
    assert [view.number for view in versions_of(session, app)] == [4, 3, 2, 1]


def test_undo_goes_further_back_each_time_and_ends_at_the_first_version(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=3)
    shown = []
    for _ in range(2):
        apps.undo(session, app, user.id)
        shown.append(apps.read_files(session, app.id)["src/App.tsx"])
    assert shown == ["export const version = 2;\n", "export const version = 1;\n"]
    with pytest.raises(Conflict):
        apps.undo(session, app, user.id)


def test_nothing_is_restored_while_a_turn_is_under_way(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=2)
    make_generation(session, app)
    with pytest.raises(Conflict):
        apps.undo(session, app, user.id)


def test_a_copy_has_the_same_files_and_an_address_of_its_own(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=2)
    copy = apps.duplicate_app(session, app, user.id)
    assert apps.read_files(session, copy.id) == apps.read_files(session, app.id)
    assert copy.slug != app.slug
    assert copy.current_version == 1
    assert copy.preview_key != app.preview_key


def test_a_deleted_app_is_gone_from_the_list_and_can_be_brought_back(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user)
    apps.delete_app(session, app)
    session.flush()
    assert apps.list_apps(session, user.id) == []
    assert [found.slug for found in apps.list_apps(session, user.id, status=AppStatus.DELETED)] == [app.slug]
    with pytest.raises(NotFound):
        apps.app_to_read(session, user.id, app.slug)
    apps.bring_back_app(session, apps.app_to_change(session, user.id, app.slug, even_deleted=True))
    assert [found.slug for found in apps.list_apps(session, user.id)] == [app.slug]


def test_a_turn_that_ends_while_apps_are_listed_never_leaves_one_that_seems_empty_and_done(database: str) -> None:
    with transaction() as session:
        user = make_user(session)
        app = make_app(session, user)
        turn = make_generation(session, app, status=GenerationStatus.RUNNING)

    def end_turn(*_: object) -> None:
        with transaction() as meanwhile:
            meanwhile.get_one(App, app.id).current_version = 1
            meanwhile.get_one(Generation, turn.id).status = GenerationStatus.SUCCEEDED

    event.listen(db.engine(), "after_cursor_execute", end_turn, once=True)
    with transaction() as session:
        listed = apps.list_apps(session, user.id)[0]
    assert (listed.is_working, listed.version) == (True, 1)


@pytest.fixture
def full(session: Session, monkeypatch: pytest.MonkeyPatch) -> App:
    """One of as many apps as its maker may have."""
    monkeypatch.setattr("overskill.services.apps.create.MOST_APPS", 2)
    user = make_user(session)
    apps.archive_app(session, make_app(session, user, name="Old"))
    return make_app(session, user, versions=1)


def test_there_is_a_most_of_apps_that_also_counts_the_archive(session: Session, full: App) -> None:
    with pytest.raises(LimitReached, match="2 is the most"):
        apps.create_app(session, full.creator_id, "a habit tracker", STARTER)
    with pytest.raises(LimitReached):
        apps.duplicate_app(session, full, full.creator_id)


def test_a_deleted_app_makes_room_and_comes_back_only_while_there_is_some(session: Session, full: App) -> None:
    apps.delete_app(session, full)
    apps.create_app(session, full.creator_id, "a habit tracker", STARTER)
    with pytest.raises(LimitReached):
        apps.bring_back_app(session, full)


def test_an_archived_app_can_always_be_brought_back(session: Session, full: App) -> None:
    apps.archive_app(session, full)
    apps.bring_back_app(session, full)


def test_a_version_keeps_what_it_changed_and_copies_no_bytes(session: Session) -> None:
    app = make_app(session, make_user(session), versions=2)
    kept = session.exec(select(func.count()).select_from(VersionFile)).one()
    assert kept == len(apps.read_files(session, app.id)) + 1


def test_a_version_holds_what_was_there_when_it_was_saved(session: Session) -> None:
    app = make_app(session, make_user(session))
    held = []
    for changes in ({"src/a.ts": "1", "src/b.ts": "1"}, {"src/a.ts": "2"}, {"src/b.ts": None}, {"src/b.ts": "3"}):
        apps.write_files(session, app.id, changes)
        apps.save_version(session, app, note="", cause=VersionCause.EDIT, paths=list(changes))
        held.append(apps.read_files(session, app.id))
    assert [apps.version_files(session, app.id, number) for number in (1, 2, 3, 4)] == held
    assert "src/b.ts" not in held[2]


def test_going_back_brings_back_what_was_deleted_and_takes_away_what_was_added(session: Session) -> None:
    app = make_app(session, make_user(session))
    for changes in ({"src/a.ts": "1"}, {"src/a.ts": None, "src/b.ts": "2"}):
        apps.write_files(session, app.id, changes)
        apps.save_version(session, app, note="", cause=VersionCause.EDIT)
    apps.restore_version(session, app, app.creator_id, 1)
    assert apps.read_files(session, app.id) == apps.version_files(session, app.id, 1)
    assert apps.version_files(session, app.id, 3) == apps.version_files(session, app.id, 1)
