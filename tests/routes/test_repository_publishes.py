from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlmodel import Session

from overskill import db
from overskill.clients.github import FakeCodeHost
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.services.repositories import connect
from overskill.services.repositories.deploy_tokens import deploy_token
from overskill.services.repositories.pushes import PUSH_JOB
from tests.factories import make_app, make_user

PUBLISHES = "/api/repository/publishes"
WISH = {"commit": "a" * 40, "branch": "main"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate({"OVERSKILL_HOME": tmp_path / "home", "OVERSKILL_SECRET_KEY": SecretStr("s" * 40)})


def token(services: Container, session: Session, slug: str) -> dict[str, str]:
    assert isinstance(services.code_host, FakeCodeHost)
    host = services.code_host
    made = host.create("ada", host.installed[0], slug, is_private=True, description="")
    app = make_app(session, make_user(session), slug=slug, versions=1)
    row = connect(session, app, app.creator_id, made, queue=services.queue)
    return {"authorization": f"Bearer {deploy_token(row.id, settings=services.settings)}"}


async def test_a_workflow_asks_and_is_told_how_it_goes(client: httpx.AsyncClient, services: Container) -> None:
    with db.transaction() as session:
        ours, others = token(services, session, "habits"), token(services, session, "notes")
    asked = await client.post(PUBLISHES, json=WISH, headers=ours)
    name = asked.json()["id"]
    assert asked.status_code == 202
    assert isinstance(services.queue, FakeJobQueue)
    assert (PUSH_JOB, (name,), "low") in services.queue.enqueued
    told = await client.get(f"{PUBLISHES}/{name}", headers=ours)
    assert told.json()["status"] == "running"
    assert (await client.get(f"{PUBLISHES}/{name}", headers=others)).status_code == 404


async def test_without_its_token_nobody_publishes(client: httpx.AsyncClient) -> None:
    assert (await client.post(PUBLISHES, json=WISH)).status_code == 403
    forged = {"authorization": f"Bearer osd_{'0' * 32}_{'x' * 43}"}
    assert (await client.post(PUBLISHES, json=WISH, headers=forged)).status_code == 403
    assert (await client.get(f"{PUBLISHES}/x", headers=forged)).status_code == 403


async def test_what_no_workflow_sends_is_refused(client: httpx.AsyncClient, services: Container) -> None:
    with db.transaction() as session:
        ours = token(services, session, "habits")
    for wish in ({"commit": "main", "branch": "main"}, {"commit": "a" * 40}, {**WISH, "branch": "feature"}):
        assert (await client.post(PUBLISHES, json=wish, headers=ours)).status_code == 422
