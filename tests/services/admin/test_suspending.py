"""Suspended: gone everywhere, can't come back by itself, and comes back as it was when it is restored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from overskill.clients.edge import FakeEdge
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, NotAllowed
from overskill.models import Act, App, AuditEvent, Deployment, DeploymentEnvironment, SubjectKind, User, utc_now
from overskill.models.market import TryOut
from overskill.services.accounts.sessions import Visitor, find_session, open_session
from overskill.services.admin.suspending import Switchboard
from overskill.services.deployments import request_deployment
from overskill.services.market.moderation import act, appeal, decide_appeal
from overskill.services.repositories.branch_previews import keep, kept_of, place_of, show
from overskill.services.studio import view_editor
from overskill.services.studio_settings import take_offline
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_listing

PRODUCTION, STAGING = DeploymentEnvironment.PRODUCTION, DeploymentEnvironment.STAGING
WHY = "It asks for passwords of a bank."


@dataclass
class Desk:
    services: Container
    work: Callable[[], int]
    admin: User
    owner: User
    app_id: UUID
    slug: str

    @property
    def switchboard(self) -> Switchboard:
        return Switchboard(self.services.publisher, self.services.shares, self.services.redis)

    @property
    def edge(self) -> FakeEdge:
        assert isinstance(self.services.edge, FakeEdge)
        return self.services.edge

    def decides(self, what: Act, kind: SubjectKind = SubjectKind.APP, subject: UUID | None = None) -> UUID:
        with transaction() as session:
            row = act(
                session,
                self.admin.id,
                kind,
                subject or self.app_id,
                what,
                reason=WHY,
                queue=self.services.queue,
                effects=self.switchboard.effects,
            )
        return row.id

    def publishes(self, environment: DeploymentEnvironment = PRODUCTION, *, canary: int = 0) -> None:
        with transaction() as session:
            app = session.get_one(App, self.app_id)
            request_deployment(
                session,
                app,
                self.owner.id,
                queue=self.services.queue,
                log=self.services.progress,
                environment=environment,
                canary_percent=canary,
            )
        self.work()

    def live(self, environment: DeploymentEnvironment = PRODUCTION) -> str | None:
        return self.edge.live(environment, self.slug)

    def is_said_to_be_taken_down(self) -> bool:
        told = self.services.routes.app(PRODUCTION, self.slug)
        return told is not None and told.taken_down

    def app(self) -> App:
        with transaction() as session:
            return session.get_one(App, self.app_id)


@pytest.fixture
def desk(services: Container, work: Callable[[], int]) -> Desk:
    with transaction() as session:
        admin, owner = make_user(session, is_admin=True), make_user(session)
        app = make_app(session, owner, versions=1)
    return Desk(services, work, admin, owner, app.id, app.slug)


def test_a_suspended_app_is_live_nowhere(desk: Desk) -> None:
    desk.publishes(PRODUCTION)
    desk.publishes(STAGING)
    desk.publishes(PRODUCTION, canary=10)
    desk.decides(Act.SUSPEND)
    assert desk.switchboard.take_down_everywhere(desk.app_id)
    assert (desk.live(PRODUCTION), desk.live(STAGING), desk.edge.live(PRODUCTION, f"{desk.slug}--canary")) == (
        None,
    ) * 3


def test_its_address_says_that_it_was_taken_down_until_it_is_restored(desk: Desk) -> None:
    desk.publishes()
    desk.decides(Act.SUSPEND)
    desk.switchboard.take_down_everywhere(desk.app_id)
    assert desk.is_said_to_be_taken_down()
    desk.decides(Act.RESTORE)
    desk.work()
    assert not desk.is_said_to_be_taken_down()


def test_it_is_said_of_what_was_taken_down_until_its_owner_publishes_again(desk: Desk) -> None:
    desk.publishes()
    desk.decides(Act.TAKE_DOWN)
    desk.switchboard.take_down_everywhere(desk.app_id)
    assert desk.is_said_to_be_taken_down()
    desk.publishes()
    assert not desk.is_said_to_be_taken_down()


def test_it_is_not_said_any_more_where_nothing_of_the_app_comes_back(desk: Desk) -> None:
    desk.publishes()
    desk.decides(Act.SUSPEND)
    desk.switchboard.take_down_everywhere(desk.app_id)
    with transaction() as session:
        session.get_one(App, desk.app_id).taken_down = []
    desk.decides(Act.RESTORE)
    desk.work()
    assert (desk.live(), desk.is_said_to_be_taken_down()) == (None, False)


def test_what_an_owner_takes_offline_is_not_said_to_be_taken_down(desk: Desk) -> None:
    desk.publishes()
    assert take_offline(desk.owner.id, desk.slug, desk.services.publisher)
    assert (desk.live(), desk.is_said_to_be_taken_down()) == (None, False)


def test_what_is_shown_of_it_besides_goes_too(desk: Desk) -> None:
    with transaction() as session:
        creator = make_creator(session, session.get_one(User, desk.owner.id))
        listing = make_listing(session, creator, app=session.get_one(App, desk.app_id))
        session.add(
            TryOut(
                listing_id=listing.id,
                release_id=listing.release_id,
                script="try-1",
                url="http://try-1",
                expires_at=utc_now() + timedelta(hours=1),
            )
        )
        app = session.get_one(App, desk.app_id)
        preview = place_of(app, desk.owner.id, "pr-1", DeploymentEnvironment.PREVIEW)
    keep(show(preview, {"index.html": "<p>"}, "c0ffee", desk.services.publisher), desk.services.redis)
    desk.decides(Act.SUSPEND)
    assert desk.switchboard.take_down_everywhere(desk.app_id)
    assert desk.edge.live("preview", preview.script) is None
    assert kept_of(desk.services.redis, desk.app_id) == []
    with transaction() as session:
        assert session.exec(select(TryOut)).one().ended_at is not None


def test_it_can_not_be_published_until_it_is_restored(desk: Desk) -> None:
    desk.decides(Act.SUSPEND)
    with pytest.raises(NotAllowed, match=r"suspended.*passwords of a bank"):
        desk.publishes()


def test_a_publish_that_was_under_way_is_not_switched_on(desk: Desk) -> None:
    with transaction() as session:
        app = session.get_one(App, desk.app_id)
        request_deployment(session, app, desk.owner.id, queue=desk.services.queue, log=desk.services.progress)
    desk.decides(Act.SUSPEND)
    desk.work()
    with transaction() as session:
        row = session.exec(select(Deployment)).one()
    assert (row.status, desk.live()) == ("cancelled", None)
    assert "suspended" in row.error


def test_restored_it_shows_what_it_showed(desk: Desk) -> None:
    desk.publishes(PRODUCTION)
    desk.publishes(STAGING)
    desk.decides(Act.SUSPEND)
    desk.switchboard.take_down_everywhere(desk.app_id)
    desk.decides(Act.RESTORE)
    desk.work()
    with transaction() as session:
        shown = session.exec(select(Deployment).where(col(Deployment.is_live))).all()
    assert {(row.environment, row.version, row.edge_version) for row in shown} == {
        (PRODUCTION, 1, desk.live(PRODUCTION)),
        (STAGING, 1, desk.live(STAGING)),
    }
    assert (desk.app().suspended_at, desk.app().taken_down) == (None, [])


def test_what_was_taken_down_can_be_published_again(desk: Desk) -> None:
    desk.publishes()
    desk.decides(Act.TAKE_DOWN)
    assert desk.switchboard.take_down_everywhere(desk.app_id)
    assert desk.live() is None
    desk.publishes()
    assert desk.live() is not None


def test_without_the_edge_it_goes_by_itself_once_that_answers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from overskill.jobs import schedule
    from overskill.services.deployments import offline

    monkeypatch.setattr(offline, "AGAIN_AFTER", timedelta(0))
    desk.publishes()
    desk.decides(Act.SUSPEND)
    desk.edge.is_down = True
    assert not desk.switchboard.take_down_everywhere(desk.app_id)
    desk.edge.is_down = False
    schedule.take_off_what_is_still_shown(desk.services)
    desk.work()
    assert desk.live() is None


def test_a_granted_appeal_restores_it(desk: Desk) -> None:
    desk.publishes()
    act_id = desk.decides(Act.SUSPEND)
    desk.switchboard.take_down_everywhere(desk.app_id)
    with transaction() as session:
        appeal(session, desk.owner.id, act_id, "It asks for no such thing.")
    with transaction() as session:
        decide_appeal(
            session,
            desk.admin.id,
            act_id,
            is_granted=True,
            answer="You are right.",
            queue=desk.services.queue,
            effects=desk.switchboard.effects,
        )
    desk.work()
    assert desk.live() is not None


def test_a_suspended_user_is_signed_out_everywhere(desk: Desk) -> None:
    with transaction() as session:
        token = open_session(session, desk.owner.id, Visitor())
    desk.decides(Act.SUSPEND, SubjectKind.USER, desk.owner.id)
    with transaction() as session:
        assert find_session(session, token) is None


def test_a_suspended_user_reads_the_reason_when_they_sign_in(desk: Desk) -> None:
    desk.decides(Act.SUSPEND, SubjectKind.USER, desk.owner.id)
    with pytest.raises(NotAllowed, match=r"suspended.*passwords of a bank"), transaction() as session:
        open_session(session, desk.owner.id, Visitor())
    desk.decides(Act.RESTORE, SubjectKind.USER, desk.owner.id)
    with transaction() as session:
        assert find_session(session, open_session(session, desk.owner.id, Visitor())) is not None


def test_nobody_suspends_themselves(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="your own"):
        desk.decides(Act.SUSPEND, SubjectKind.USER, desk.admin.id)


def test_nothing_is_restored_that_was_not_suspended(desk: Desk) -> None:
    with pytest.raises(Conflict):
        desk.decides(Act.RESTORE)


def test_the_audit_log_says_why_and_what_was_live(desk: Desk) -> None:
    desk.publishes()
    desk.decides(Act.SUSPEND)
    with transaction() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "moderation.suspend")).one()
    assert event.details == {"reason": WHY, "live": {"production": 1}}
    assert (event.actor_id, event.subject) == (desk.admin.id, f"app:{desk.app_id}")


def test_its_owner_reads_the_reason_in_the_studio(desk: Desk) -> None:
    desk.decides(Act.SUSPEND)
    services = desk.services
    with transaction() as session:
        token = open_session(session, desk.owner.id, Visitor())
        view = view_editor(session, token, desk.slug, turns=1, intake=services.intake, settings=services.settings)
    assert view.suspended == WHY
