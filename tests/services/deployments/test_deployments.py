"""A publish from request to live, with a fake bundler and a fake edge, real rows and a real log."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col

from overskill.clients.bundler import Diagnostic, FakeBundler, Finding
from overskill.clients.edge import FakeEdge
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, NotFound
from overskill.models import App, Deployment, DeploymentStatus, VersionCause
from overskill.models.base import utc_now
from overskill.services import apps
from overskill.services.apps.findings import keep_findings
from overskill.services.apps.versions import find_version
from overskill.services.deployments import (
    request_deployment,
    roll_back,
    sweep_deployments,
)
from overskill.services.deployments.view import PublishView
from tests.factories import make_app, make_user
from tests.support_publishing import deployment_of, publishing_of

Publish = Callable[[], Deployment]
EVAL = Finding("eval", "critical", "src/App.tsx", 3, 1, "eval runs text as code.", "Write the code itself.")


@pytest.fixture
def edge(services: Container) -> FakeEdge:
    assert isinstance(services.edge, FakeEdge)
    return services.edge


@pytest.fixture
def bundler(services: Container) -> FakeBundler:
    assert isinstance(services.bundler, FakeBundler)
    return services.bundler


@pytest.fixture
def app(services: Container) -> App:
    with transaction() as session:
        return make_app(session, make_user(session), versions=1)


@pytest.fixture
def publish(services: Container, app: App) -> Publish:
    def request() -> Deployment:
        with transaction() as session:
            found = session.get_one(App, app.id)
            return request_deployment(session, found, app.creator_id, queue=services.queue, log=services.progress)

    return request


def change(app: App, text: str) -> None:
    with transaction() as session:
        found = session.get_one(App, app.id)
        apps.write_files(session, app.id, {"src/App.tsx": text})
        apps.save_version(session, found, note=text, cause=VersionCause.EDIT)


def panel(app: App, services: Container) -> PublishView:
    with transaction() as session:
        return publishing_of(session, session.get_one(App, app.id), services)


def status(deployment_id: UUID) -> DeploymentStatus:
    with transaction() as session:
        return session.get_one(Deployment, deployment_id).status


def go_back(app: App, services: Container) -> Deployment:
    with transaction() as session:
        return roll_back(session, session.get_one(App, app.id), app.creator_id, services.publisher)


def test_a_publish_ends_live_with_its_whole_log(
    services: Container, edge: FakeEdge, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    deployment = publish()
    work()
    with transaction() as session:
        view = deployment_of(session, app.id, deployment.id, services)
    assert (view.status, view.percent, view.is_live) == ("deployed", 100, True)
    assert view.url == f"http://{app.slug}.localhost:8787"
    assert [line.split(" ")[0] for line in view.log] == ["Checking", "Building", "Built", "Uploaded.", "Live"]
    assert edge.live("production", app.slug)


def test_a_failed_build_is_shown_and_leaves_what_was_live(
    services: Container, edge: FakeEdge, bundler: FakeBundler, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    publish()
    work()
    before = edge.live("production", app.slug)
    change(app, "broken")
    bundler.diagnostics = (Diagnostic("src/App.tsx", "src/App.tsx:1: Unexpected token"),)
    publish()
    work()
    view = panel(app, services)
    assert view.latest is not None
    assert (view.latest.status, view.latest.error) == ("failed", "src/App.tsx:1: Unexpected token")
    assert (edge.live("production", app.slug), view.live_version) == (before, 1)


def test_nothing_is_published_before_the_first_version(services: Container) -> None:
    with transaction() as session:
        app = make_app(session, make_user(session))
        with pytest.raises(Conflict):
            request_deployment(session, app, app.creator_id, queue=services.queue, log=services.progress)


def test_a_rollback_puts_the_previous_publish_back(
    services: Container, edge: FakeEdge, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    publish()
    work()
    first = edge.live("production", app.slug)
    change(app, "second")
    publish()
    work()
    assert panel(app, services).can_roll_back_to == 1
    go_back(app, services)
    view = panel(app, services)
    assert edge.live("production", app.slug) == first
    assert (view.live_version, view.can_roll_back_to, view.has_changes) == (1, 0, True)
    with pytest.raises(Conflict):
        go_back(app, services)


def test_a_rollback_never_offers_what_was_pruned(
    services: Container, edge: FakeEdge, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    for text in ("two", "three", "four"):
        publish()
        work()
        change(app, text)
    go_back(app, services)
    publish()
    work()
    while panel(app, services).can_roll_back_to:
        go_back(app, services)
    assert edge.live("production", app.slug)


def test_the_newest_publish_wins_when_two_end_out_of_order(
    services: Container, edge: FakeEdge, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    older = publish()
    change(app, "second")
    newer = publish()
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.reverse()
    work()
    assert (status(older.id), status(newer.id)) == (DeploymentStatus.CANCELLED, DeploymentStatus.DEPLOYED)
    assert panel(app, services).live_version == 2


def test_a_job_that_is_delivered_twice_publishes_once(
    services: Container, bundler: FakeBundler, publish: Publish, work: Callable[[], int]
) -> None:
    publish()
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued *= 2
    work()
    assert len([call for call in bundler.calls if call[0] == "build"]) == 1


def test_a_publish_whose_worker_died_is_run_again(
    services: Container, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    deployment = publish()
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.clear()
    with transaction() as session:
        long_ago = utc_now() - timedelta(minutes=5)
        dead = {"status": DeploymentStatus.BUILDING, "attempt": 1, "last_progress_at": long_ago}
        session.exec(update(Deployment).where(col(Deployment.id) == deployment.id).values(**dead))
    with transaction() as session:
        assert sweep_deployments(session, services.queue, services.progress) == 1
    work()
    assert status(deployment.id) is DeploymentStatus.DEPLOYED


def test_a_deployment_of_another_app_does_not_exist(services: Container, publish: Publish) -> None:
    deployment = publish()
    with transaction() as session:
        other = make_app(session, make_user(session))
        with pytest.raises(NotFound):
            deployment_of(session, other.id, deployment.id, services)


def test_an_app_that_is_deleted_during_its_publish_stays_off_the_air(
    services: Container, edge: FakeEdge, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    deployment = publish()
    with transaction() as session:
        apps.delete_app(session, session.get_one(App, app.id))
    work()
    assert status(deployment.id) is DeploymentStatus.CANCELLED
    assert edge.live("production", app.slug) is None


def find_in(app: App, number: int, *findings: Finding) -> None:
    with transaction() as session:
        keep_findings(session, find_version(session, app.id, number), findings)


def test_a_version_that_is_not_scanned_yet_is_scanned_when_it_is_published(
    services: Container, bundler: FakeBundler, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    low = Finding("blank-target", "low", "src/App.tsx", 1, 1, "A link.", "Add rel.")
    bundler.findings = (low,)
    assert panel(app, services).findings is None
    publish()
    work()
    assert panel(app, services).findings == (low,)
    assert {method for method, _ in bundler.calls} == {"scan", "build"}


def test_an_unsafe_version_is_never_put_on_the_air(
    services: Container, edge: FakeEdge, bundler: FakeBundler, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    publish()
    work()
    before = edge.live("production", app.slug)
    change(app, "eval('1')")
    bundler.findings = (EVAL,)
    publish()
    work()
    view = panel(app, services)
    assert view.latest is not None
    assert (view.latest.status, edge.live("production", app.slug)) == ("failed", before)
    assert "src/App.tsx, line 3" in view.latest.error
    assert "Write the code itself." in view.latest.error


def test_a_version_that_is_known_to_be_unsafe_is_refused_at_once(app: App, publish: Publish) -> None:
    find_in(app, 1, EVAL)
    with pytest.raises(Conflict, match="eval runs text as code"):
        publish()


def test_a_publish_waits_for_a_scan_that_can_not_be_made(
    services: Container, edge: FakeEdge, bundler: FakeBundler, app: App, publish: Publish, work: Callable[[], int]
) -> None:
    bundler.is_down = True
    publish()
    work()
    view = panel(app, services)
    assert view.latest is not None
    assert (view.latest.status, edge.live("production", app.slug)) == ("failed", None)


@pytest.mark.parametrize(("found", "reason"), [([EVAL], "is unsafe"), (None, "never checked")])
def test_an_unsafe_or_unscanned_version_is_not_put_back(
    services: Container,
    edge: FakeEdge,
    app: App,
    publish: Publish,
    work: Callable[[], int],
    found: list[Finding] | None,
    reason: str,
) -> None:
    publish()
    work()
    change(app, "second")
    publish()
    work()
    before = edge.live("production", app.slug)
    with transaction() as session:
        find_version(session, app.id, 1).findings = None
    if found is not None:
        find_in(app, 1, *found)
    with pytest.raises(Conflict, match=reason):
        go_back(app, services)
    assert edge.live("production", app.slug) == before
