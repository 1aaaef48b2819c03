"""Setting an account up, once and again."""

import pytest

from overskill.clients.cloudflare.installation import DISPATCH_WORKER, OUTBOUND_WORKER, Installation
from overskill.errors import InvalidInput, NotAllowed
from tests.support_cloudflare import Cloudflare, cloudflare_settings

VARIABLES = {"BASE_DOMAINS": "apps.example.com", "SITE_URL": "https://www.example.org"}


def install(cloudflare: Cloudflare, *, with_domains: bool = False, **more: object) -> list[str]:
    said: list[str] = []
    Installation(cloudflare_settings(**more), cloudflare.api, VARIABLES, said.append).run(with_domains=with_domains)
    return said


def test_everything_that_publishing_needs_is_made(cloudflare: Cloudflare) -> None:
    cloudflare.account.namespaces.clear()
    said = install(cloudflare)
    assert set(cloudflare.account.namespaces) == {
        "overskill-local-preview",
        "overskill-local-staging",
        "overskill-local-production",
    }
    assert {(route["pattern"], route["script"]) for route in cloudflare.account.routes.values()} == {
        ("apps.example.com/*", "overskill-local-dispatch"),
        ("*.apps.example.com/*", "overskill-local-dispatch"),
    }
    assert [record["name"] for record in cloudflare.account.records] == ["apps.example.com", "*.apps.example.com"]
    assert any("made   namespace overskill-local-production" in line for line in said)


def test_the_dispatch_worker_has_the_bytes_that_run_here_and_its_bindings(cloudflare: Cloudflare) -> None:
    install(cloudflare)
    worker = cloudflare.account.scripts["overskill-local-dispatch"]
    assert worker.modules == {path.name: path.read_bytes() for path in DISPATCH_WORKER.glob("*.js")}
    assert worker.metadata["main_module"] == "dispatch.js"
    assert worker.binding("NAMESPACE_PREVIEW")["namespace"] == "overskill-local-preview"
    assert worker.binding("ROUTES")["namespace_id"] in cloudflare.account.values
    assert worker.binding("USAGE")["dataset"] == "overskill_local_usage"
    assert worker.binding("IMAGES")["type"] == "images"
    assert worker.binding("BASE_DOMAINS")["text"] == "apps.example.com"


def test_calls_of_apps_code_go_through_the_outbound_worker(cloudflare: Cloudflare) -> None:
    install(cloudflare)
    worker = cloudflare.account.scripts["overskill-local-outbound"]
    assert worker.modules == {path.name: path.read_bytes() for path in OUTBOUND_WORKER.glob("*.js")}
    dispatch = cloudflare.account.scripts["overskill-local-dispatch"]
    for environment in ("PREVIEW", "STAGING", "PRODUCTION"):
        outbound = dispatch.binding(f"NAMESPACE_{environment}")["outbound"]
        assert outbound == {"worker": {"service": "overskill-local-outbound"}, "params": [{"name": "EGRESS"}]}


def test_run_again_it_makes_nothing_twice(cloudflare: Cloudflare) -> None:
    install(cloudflare, with_domains=True)
    said = install(cloudflare, with_domains=True)
    assert not [line for line in said if "made" in line]
    assert len(cloudflare.account.routes) == 3
    assert cloudflare.account.fallback_origin == "apps.example.com"


def test_a_bucket_of_r2_is_made_too(cloudflare: Cloudflare) -> None:
    install(cloudflare, S3_BUCKET="files", S3_ENDPOINT="https://1.r2.cloudflarestorage.com")
    assert cloudflare.account.buckets == ["files"]


def test_a_setup_that_broke_off_goes_on_where_it_was(cloudflare: Cloudflare) -> None:
    cloudflare.fake.fail("workers/routes", "rights")
    with pytest.raises(NotAllowed):
        install(cloudflare)
    cloudflare.fake.faults.clear()
    install(cloudflare)
    assert len(cloudflare.account.routes) == 2
    assert len(cloudflare.account.value_titles) == 1


def test_apps_under_a_path_cannot_be_set_up(cloudflare: Cloudflare) -> None:
    with pytest.raises(InvalidInput, match="OVERSKILL_APPS_URL"):
        install(cloudflare, OVERSKILL_APPS_URL="https://apps.example.com/{slug}")
