from datetime import timedelta

import pytest
from sqlmodel import Session, select

from overskill.errors import InvalidInput, LimitReached
from overskill.models import App, AppVersion, Deployment, User, VersionCause
from overskill.models.base import utc_now
from overskill.services.apps import checksum, read_files, save_version, version_files, write_files
from overskill.services.apps.saving import (
    MOST_FILES,
    SITTING,
    ChangedMeanwhile,
    FileChange,
    FileNow,
    Saved,
    save_changes,
)
from tests.factories import STARTER, make_app, make_user
from tests.market_rows import make_listing

APP = "src/App.tsx"
LINES = "one\ntwo\nthree\nfour\nfive\n"


@pytest.fixture
def user(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def app(session: Session, user: User) -> App:
    """With a first version, as a turn makes it."""
    app = make_app(session, user, files={**STARTER, APP: LINES})
    save_version(session, app, note="Written", cause=VersionCause.GENERATION)
    return app


def change(text: str | None, *, path: str = APP, base: str | None = LINES) -> FileChange:
    return FileChange(path, text, checksum(base) if base is not None else None)


def save(session: Session, app: App, user: User, *changes: FileChange) -> Saved:
    return save_changes(session, app, user.id, changes)


def versions(session: Session, app: App) -> list[AppVersion]:
    return list(session.exec(select(AppVersion).where(AppVersion.app_id == app.id).order_by(AppVersion.number)))  # type: ignore[arg-type]


def test_what_is_saved_is_there_and_is_a_version(session: Session, app: App, user: User) -> None:
    saved = save(session, app, user, change("x\n"))
    assert (saved.version, saved.revision, saved.is_version_begun) == (2, 2, True)
    assert read_files(session, app.id)[APP] == "x\n"
    [_, version] = versions(session, app)
    assert (version.cause, version.note, version.author_id) == (VersionCause.EDIT, "Edited App.tsx", user.id)


def test_one_sitting_is_one_version(session: Session, app: App, user: User) -> None:
    save(session, app, user, change("x\n"))
    saved = save(session, app, user, change("y\n", base="x\n"), change("new\n", path="src/b.ts", base=None))
    assert (saved.version, saved.revision, saved.is_version_begun) == (2, 3, False)
    [_, version] = versions(session, app)
    assert version.note == "Edited App.tsx and 1 more file"
    assert version_files(session, app.id, 2) == read_files(session, app.id)


def test_a_file_that_comes_and_goes_in_one_sitting_was_never_there(session: Session, app: App, user: User) -> None:
    save(session, app, user, change("x\n"))
    save(session, app, user, change("new\n", path="src/b.ts", base=None))
    save(session, app, user, change(None, path="src/b.ts", base="new\n"))
    assert "src/b.ts" not in version_files(session, app.id, 2)


@pytest.mark.parametrize("what", ["pause", "name", "pin", "somebody else", "publish", "turn", "release"])
def test_a_version_that_is_done_with_does_not_grow(session: Session, app: App, user: User, what: str) -> None:
    save(session, app, user, change("x\n"))
    [_, version] = versions(session, app)
    writer = user
    match what:
        case "release":
            make_listing(session, app=app)
        case "pause":
            version.updated_at = utc_now() - SITTING - timedelta(seconds=1)
        case "name":
            version.name = "Before the sale"
        case "pin":
            version.is_pinned = True
        case "somebody else":
            writer = make_user(session)
        case "publish":
            session.add(Deployment(app_id=app.id, user_id=user.id, version=2))
        case "turn":
            version.cause = VersionCause.GENERATION
    session.add(version)
    session.flush()
    assert save(session, app, writer, change("y\n", base="x\n")).version == 3
    assert version_files(session, app.id, 2)[APP] == "x\n"


def test_what_others_changed_elsewhere_in_the_file_is_merged(session: Session, app: App, user: User) -> None:
    save(session, app, user, change(LINES.replace("one", "ONE")))
    saved = save(session, app, user, change(LINES.replace("five", "FIVE")))
    assert saved.changes == {APP: "ONE\ntwo\nthree\nfour\nFIVE\n"}
    assert saved.merged == {APP}


def test_what_others_changed_in_the_same_lines_is_not_overwritten(session: Session, app: App, user: User) -> None:
    save(session, app, user, change("theirs\n"))
    with pytest.raises(ChangedMeanwhile, match="changed by somebody else") as conflict:
        save(session, app, user, change("ours\n"), change("b\n", path="src/b.ts", base=None))
    assert conflict.value.files == (FileNow(APP, "theirs\n"),)
    assert conflict.value.files[0].checksum == checksum("theirs\n")
    assert read_files(session, app.id) == {**STARTER, APP: "theirs\n"}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(change(None), change("ours\n")), (change("theirs\n"), change(None))],
    ids=["they removed it", "we removed it"],
)
def test_a_file_one_removed_and_the_other_changed_is_a_conflict(
    session: Session, app: App, user: User, theirs: FileChange, ours: FileChange
) -> None:
    save(session, app, user, theirs)
    with pytest.raises(ChangedMeanwhile):
        save(session, app, user, ours)


def test_a_file_two_people_made_at_once_is_a_conflict(session: Session, app: App, user: User) -> None:
    save(session, app, user, change("a\n", path="src/b.ts", base=None))
    with pytest.raises(ChangedMeanwhile):
        save(session, app, user, change("b\n", path="src/b.ts", base=None))


def test_saving_the_same_twice_changes_nothing(session: Session, app: App, user: User) -> None:
    save(session, app, user, change("x\n"))
    again = save(session, app, user, change("x\n"))
    assert (again.changes, again.revision, again.version) == ({}, 2, 2)


@pytest.mark.parametrize("path", ["../x.ts", "/src/x.ts", "./src/x.ts", "src/x.exe", ".env", "node_modules/x.ts"])
def test_paths_outside_the_app_are_refused(session: Session, app: App, user: User, path: str) -> None:
    with pytest.raises(InvalidInput):
        save(session, app, user, change("x", path=path, base=None))


def test_a_file_that_is_too_large_is_refused(session: Session, app: App, user: User) -> None:
    with pytest.raises(LimitReached, match="512 KB"):
        save(session, app, user, change("x" * (512 * 1024 + 1)))


def test_a_file_too_many_is_refused(session: Session, app: App, user: User) -> None:
    many = [change("", path=f"src/{number}.ts", base=None) for number in range(400)]
    with pytest.raises(LimitReached, match="400 files"):
        save(session, app, user, *many)


def test_a_null_character_is_refused(session: Session, app: App, user: User) -> None:
    with pytest.raises(InvalidInput, match="characters"):
        save(session, app, user, change("a\0b"))


@pytest.mark.parametrize("path", ["src/app.tsx", "src/App.tsx/part.ts", "src"])
def test_a_file_can_not_be_where_another_is_in_the_way(session: Session, app: App, user: User, path: str) -> None:
    with pytest.raises(InvalidInput, match=r"differs only in case|is a file|not a kind of file"):
        save(session, app, user, change("x\n", path=path, base=None))


def test_an_app_that_is_too_large_can_be_made_smaller(session: Session, app: App, user: User) -> None:
    write_files(session, app.id, {f"src/f{number}.ts": "" for number in range(MOST_FILES)})
    save(session, app, user, change(None, path="src/f1.ts", base=""))
    with pytest.raises(LimitReached):
        save(session, app, user, change("", path="src/new.ts", base=None))
