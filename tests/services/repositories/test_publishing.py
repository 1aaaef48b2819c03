import json
from dataclasses import dataclass, replace

import pytest
import yaml
from pydantic import SecretStr
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.github import CodeRepository, FakeCodeHost
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound, Unavailable
from overskill.models import (
    App,
    AppEnvironment,
    Deployment,
    DeploymentEnvironment,
    DeploymentStatus,
    Membership,
    Repository,
    Role,
    VersionCause,
)
from overskill.services.apps import save_version, write_files
from overskill.services.repositories import sync_repository
from overskill.services.repositories.branch_previews import keep, kept_of, place_of
from overskill.services.repositories.deploy_tokens import deploy_token, repository_with
from overskill.services.repositories.publishing import (
    SECRET,
    WORKFLOW,
    is_publishing,
    set_publishing,
    why_unreachable,
    workflow_text,
)
from overskill.services.repositories.pushes import (
    PUSH_JOB,
    PushTold,
    ask_to_publish,
    publish_push,
    told_of_push,
)
from tests.factories import make_user
from tests.services.repositories.connected import connected, host_of

NAME = "ada/habits"
COMMIT = "f" * 40


@dataclass
class World:
    services: Container
    host: FakeCodeHost

    def row(self) -> Repository:
        with db.transaction() as session:
            return session.exec(select(Repository)).one()

    def turn(self, *, is_on: bool) -> Repository:
        services = self.services
        set_publishing(
            self.row().id,
            is_on=is_on,
            host=self.host,
            redis=services.redis,
            settings=services.settings,
            log=services.progress,
        )
        return self.row()

    def token(self) -> str:
        return deploy_token(self.row().id, settings=self.services.settings)

    def ask(self, commit: str, branch: str = "main") -> str:
        services = self.services
        with db.transaction() as session:
            return ask_to_publish(
                session,
                self.token(),
                commit,
                branch,
                redis=services.redis,
                queue=services.queue,
                settings=services.settings,
            )

    def publish(self, commit: str, branch: str = "main") -> PushTold:
        name = self.ask(commit, branch)
        services = self.services
        publish_push(
            name,
            host=self.host,
            redis=services.redis,
            bundler=FakeBundler(),
            publisher=services.publisher,
            queue=services.queue,
        )
        return self.told(name)

    def told(self, name: str) -> PushTold:
        services = self.services
        with db.transaction() as session:
            return told_of_push(session, self.token(), name, redis=services.redis, settings=services.settings)

    def deployments(self) -> list[Deployment]:
        with db.transaction() as session:
            return list(session.exec(select(Deployment)).all())


@pytest.fixture
def settings(settings: Settings) -> Settings:
    public = {"public_url": "https://overskill.example.com", "secret_key": SecretStr("s" * 40)}
    return settings.model_copy(update=public)


@pytest.fixture
def world(services: Container) -> World:
    _, row = connected(services)
    host = host_of(services)
    sync_repository(
        row.id,
        host=host,
        redis=services.redis,
        bundler=FakeBundler(),
        log=services.progress,
        settings=services.settings,
    )
    return World(services, host)


def test_turning_it_on_puts_a_secret_and_a_workflow_there(world: World) -> None:
    row = world.turn(is_on=True)
    assert world.host.secrets == {(NAME, SECRET): world.token()}
    assert "https://overskill.example.com/api/repository/publishes" in str(world.host.files(NAME)[WORKFLOW])
    assert (row.error, row.commit) == ("", world.host.heads[NAME])
    before = world.host.heads[NAME]
    world.turn(is_on=True)
    assert world.host.heads[NAME] == before


def test_turning_it_off_while_github_is_away_says_what_is_left_to_do(world: World) -> None:
    world.turn(is_on=True)
    token = world.token()
    world.host.is_down = True
    row = world.turn(is_on=False)  # another try of the job would look for the repository by the id that ended
    assert "turn it off again" in row.error
    assert world.token() != token
    world.host.is_down = False
    world.turn(is_on=False)
    assert world.host.secrets == {}


def test_turning_it_off_leaves_previews_of_pull_requests_as_they_are(world: World) -> None:
    world.turn(is_on=True)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
    shown = place_of(app, world.row().id, "pr-3", DeploymentEnvironment.PREVIEW)
    keep(shown, world.services.redis)
    world.turn(is_on=False)
    (preview,) = kept_of(world.services.redis, app.id)
    assert preview == replace(shown, repository_id=str(world.row().id))


def test_turning_it_off_takes_both_away_and_ends_the_token(world: World) -> None:
    world.turn(is_on=True)
    token = world.token()
    world.turn(is_on=False)
    assert world.host.secrets == {}
    assert WORKFLOW not in world.host.files(NAME)
    with db.transaction() as session, pytest.raises(NotAllowed):
        repository_with(session, token, settings=world.services.settings)


def test_it_is_on_where_the_secret_is_there(world: World) -> None:
    row = world.row()
    place = CodeRepository(row.installation_id, row.external_id, row.full_name, row.branch)
    assert not is_publishing(place, host=world.host)
    world.turn(is_on=True)
    assert is_publishing(place, host=world.host)


@pytest.mark.parametrize(
    "address",
    ["", "http://localhost:3000", "https://192.168.1.4", "https://overskill.local", "https://127.0.0.1:3000"],
)
def test_an_instance_that_github_can_not_reach_says_so(settings: Settings, address: str) -> None:
    assert "can't reach" in why_unreachable(settings.model_copy(update={"public_url": address}))
    assert why_unreachable(settings) == ""


def test_missing_rights_are_told_and_pause_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NotAllowed("GitHub refuses this.")

    monkeypatch.setattr(world.host, "put_secret", refuse)
    row = world.turn(is_on=True)
    assert "permissions" in row.error
    assert not row.is_paused


@pytest.mark.parametrize("branch", ["main", "feature/ünï #1"])
def test_the_workflow_is_yaml_that_gives_pull_requests_no_secret(settings: Settings, branch: str) -> None:
    told = yaml.safe_load(workflow_text(branch, settings=settings))
    assert told[True]["push"]["branches"] == [branch, "staging"]  # YAML reads `on` as true
    assert told["permissions"] == {"contents": "read"}
    assert SECRET not in json.dumps(told["jobs"]["build"])
    assert told["jobs"]["publish"]["if"].startswith("github.event_name == 'push'")


def test_a_token_is_good_for_its_own_app_alone(world: World) -> None:
    token, settings = world.token(), world.services.settings
    with db.transaction() as session:
        row, app = repository_with(session, token, settings=settings)
        assert (row.app_id, app.slug) == (app.id, "habits")
        changed = ("b" if token[-1] == "a" else "a") + token[:-1]
        for wrong in ("", "osd_", token[:-1], changed, token.replace(row.id.hex, "0" * 32)):
            with pytest.raises(NotAllowed):
                repository_with(session, wrong, settings=settings)
        session.delete(row)
        session.flush()
        with pytest.raises(NotAllowed):
            repository_with(session, token, settings=settings)


def test_a_persons_push_becomes_a_version_and_goes_to_production(world: World) -> None:
    commit = world.host.write(NAME, {"src/extra.ts": "export const n = 1;\n"}, "Add a number", author="Grace")
    told = world.publish(commit)
    assert told.status == "running"
    (made,) = world.deployments()
    assert (made.version, made.environment) == (2, DeploymentEnvironment.PRODUCTION)
    with db.transaction() as session:
        row = session.get_one(Deployment, made.id)
        row.status, row.is_live, row.url = DeploymentStatus.DEPLOYED, True, "https://habits.example"
    assert world.publish(commit).status == "published"
    assert len(world.deployments()) == 1


def test_staging_shows_what_main_is(world: World) -> None:
    world.publish(world.host.heads[NAME], "staging")
    assert [row.environment for row in world.deployments()] == [DeploymentEnvironment.STAGING]


def test_a_protected_environment_waits_for_its_approval(world: World) -> None:
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        editor = make_user(session)
        session.add(Membership(team_id=app.team_id, user_id=editor.id, role=Role.EDITOR))
        session.add(AppEnvironment(app_id=app.id, environment=DeploymentEnvironment.PRODUCTION, is_protected=True))
        row = session.exec(select(Repository)).one()
        row.user_id = editor.id
    told = world.publish(world.host.heads[NAME])
    assert told.status == "waiting"
    assert "approval" in told.words


def test_staging_ahead_of_the_app_is_shown_beside_it(world: World) -> None:
    head = world.host.heads[NAME]
    commit = world.host.write(NAME, {"src/ahead.ts": "export {};\n"}, "Ahead", author="Grace")
    world.host.heads[NAME] = head  # it is on another branch
    told = world.publish(commit, "staging")
    assert (told.status, world.deployments()) == ("published", [])
    with db.transaction() as session:
        app = session.exec(select(App)).one()
    assert app.current_version == 1
    assert [one.script for one in kept_of(world.services.redis, app.id)] == ["habits--branch"]
    assert world.services.edge.live("staging", "habits--branch") is not None
    assert world.services.edge.live("staging", "habits") is None


def test_what_staging_was_ahead_with_is_shown_beside_it_no_more_once_it_is_a_version(world: World) -> None:
    head = world.host.heads[NAME]
    commit = world.host.write(NAME, {"src/ahead.ts": "export {};\n"}, "Ahead", author="Grace")
    world.host.heads[NAME] = head
    world.publish(commit, "staging")
    world.host.heads[NAME] = commit  # it is merged
    world.publish(commit)
    with db.transaction() as session:
        app = session.exec(select(App)).one()
    assert kept_of(world.services.redis, app.id) == []
    assert world.services.edge.live("staging", "habits--branch") is None


def test_a_conflict_is_told_and_nothing_is_published(world: World) -> None:
    with db.transaction() as session:
        app = session.exec(select(App)).one()
        write_files(session, app.id, {"src/a.ts": "ours\n"})
        save_version(session, app, note="Ours", cause=VersionCause.RESTORE, author_id=app.creator_id)
    commit = world.host.write(NAME, {"src/a.ts": "theirs\n"}, "Theirs", author="Grace")
    told = world.publish(commit)
    assert told.status == "failed"
    assert "Choose" in told.words
    assert world.deployments() == []


def test_only_two_branches_are_published_and_nothing_while_it_is_paused(world: World) -> None:
    with pytest.raises(InvalidInput, match="pull request"):
        world.ask(COMMIT, "feature")
    with db.transaction() as session:
        session.exec(select(Repository)).one().is_paused = True
    with pytest.raises(Conflict):
        world.ask(COMMIT)


def test_an_outage_is_tried_again(world: World) -> None:
    name = world.ask(COMMIT)
    world.host.is_down = True
    services = world.services
    with pytest.raises(Unavailable):
        publish_push(
            name,
            host=world.host,
            redis=services.redis,
            bundler=FakeBundler(),
            publisher=services.publisher,
            queue=services.queue,
        )
    assert world.told(name).status == "running"
    assert isinstance(services.queue, FakeJobQueue)
    assert (PUSH_JOB, (name,), "low") in services.queue.enqueued


def test_how_it_goes_is_told_to_its_own_repository_alone(world: World) -> None:
    with pytest.raises(NotFound):
        world.told("somebody-elses")
