"""Who has an app open, and what comes with it in the same query."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.errors import NotFound, SignInRequired
from overskill.models import App, AppStatus, LoginSession, Membership, Role, Team, User, utc_now
from overskill.services.accounts.sessions import Visitor, open_session
from overskill.services.apps.access import visit_app
from tests.factories import make_app, make_user
from tests.support_queries import counted_queries


@pytest.fixture
def ada(session: Session) -> User:
    return make_user(session, name="Ada")


@pytest.fixture
def app(session: Session, ada: User) -> App:
    return make_app(session, ada, slug="habits")


def cookie_of(session: Session, user: User) -> str:
    token = open_session(session, user.id, Visitor())
    session.flush()
    return token


def test_it_is_read_in_one_query(session: Session, app: App, ada: User) -> None:
    token, team = cookie_of(session, ada), session.get_one(Team, app.team_id)
    name = sa.select(col(Team.name)).where(col(Team.id) == App.team_id).scalar_subquery()
    with counted_queries() as sent:
        visit = visit_app(session, token, "habits", name, name)
    assert (visit.user.id, visit.app, visit.role, visit.beside) == (ada.id, app, Role.OWNER, (team.name, team.name))
    assert sent.count == 1, sent


def test_the_role_is_that_of_who_looks(session: Session, app: App) -> None:
    bob = make_user(session, name="Bob")
    session.add(Membership(team_id=app.team_id, user_id=bob.id, role=Role.VIEWER))
    assert visit_app(session, cookie_of(session, bob), "habits").role is Role.VIEWER


@pytest.mark.parametrize("slug", ["habits-2", "", "../x", "Habits", "a" * 64, "\x00"])
def test_an_address_without_an_app_is_not_found(session: Session, app: App, ada: User, slug: str) -> None:
    with pytest.raises(NotFound):
        visit_app(session, cookie_of(session, ada), slug)


def test_a_strangers_app_and_a_deleted_one_are_not_found(session: Session, app: App, ada: User) -> None:
    mallory, token = cookie_of(session, make_user(session)), cookie_of(session, ada)
    with pytest.raises(NotFound):
        visit_app(session, mallory, "habits")
    app.status = AppStatus.DELETED
    with pytest.raises(NotFound):
        visit_app(session, token, "habits")


@pytest.mark.parametrize("why", ["no cookie", "unknown", "revoked", "expired", "suspended"])
def test_who_is_not_signed_in_is_told_so(session: Session, app: App, ada: User, why: str) -> None:
    signed_in = cookie_of(session, ada)
    token = {"no cookie": "", "unknown": "made up"}.get(why, signed_in)
    for login in session.exec(select(LoginSession)):
        login.revoked_at = utc_now() if why == "revoked" else None
        login.expires_at = utc_now() + timedelta(seconds=-1 if why == "expired" else 60)
    ada.suspended_at = utc_now() if why == "suspended" else None
    with pytest.raises(SignInRequired):
        visit_app(session, token, "habits")


def test_a_visit_keeps_the_session_alive(session: Session, app: App, ada: User) -> None:
    token = cookie_of(session, ada)
    login = session.exec(select(LoginSession)).one()
    login.last_seen_at = utc_now() - timedelta(days=3)
    visit_app(session, token, "habits")
    assert utc_now() - login.last_seen_at < timedelta(minutes=1)
