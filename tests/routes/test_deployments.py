from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from overskill import db
from overskill.container import Container
from overskill.models import App, Deployment
from overskill.services.deployments import request_deployment
from tests.factories import make_app, make_user
from tests.routes.conftest import sign_in


@pytest.fixture
def published(services: Container, client: httpx.AsyncClient, work: Callable[[], int]) -> Deployment:
    with db.transaction() as session:
        user = make_user(session)
        app: App = make_app(session, user, slug="habits", versions=1)
        row = request_deployment(session, app, user.id, queue=services.queue, log=services.progress)
        sign_in(client, session, user)
    work()
    return row


async def test_the_log_of_a_publish_is_a_file(client: httpx.AsyncClient, published: Deployment) -> None:
    answer = await client.get(f"/api/studio/habits/deployments/{published.id}/log")
    assert answer.headers["content-disposition"] == f'attachment; filename="habits-{str(published.id)[:8]}.log"'
    assert answer.text.startswith("Version 1 to production, deployed\n")
    assert "Live at http://habits.localhost:8787" in answer.text


async def test_a_log_is_for_the_team_alone(client: httpx.AsyncClient, published: Deployment) -> None:
    assert (await client.get(f"/api/studio/habits/deployments/{uuid4()}/log")).status_code == 404
    with db.transaction() as session:
        sign_in(client, session, make_user(session, name="Mallory"))
    assert (await client.get(f"/api/studio/habits/deployments/{published.id}/log")).status_code == 404
    client.cookies.clear()
    assert (await client.get(f"/api/studio/habits/deployments/{published.id}/log")).status_code == 401
