from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler, Finding
from overskill.clients.edge import FakeEdge
from overskill.clients.edge_routes import AppRoute
from overskill.clients.github import FakeCodeHost, PullRequest
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import Unavailable
from overskill.models import (
    App,
    AppEnvironment,
    AppVersion,
    Deployment,
    DeploymentEnvironment,
    LicenseKind,
    Repository,
    User,
    WebhookEvent,
)
from overskill.services.deployments.serving import Serving, save_serving
from overskill.services.repositories import disconnect, keep_event, process_event
from overskill.services.repositories.branch_previews import keep, kept_of, place_of
from overskill.services.repositories.pull_requests import (
    MARK,
    PULL_REQUEST_JOB,
    look_at_pull_requests,
    preview_pull_request,
    tend_previews,
)
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.services.repositories.connected import connected, host_of

NAME = "ada/habits"
SCRIPT = "habits--pr-3"
APP = {"src/App.tsx": "export default function App() { return <h1>Hi</h1>; }\n"}


@dataclass
class World:
    services: Container
    host: FakeCodeHost
    app_id: UUID
    repository_id: UUID

    @property
    def edge(self) -> FakeEdge:
        assert isinstance(self.services.edge, FakeEdge)
        return self.services.edge

    @property
    def comment(self) -> str:
        return self.host.comments[3, MARK]

    def push(self, text: str, *, path: str = "src/idea.ts", **facts: Any) -> str:
        """Somebody's commit on the pull request's branch."""
        main = self.host.heads[NAME]
        commit = self.host.write(NAME, {**APP, path: text}, "An idea", author="Grace")
        self.host.heads[NAME] = main
        self.host.pull_requests[3] = PullRequest(3, commit, is_open=True, is_from_outside=False)
        self.host.pull_requests[3] = replace(self.host.pull_requests[3], **facts)
        return commit

    def look(self) -> None:
        services = self.services
        preview_pull_request(self.repository_id, 3, host=self.host, redis=services.redis, publisher=services.publisher)

    @property
    def app(self) -> App:
        with db.transaction() as session:
            return session.get_one(App, self.app_id)

    @property
    def route(self) -> AppRoute | None:
        return self.services.routes.app("preview", SCRIPT)

    def sell(self) -> None:
        with db.transaction() as session:
            app = session.get_one(App, self.app_id)
            listing = make_listing(session, make_creator(session, session.get_one(User, app.creator_id)), app=app)
            make_offer(session, listing, license=LicenseKind.USE, amount=500)

    def serve(self, wanted: Serving) -> None:
        services = self.services
        with db.transaction() as session:
            app = session.get_one(App, self.app_id)
            environment = DeploymentEnvironment.PREVIEW
            save_serving(
                session, app, app.creator_id, environment, wanted, routes=services.routes, settings=services.settings
            )

    def tend(self) -> None:
        tend_previews(redis=self.services.redis, publisher=self.services.publisher)

    def close(self) -> None:
        self.host.pull_requests[3] = replace(self.host.pull_requests[3], is_open=False)
        self.look()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def world(services: Container) -> World:
    app, row = connected(services)
    return World(services, host_of(services), app.id, row.id)


def test_a_pull_request_is_shown_beside_the_app_and_is_no_version_of_it(world: World) -> None:
    commit = world.push("one\n")
    world.look()
    shown = world.edge.served("preview", SCRIPT)
    assert shown is not None
    assert (shown.version, shown.app_id) == (commit[:7], str(world.app_id))
    assert world.edge.served("preview", "habits") is None
    with db.transaction() as session:
        assert [version.number for version in session.exec(select(AppVersion)).all()] == [1]
        assert session.exec(select(Deployment)).all() == []


def test_where_previews_wait_for_an_approval_none_is_made_of_a_pull_request(world: World) -> None:
    with db.transaction() as session:
        session.add(AppEnvironment(app_id=world.app_id, environment=DeploymentEnvironment.PREVIEW, is_protected=True))
    world.push("one\n")
    world.look()
    assert world.edge.served("preview", SCRIPT) is None
    assert "protected" in world.comment


def test_its_server_code_is_published_with_it(world: World) -> None:
    world.push("export default {};", path="server/index.ts")
    world.look()
    shown = world.edge.served("preview", SCRIPT)
    assert shown is not None
    assert shown.modules == {"server.js": b"export default {};"}


def test_its_address_is_told_in_one_comment_and_as_a_deployment(world: World) -> None:
    first = world.push("one\n")
    world.look()
    address = "http://preview--habits--pr-3.localhost:8787"
    assert address in world.comment
    assert first[:7] in world.comment
    second = world.push("two\n")
    world.look()
    assert second[:7] in world.comment
    assert list(world.host.comments) == [(3, MARK)]
    assert [report[:3] for report in world.host.reports] == [
        (first, "preview/pr-3", "in_progress"),
        (first, "preview/pr-3", "success"),
        (second, "preview/pr-3", "in_progress"),
        (second, "preview/pr-3", "success"),
    ]


def test_the_same_commit_is_built_once(world: World) -> None:
    world.push("one\n")
    world.look()
    told = len(world.host.reports)
    world.look()
    assert len(world.host.reports) == told


def test_a_fork_is_not_built_and_is_told_so(world: World) -> None:
    world.push("one\n", is_from_outside=True)
    world.look()
    assert world.edge.served("preview", SCRIPT) is None
    assert "fork" in world.comment


def test_the_end_of_a_pull_request_takes_its_preview_away(world: World) -> None:
    commit = world.push("one\n")
    world.look()
    world.close()
    assert world.edge.served("preview", SCRIPT) is None
    assert kept_of(world.services.redis, world.app_id) == []
    assert "taken away" in world.comment
    assert world.host.reports[-1][:3] == (commit, "preview/pr-3", "inactive")


def test_one_that_was_never_shown_ends_without_a_word(world: World) -> None:
    world.push("one\n")
    world.close()
    assert world.host.comments == {}


def test_unsafe_code_is_not_shown_and_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.push("one\n")
    world.look()
    finding = Finding(
        severity="critical", file="src/idea.ts", line=1, column=1, rule="secret", message="A key.", fix="Remove it."
    )
    monkeypatch.setattr(FakeBundler, "scan", lambda *_: (finding,))
    commit = world.push("two\n")
    world.look()
    assert f"{commit[:7]} is not shown" in world.comment
    assert "src/idea.ts" in world.comment
    (kept,) = kept_of(world.services.redis, world.app_id)
    assert kept.url
    assert world.host.reports[-1][2] == "failure"


def test_an_edge_that_is_away_is_tried_again(world: World) -> None:
    world.push("one\n")
    world.edge.is_down = True
    with pytest.raises(Unavailable):
        world.look()
    world.edge.is_down = False
    world.look()
    assert world.edge.served("preview", SCRIPT) is not None


def test_it_is_as_private_as_the_apps_own_preview(world: World) -> None:
    world.serve(Serving(is_private=True))
    world.push("one\n")
    world.look()
    route = world.route
    assert route is not None
    assert (route.private, route) == (True, world.services.routes.app("preview", "habits"))
    assert "private" in world.comment
    world.serve(Serving())
    world.tend()
    assert world.route == AppRoute(app_id=str(world.app_id))


def test_of_an_app_that_is_sold_for_use_it_is_its_teams_alone(world: World) -> None:
    """Its preview environment shows nothing, so the edge knows nothing of it there."""
    world.sell()
    world.push("one\n")
    world.look()
    assert world.services.routes.app("preview", "habits") is None
    assert world.route is not None
    assert world.route.entitlement_key
    assert "sold" in world.comment


def test_one_that_is_shown_already_is_guarded_once_its_app_is_sold(world: World) -> None:
    world.push("one\n")
    world.look()
    world.sell()
    world.tend()
    assert world.route is not None
    assert world.route.entitlement_key


def test_one_that_nobody_can_tend_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.push("one\n")
    world.look()
    world.serve(Serving(is_private=True))
    other = place_of(world.app, world.repository_id, "pr-4", DeploymentEnvironment.PREVIEW)
    for preview in (replace(other, url="http://x"), kept_of(world.services.redis, world.app_id)[0]):
        keep(preview, world.services.redis)
    told: list[str] = []

    def put_app(_: str, script: str, __: AppRoute) -> None:
        told.append(script)
        raise Unavailable("The edge does not answer.")

    monkeypatch.setattr(world.services.routes, "put_app", put_app)
    world.tend()
    assert sorted(told) == [SCRIPT, "habits--pr-4"]


def test_previews_end_with_the_connection(world: World) -> None:
    world.push("one\n")
    world.look()
    with db.transaction() as session:
        app = session.get_one(App, world.app_id)
        disconnect(session, app, app.creator_id)
    world.tend()
    assert world.edge.served("preview", SCRIPT) is None
    assert kept_of(world.services.redis, world.app_id) == []


def test_deliveries_that_were_lost_are_made_up_for(world: World) -> None:
    services = world.services
    assert isinstance(services.queue, FakeJobQueue)
    world.push("one\n")
    world.look()
    world.host.pull_requests[3] = replace(world.host.pull_requests[3], is_open=False)
    world.host.pull_requests[8] = PullRequest(8, "a" * 40, is_open=True, is_from_outside=False)
    services.queue.enqueued.clear()
    look_at_pull_requests(world.repository_id, host=world.host, redis=services.redis, queue=services.queue)
    assert [ids[1] for job, ids, _ in services.queue.enqueued if job == PULL_REQUEST_JOB] == ["3", "8"]


def test_an_app_that_moves_takes_its_previews_along(world: World) -> None:
    world.push("one\n")
    world.look()
    with db.transaction() as session:
        session.get_one(App, world.app_id).slug = "rituals"
    world.look()
    assert world.edge.served("preview", SCRIPT) is None
    assert world.edge.served("preview", "rituals--pr-3") is not None


@pytest.mark.parametrize(
    ("action", "is_heard"), [("opened", True), ("synchronize", True), ("closed", True), ("labeled", False)]
)
def test_a_webhook_only_says_look(world: World, action: str, is_heard: bool) -> None:
    services = world.services
    with db.transaction() as session:
        row = session.get_one(Repository, world.repository_id)
        payload = {"action": action, "number": 3, "repository": {"id": row.external_id, "full_name": NAME}}
        keep_event(session, "d-1", "pull_request", payload, queue=services.queue)
        event = session.exec(select(WebhookEvent)).one()
    with db.transaction() as session:
        process_event(session, event.id, queue=services.queue)
    assert isinstance(services.queue, FakeJobQueue)
    wanted = (PULL_REQUEST_JOB, (str(world.repository_id), "3"), "low")
    assert (wanted in services.queue.enqueued) is is_heard


def test_a_long_address_is_cut_and_stays_its_apps_own(world: World) -> None:
    with db.transaction() as session:
        apps = [make_app(session, make_user(session), slug="a" * 47 + end) for end in "bc"]
        scripts = {place_of(app, world.repository_id, "pr-12345", DeploymentEnvironment.PREVIEW).script for app in apps}
    assert len(scripts) == 2
    assert all(len(script) <= 54 and script.endswith("--pr-12345") for script in scripts)
