import hashlib
import hmac
import json
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from sqlmodel import Session, select

from overskill import db
from overskill.config import Settings
from overskill.models import Repository, WebhookEvent
from tests.factories import make_app, make_user
from tests.routes.conftest import sign_in

FORM = {"name": "habits", "private": "yes", "owner": ""}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    github = dict.fromkeys(("GITHUB_APP_SLUG", "GITHUB_PRIVATE_KEY", "GITHUB_CLIENT_ID"), "x")
    secrets = {"GITHUB_CLIENT_SECRET": SecretStr("x"), "GITHUB_WEBHOOK_SECRET": SecretStr("webhook-secret")}
    return Settings.model_validate({"OVERSKILL_HOME": tmp_path / "home", "GITHUB_APP_ID": "42", **github, **secrets})


def signed(body: bytes) -> dict[str, str]:
    signature = hmac.new(b"webhook-secret", body, hashlib.sha256).hexdigest()
    return {
        "x-hub-signature-256": f"sha256={signature}",
        "x-github-event": "push",
        "x-github-delivery": "d-1",
        "content-type": "application/json",
    }


async def test_an_app_gets_its_repository_by_a_visit_to_github(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        user = make_user(session)
        make_app(session, user, slug="habits", versions=1)
        sign_in(client, session, user)
    answer = await client.post("/api/studio/habits/repository/connect", data=FORM)
    assert answer.status_code == 303
    state = httpx.URL(answer.headers["location"]).params["state"]
    back = await client.get("/github/connected", params={"code": "ada", "state": state})
    assert (back.status_code, back.headers["location"]) == (303, "/studio/habits")
    with db.transaction() as session:
        assert session.exec(select(Repository.full_name)).all() == ["ada/habits"]


async def test_a_visit_that_fails_says_why_and_leads_back(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        sign_in(client, session, make_user(session))
    answer = await client.get("/github/connected", params={"code": "ada", "state": "forged"})
    assert answer.status_code == 403
    assert "Connect again" in answer.text
    assert 'href="/studio"' in answer.text


async def test_a_stranger_connects_nothing(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        make_app(session, make_user(session), slug="habits")
        sign_in(client, session, make_user(session))
    assert (await client.post("/api/studio/habits/repository/connect", data=FORM)).status_code == 404
    client.cookies.clear()
    assert (await client.post("/api/studio/habits/repository/connect", data=FORM)).status_code == 401


async def test_a_signed_delivery_is_taken_and_any_other_is_refused(client: httpx.AsyncClient, session: Session) -> None:
    body = json.dumps({"ref": "refs/heads/main", "after": "a", "repository": {"id": 1, "full_name": "a/b"}}).encode()
    assert (await client.post("/webhooks/github", content=body, headers=signed(body))).status_code == 202
    forged = signed(body) | {"x-hub-signature-256": "sha256=00", "x-github-delivery": "d-2"}
    assert (await client.post("/webhooks/github", content=body, headers=forged)).status_code == 403
    assert session.exec(select(WebhookEvent.external_id)).all() == ["d-1"]
