"""How an app came to be what it is, as it is read from its versions."""

from uuid import UUID

from sqlmodel import Session

from overskill.models import App, VersionCause
from overskill.services.apps.files import read_files, write_files
from overskill.services.apps.versions import save_version
from overskill.services.generation.lineage import read_past
from overskill.services.generation.past import VERSIONS_A_STEP
from tests.factories import make_app, make_user


def change(session: Session, app: App, files: dict[str, str | None]) -> None:
    write_files(session, app.id, files)
    save_version(session, app, note="a change", cause=VersionCause.EDIT)


def past_of(session: Session, app: App) -> tuple[dict[str, str], dict[int, tuple[str, ...]], dict[int, dict[str, str]]]:
    past = read_past(session, UUID(str(app.id)), app.current_version, read_files(session, app.id))
    versions = {version.number: version.paths for version in past.versions}
    return (
        dict(past.files),
        versions,
        {version.number: dict(version.texts) for version in past.versions if version.texts},
    )


def test_an_app_without_versions_has_no_past(session: Session) -> None:
    app = make_app(session, make_user(session), files={"src/App.tsx": "one"})
    past = read_past(session, app.id, 0, {"src/App.tsx": "one"})
    assert (past.number, past.versions, past.files) == (0, (), {"src/App.tsx": "one"})


def test_the_files_are_those_of_the_version_told_first_and_later_changes_have_their_texts(session: Session) -> None:
    app = make_app(session, make_user(session), files={"a": "1", "b": "1", "c": "1"})
    change(session, app, {})
    change(session, app, {"a": "2", "d": "1"})
    change(session, app, {"a": "3", "b": None})
    files, paths, texts = past_of(session, app)
    assert files == {"a": "1", "b": "1", "c": "1"}
    assert paths == {1: ("a", "b", "c"), 2: ("a", "d"), 3: ("a", "b")}
    assert texts == {2: {"a": "2", "d": "1"}, 3: {"a": "3"}}


def test_after_a_step_only_the_later_texts_are_read(session: Session) -> None:
    app = make_app(session, make_user(session), files={"a": "0", "b": "0"})
    for number in range(1, VERSIONS_A_STEP + 3):
        change(session, app, {"a": str(number)})
    files, paths, texts = past_of(session, app)
    assert files == {"a": str(VERSIONS_A_STEP + 1), "b": "0"}
    assert list(paths) == list(range(1, VERSIONS_A_STEP + 3))
    assert texts == {VERSIONS_A_STEP + 2: {"a": str(VERSIONS_A_STEP + 2)}}
