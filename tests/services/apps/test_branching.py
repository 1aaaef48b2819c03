import pytest
from sqlmodel import Session, select

from overskill.errors import NotFound
from overskill.models import App, AppFile, AppVersion, VersionCause
from overskill.services.apps import read_files
from overskill.services.apps.branching import branch_app
from tests.factories import make_app, make_user


def branch_of_first_version(session: Session) -> tuple[App, App]:
    user = make_user(session)
    app = make_app(session, user, versions=2)
    return app, branch_app(session, user.id, app.slug, 1)


def test_a_branch_begins_with_what_the_version_held(session: Session) -> None:
    app, branch = branch_of_first_version(session)
    assert read_files(session, branch.id)["src/App.tsx"] == "export const version = 1;\n"
    assert read_files(session, app.id)["src/App.tsx"] == "export const version = 2;\n"


def test_a_branch_knows_where_it_came_from(session: Session) -> None:
    app, branch = branch_of_first_version(session)
    assert (branch.origin_id, branch.origin_version, branch.name) == (app.id, 1, "Habits branch")
    version = session.exec(select(AppVersion).where(AppVersion.app_id == branch.id)).one()
    assert (version.number, version.cause) == (1, VersionCause.DUPLICATE)
    assert version.note == "Branched from version 1 of Habits"


def test_what_is_locked_is_locked_in_the_branch(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=1)
    file = session.get_one(AppFile, (app.id, "src/App.tsx"))
    file.is_locked = True
    session.add(file)
    branch = branch_app(session, user.id, app.slug, 1)
    assert session.get_one(AppFile, (branch.id, "src/App.tsx")).is_locked
    assert not session.get_one(AppFile, (branch.id, "index.html")).is_locked


def test_there_is_no_branch_of_a_version_that_is_not_there(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=1)
    with pytest.raises(NotFound):
        branch_app(session, user.id, app.slug, 7)


def test_nobody_branches_somebody_elses_app(session: Session) -> None:
    app = make_app(session, make_user(session), versions=1)
    with pytest.raises(NotFound):
        branch_app(session, make_user(session).id, app.slug, 1)
