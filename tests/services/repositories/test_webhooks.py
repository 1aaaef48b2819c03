import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr
from sqlmodel import select

from overskill import db
from overskill.clients.github import CodeAccount, CodeRepository, FakeCodeHost
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.errors import Conflict, InvalidInput, NotAllowed
from overskill.models import App, Repository, WebhookEvent
from overskill.services.repositories import (
    Wish,
    begin_connecting,
    end_visit,
    finish_connecting,
    keep_event,
    process_event,
    waiting_events,
)
from overskill.services.repositories.connect import SYNC_JOB
from overskill.services.repositories.webhooks import check_signature, tell_of_run
from tests.factories import make_app, make_user
from tests.services.repositories.connected import connected

SETTINGS = Settings.model_construct(github_webhook_secret=SecretStr("webhook-secret"))


def hear(services: Container, kind: str, payload: dict[str, Any], delivery: str = "d-1") -> None:
    with db.transaction() as session:
        keep_event(session, delivery, kind, payload, queue=services.queue)
        found = session.exec(select(WebhookEvent).where(WebhookEvent.external_id == delivery)).one_or_none()
    if found is not None:
        with db.transaction() as session:
            process_event(session, found.id, queue=services.queue)


def queued(services: Container) -> list[str]:
    assert isinstance(services.queue, FakeJobQueue)
    return [ids[0] for job, ids, _ in services.queue.enqueued if job == SYNC_JOB]


def push(row: Repository, **more: object) -> dict[str, Any]:
    told = {"id": row.external_id, "full_name": row.full_name}
    return {"ref": f"refs/heads/{row.branch}", "after": "f" * 40, "repository": told, **more}


def test_a_delivery_is_believed_by_its_signature_alone() -> None:
    body = b'{"zen": "Keep it logically awesome."}'
    right = "sha256=" + hmac.new(b"webhook-secret", body, hashlib.sha256).hexdigest()
    check_signature(body, right, settings=SETTINGS)
    for wrong in ("", "sha256=", right[:-1] + "0", right.removeprefix("sha256="), "sha256=é"):
        with pytest.raises(NotAllowed):
            check_signature(body, wrong, settings=SETTINGS)
    with pytest.raises(NotAllowed):
        check_signature(body, right, settings=Settings.model_construct(github_webhook_secret=SecretStr("")))


def test_a_push_brings_the_app_and_its_repository_together(services: Container) -> None:
    _, row = connected(services)
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.clear()
    hear(services, "push", push(row))
    assert queued(services) == [str(row.id)]


@pytest.mark.parametrize(
    "more", [{"ref": "refs/heads/other"}, {"ref": "refs/tags/main"}, {"repository": {"id": 12345}}]
)
def test_a_push_of_something_else_does_nothing(services: Container, more: dict[str, Any]) -> None:
    _, row = connected(services)
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.clear()
    hear(services, "push", push(row, **more))
    assert queued(services) == []


def test_our_own_push_is_known_already(services: Container) -> None:
    _, row = connected(services)
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.clear()
    with db.transaction() as session:
        session.get_one(Repository, row.id).commit = "f" * 40
    hear(services, "push", push(row))
    assert queued(services) == []


def test_a_delivery_that_comes_twice_is_kept_once(services: Container) -> None:
    _, row = connected(services)
    hear(services, "push", push(row))
    hear(services, "push", push(row))
    with db.transaction() as session:
        assert len(session.exec(select(WebhookEvent)).all()) == 1
        assert waiting_events(session) == []


def test_a_repository_that_was_renamed_is_followed(services: Container) -> None:
    _, row = connected(services)
    hear(services, "repository", {"action": "renamed", "repository": {"id": row.external_id, "full_name": "ada/new"}})
    with db.transaction() as session:
        assert session.get_one(Repository, row.id).full_name == "ada/new"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("repository", {"action": "deleted", "repository": {"id": 1}}),
        ("installation", {"action": "deleted", "installation": {"id": 7}}),
        ("installation_repositories", {"action": "removed", "repositories_removed": [{"id": 1}]}),
    ],
)
def test_without_its_rights_a_repository_is_paused(services: Container, kind: str, payload: dict[str, Any]) -> None:
    _, row = connected(services)
    assert (row.external_id, row.installation_id) == (1, 7)
    hear(services, kind, payload)
    with db.transaction() as session:
        paused = session.get_one(Repository, row.id)
    assert paused.is_paused
    assert "removed" in paused.error


def test_what_does_not_concern_us_is_not_kept(services: Container) -> None:
    hear(services, "star", {"action": "created"})
    with db.transaction() as session:
        assert session.exec(select(WebhookEvent)).all() == []


@dataclass
class FinishedRunsTold:
    told: list[int] = field(default_factory=list)

    def tell(self, run: int) -> None:
        self.told.append(run)

    def wait(self, run: int, seconds: float) -> None: ...


@pytest.mark.parametrize(
    ("repository", "action", "told"),
    [("acme/builds", "completed", [7]), ("acme/builds", "requested", []), ("ada/habits", "completed", [])],
)
def test_the_end_of_a_build_is_told_to_who_waits_for_it(repository: str, action: str, told: list[int]) -> None:
    finished = FinishedRunsTold()
    payload = {"action": action, "workflow_run": {"id": 7}, "repository": {"full_name": repository}}
    tell_of_run(payload, finished=finished, settings=Settings.model_construct(github_builder="acme/builds"))
    assert finished.told == told


def begin(services: Container, app: App, wish: Wish) -> str:
    with db.transaction() as session:
        address = begin_connecting(session, app, app.creator_id, wish, redis=services.redis, host=services.code_host)
    return str(httpx.URL(address).params["state"])


def make(services: Container) -> App:
    with db.transaction() as session:
        return make_app(session, make_user(session), slug="habits", versions=1)


def finish(services: Container, user_id: UUID, state: str) -> tuple[Wish, CodeRepository | str]:
    visit = end_visit(user_id, state, "ada", redis=services.redis, host=services.code_host)
    return finish_connecting(visit, redis=services.redis, host=services.code_host)


def test_a_visit_to_github_makes_the_repository(services: Container) -> None:
    app = make(services)
    state = begin(services, app, Wish("habits", "habits", is_private=True))
    wish, made = finish(services, app.creator_id, state)
    assert not isinstance(made, str)
    assert (wish.slug, made.full_name) == ("habits", "ada/habits")


def test_a_state_is_good_for_one_visit_of_one_person(services: Container) -> None:
    app = make(services)
    state = begin(services, app, Wish("habits", "habits", is_private=True))
    with db.transaction() as session:
        other = make_user(session)
    for user_id in (other.id, app.creator_id):
        with pytest.raises(NotAllowed):
            finish(services, user_id, state)


def test_without_an_installation_the_visit_goes_on_there(services: Container) -> None:
    app = make(services)
    assert isinstance(services.code_host, FakeCodeHost)
    services.code_host.installed.clear()
    state = begin(services, app, Wish("habits", "habits", is_private=True))
    _, address = finish(services, app.creator_id, state)
    assert isinstance(address, str)
    services.code_host.installed.append(CodeAccount(7, "ada", is_organisation=False))
    again = str(httpx.URL(address).params["state"])
    _, made = finish(services, app.creator_id, again)
    assert not isinstance(made, str)


def test_an_organisation_is_named_and_must_have_our_app(services: Container) -> None:
    app = make(services)
    assert isinstance(services.code_host, FakeCodeHost)
    services.code_host.installed.append(CodeAccount(9, "Acme", is_organisation=True))
    state = begin(services, app, Wish("habits", "habits", is_private=True, owner="acme"))
    _, made = finish(services, app.creator_id, state)
    assert not isinstance(made, str)
    assert made.full_name == "Acme/habits"
    state = begin(services, app, Wish("habits", "habits", is_private=True, owner="other"))
    with pytest.raises(NotAllowed, match="other"):
        finish(services, app.creator_id, state)


@pytest.mark.parametrize("name", ["", "..", "a b", "ada/habits", "x" * 101])
def test_a_name_that_github_takes_not_is_refused_before_the_visit(services: Container, name: str) -> None:
    app = make(services)
    with pytest.raises(InvalidInput):
        begin(services, app, Wish("habits", name, is_private=True))


def test_an_app_has_one_repository(services: Container) -> None:
    app, _ = connected(services)
    with pytest.raises(Conflict):
        begin(services, app, Wish("habits", "habits", is_private=True))


def test_only_what_is_needed_of_a_delivery_is_kept(services: Container) -> None:
    _, row = connected(services)
    hear(services, "push", push(row, commits=[{"message": "private"}], sender={"login": "ada"}))
    with db.transaction() as session:
        kept = session.exec(select(WebhookEvent)).one()
    assert "private" not in json.dumps(kept.payload)
