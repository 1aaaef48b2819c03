"""What goes to a protected environment is approved by an owner or an admin; and publishes that are stopped."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from overskill.clients.bundler import Bundle
from overskill.db import transaction
from overskill.errors import Conflict, NotAllowed
from overskill.models import AuditEvent, Deployment, Role, User
from overskill.services.apps.versions import find_version
from overskill.services.deployments.request import approve, cancel, decline, request_retry
from overskill.services.deployments.rollback import roll_back
from overskill.services.deployments.serving import Serving, save_serving
from overskill.services.deployments.sweep import sweep_deployments
from overskill.services.studio_settings import take_offline
from tests.services.deployments.conftest import PRODUCTION, Published


@pytest.fixture
def protected(published: Published) -> Published:
    with published.opened() as (session, app):
        save_serving(
            session,
            app,
            published.owner.id,
            PRODUCTION,
            Serving(is_protected=True),
            routes=published.services.routes,
            settings=published.services.settings,
        )
    return published


def approves(published: Published, by: User, row: Deployment) -> None:
    with published.opened() as (session, app):
        approve(session, app, by.id, row.id, queue=published.services.queue, log=published.services.progress)


def cancels(published: Published, row: Deployment) -> None:
    with published.opened() as (session, app):
        cancel(session, app, published.owner.id, row.id, log=published.services.progress)


def audited() -> list[str]:
    with transaction() as session:
        return list(session.exec(select(AuditEvent.action).order_by(AuditEvent.created_at)))  # type: ignore[arg-type]


def test_an_editors_publish_waits_until_it_is_approved(protected: Published) -> None:
    editor, admin = protected.joins(Role.EDITOR), protected.joins(Role.ADMIN)
    row = protected.asks(by=editor)
    assert protected.work() == 0
    assert [(each.needs_approval, each.who) for each in protected.panel().history] == [(True, "The editor")]
    with pytest.raises(NotAllowed):
        approves(protected, editor, row)
    approves(protected, admin, row)
    protected.work()
    assert (protected.view(row.id).status, protected.row(row.id).approved_by_id) == ("deployed", admin.id)
    assert audited() == ["environment.changed", "deployment.approval_asked", "deployment.approved"]
    with pytest.raises(Conflict):
        approves(protected, admin, row)


def test_what_waits_is_told_of_its_environment_and_its_wait_is_no_part_of_its_time(protected: Published) -> None:
    row = protected.asks(by=protected.joins(Role.EDITOR))
    with protected.opened() as (session, _):
        session.get_one(Deployment, row.id).created_at -= timedelta(days=3)
    assert {each.name: each.awaited_version for each in protected.panel().environments} == {
        "preview": 0,
        "staging": 0,
        "production": row.version,
    }
    approves(protected, protected.owner, row)
    protected.work()
    assert protected.view(row.id).seconds < timedelta(days=1).total_seconds()
    assert all(each.awaited_version == 0 for each in protected.panel().environments)


def test_the_panel_says_whether_the_newest_version_compiles(published: Published) -> None:
    assert published.panel().compiles
    with published.opened() as (session, app):
        find_version(session, app.id, app.current_version).builds = False
    assert not published.panel().compiles


def test_the_panel_tells_of_what_is_under_way_although_another_waits(protected: Published) -> None:
    editor = protected.joins(Role.EDITOR)
    first, second = protected.asks(by=editor), protected.asks(by=editor)
    assert protected.panel().latest is None
    approves(protected, protected.owner, first)
    latest = protected.panel().latest
    assert latest is not None
    assert (latest.id, latest.is_final) == (str(first.id), False)
    protected.work()
    assert protected.view(second.id).needs_approval


def test_what_waits_for_an_approval_is_not_swept(protected: Published) -> None:
    row = protected.asks(by=protected.joins(Role.EDITOR))
    with transaction() as session:
        session.get_one(Deployment, row.id).last_progress_at = row.created_at.replace(year=2020)
    with transaction() as session:
        assert sweep_deployments(session, protected.services.queue, protected.services.progress) == 0


def test_a_declined_publish_ends_and_says_who_declined_it(protected: Published) -> None:
    row = protected.asks(by=protected.joins(Role.EDITOR))
    with protected.opened() as (session, app):
        decline(session, app, protected.owner.id, row.id, log=protected.services.progress)
    view = protected.view(row.id)
    assert (view.status, view.error) == (
        "cancelled",
        "Ada Lovelace declined it. What was live before still is.",
    )
    assert protected.work() == 0


def test_an_owners_publish_waits_for_nobody(protected: Published) -> None:
    assert protected.publishes().status == "deployed"


def test_an_editor_puts_nothing_back_where_it_is_protected(protected: Published) -> None:
    protected.publishes()
    protected.changes("two")
    protected.publishes()
    editor = protected.joins(Role.EDITOR)
    with pytest.raises(NotAllowed, match="Production is protected"), protected.opened() as (session, app):
        roll_back(session, app, editor.id, protected.services.publisher)


def test_an_editor_takes_nothing_offline_where_it_is_protected(protected: Published) -> None:
    protected.publishes()
    editor, admin = protected.joins(Role.EDITOR), protected.joins(Role.ADMIN)
    with pytest.raises(NotAllowed, match="Production is protected"):
        take_offline(editor.id, protected.slug, protected.services.publisher)
    assert protected.live() is not None
    assert take_offline(admin.id, protected.slug, protected.services.publisher)


def test_a_publish_that_waits_is_cancelled_at_once(published: Published) -> None:
    row = published.asks()
    cancels(published, row)
    assert (published.view(row.id).status, published.view(row.id).log) == (
        "cancelled",
        ("It was cancelled before it began.",),
    )
    published.work()
    assert published.live() is None


def test_a_publish_that_runs_is_cancelled_at_its_next_step(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.publishes()
    before = published.live()
    published.changes("two")
    row = published.asks()
    build = published.bundler.build

    def build_and_cancel(files: dict[str, str], *, app_id: UUID) -> Bundle:
        cancels(published, row)
        return build(files, app_id=app_id)

    monkeypatch.setattr(published.bundler, "build", build_and_cancel)
    published.work()
    view = published.view(row.id)
    assert (view.status, view.error, published.live()) == (
        "cancelled",
        "It was cancelled before anything was switched. What was live before still is.",
        before,
    )
    with pytest.raises(Conflict):
        cancels(published, row)


def test_a_cancelled_publish_is_tried_again_as_it_was(published: Published) -> None:
    row = published.asks()
    cancels(published, row)
    published.changes("two")
    with published.opened() as (session, app):
        services = published.services
        again = request_retry(session, app, published.owner.id, row.id, queue=services.queue, log=services.progress)
    published.work()
    assert (published.view(again.id).status, published.view(again.id).version) == ("deployed", 1)
    assert published.row(again.id).retry_of_id == row.id
    with pytest.raises(Conflict), published.opened() as (session, app):
        request_retry(session, app, published.owner.id, again.id, queue=services.queue, log=services.progress)


def test_its_log_stays_when_what_was_written_live_is_gone(published: Published) -> None:
    view = published.publishes()
    published.services.redis.flushdb()
    assert published.view(UUID(view.id)).log == view.log
    assert view.log[-1].startswith("Live at")
