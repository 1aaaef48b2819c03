"""A publish to Cloudflare while one of its calls fails: what its row says, what visitors get, and the next try."""

from dataclasses import replace

import pytest

from overskill import container
from overskill.clients.cloudflare.routes import CloudflareRoutes
from overskill.clients.cloudflare.values import ensure_value_store
from overskill.clients.objects import FakeObjectStore
from overskill.errors import Unavailable
from overskill.models import Deployment, DeploymentStatus
from overskill.services.deployments.request import request_retry
from tests.services.deployments.conftest import Published
from tests.support_cloudflare import Cloudflare, cloudflare_settings

SESSION = "assets-upload-session"
BUCKET = "workers/assets/upload"
SCRIPT = "PUT /accounts/0123456789abcdef0123456789abcdef/workers/dispatch"
ROUTES = "storage/kv"
WORDS = {
    "rate": ("asks for a pause",),
    "ill": ("problem of its own", "did not switch over"),
    "timeout": ("did not answer in time", "did not switch over"),
    "rights": ("./run doctor",),
    "token": ("renew CLOUDFLARE_API_TOKEN",),
}


@pytest.fixture
def objects() -> FakeObjectStore:
    return FakeObjectStore()


@pytest.fixture
def cloudflare(published: Published, objects: FakeObjectStore) -> Cloudflare:
    """Version 1 is live there; the next publish is of version 2."""
    cloudflare = Cloudflare()
    ensure_value_store(cloudflare.api, "overskill-local-routes")
    routes = CloudflareRoutes(cloudflare_settings(), cloudflare.api)
    published.services = replace(published.services, edge=cloudflare.edge(objects), routes=routes)
    container.install(published.services)
    assert published.publishes().status == DeploymentStatus.DEPLOYED
    published.changes("two")
    return cloudflare


def visitors_get(cloudflare: Cloudflare, published: Published) -> str:
    return str(cloudflare.served(published.slug).binding("APP_VERSION")["text"])


def tries_again(published: Published, row: Deployment) -> str:
    services = published.services
    with published.opened() as (session, app):
        again = request_retry(session, app, published.owner.id, row.id, queue=services.queue, log=services.progress)
    published.work()
    return str(published.view(again.id).status)


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("where", [SESSION, BUCKET, SCRIPT], ids=["session", "files", "script"])
def test_a_call_that_fails_is_told_changes_nothing_and_can_be_tried_again(
    cloudflare: Cloudflare, published: Published, where: str, kind: str
) -> None:
    cloudflare.fake.fail(where, kind)  # type: ignore[arg-type]
    row = published.asks()
    published.work()
    view = published.view(row.id)
    assert view.status == DeploymentStatus.FAILED
    assert any(words in view.error for words in WORDS[kind]), view.error
    assert view.log[-1] == view.error
    assert (visitors_get(cloudflare, published), published.place().live_version) == ("1", 1)

    cloudflare.fake.faults.clear()
    assert tries_again(published, row) == DeploymentStatus.DEPLOYED
    assert (visitors_get(cloudflare, published), published.place().live_version) == ("2", 2)


@pytest.mark.parametrize(
    ("where", "kind"), [(SESSION, "rate"), (BUCKET, "timeout"), (SCRIPT, "ill"), (ROUTES, "unreachable")]
)
def test_what_passes_is_not_even_noticed(cloudflare: Cloudflare, published: Published, where: str, kind: str) -> None:
    cloudflare.fake.fail(where, kind, times=3)  # type: ignore[arg-type]
    assert published.publishes().status == DeploymentStatus.DEPLOYED
    assert visitors_get(cloudflare, published) == "2"


def test_a_switch_whose_answer_was_lost_is_live_and_says_so(cloudflare: Cloudflare, published: Published) -> None:
    cloudflare.fake.fail(SCRIPT, "done but lost")
    assert published.publishes().status == DeploymentStatus.DEPLOYED
    assert (visitors_get(cloudflare, published), published.place().live_version) == ("2", 2)


def test_an_object_store_that_is_down_fails_the_publish_alone(
    cloudflare: Cloudflare, published: Published, objects: FakeObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Unavailable("The object store does not answer. Try again in a moment.")

    row = published.asks()
    with monkeypatch.context() as patch:
        patch.setattr(objects, "put", refuse)
        published.work()
    assert published.view(row.id).error == "The object store does not answer. Try again in a moment."
    assert visitors_get(cloudflare, published) == "1"
    assert tries_again(published, row) == DeploymentStatus.DEPLOYED


def test_publishes_and_failures_leave_no_more_versions_than_are_kept(
    cloudflare: Cloudflare, published: Published, objects: FakeObjectStore
) -> None:
    for text in "abcd":
        published.changes(text)
        cloudflare.fake.fail(SESSION, "rights", times=1)
        assert published.publishes().status == DeploymentStatus.FAILED
        assert published.publishes().status == DeploymentStatus.DEPLOYED
    versions = [key for key in objects.objects if "/versions/" in key]
    assert len(versions) == 3
