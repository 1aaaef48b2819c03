"""What every edge promises of routes, held against the embedded one, Cloudflare's (in memory), and the fake one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from overskill.clients.cloudflare.routes import CloudflareRoutes
from overskill.clients.cloudflare.values import ensure_value_store
from overskill.clients.edge_routes import (
    AppRoute,
    EdgeRoutes,
    EmbeddedRoutes,
    FakeRoutes,
    HostRoute,
    new_access_key,
    sign_access,
)
from overskill.errors import InvalidInput, Unavailable
from tests.support_cloudflare import Cloudflare, cloudflare_settings
from tests.support_edge import settings_for

SOON = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["embedded", "cloudflare", "fake"])
def routes(request: pytest.FixtureRequest, tmp_path: Path) -> EdgeRoutes:
    match request.param:
        case "embedded":
            return EmbeddedRoutes(settings_for(tmp_path, 1))
        case "cloudflare":
            cloudflare = Cloudflare()
            ensure_value_store(cloudflare.api, "overskill-local-routes")
            return CloudflareRoutes(cloudflare_settings(), cloudflare.api)
        case _:
            return FakeRoutes()


def test_an_app_has_no_route_until_one_is_put(routes: EdgeRoutes) -> None:
    assert routes.app("production", "shop") is None


def test_a_route_is_kept_as_it_was_put(routes: EdgeRoutes) -> None:
    route = AppRoute(
        app_id="7",
        private=True,
        access_key=new_access_key(),
        maintenance="Zurück um 9",
        canary=5,
        rate=3,
        egress=("a.com",),
    )
    routes.put_app("production", "shop", route)
    assert routes.app("production", "shop") == route
    assert routes.app("preview", "shop") is None


def test_a_route_that_was_deleted_is_gone_and_deleting_it_again_is_no_error(routes: EdgeRoutes) -> None:
    routes.put_app("staging", "shop", AppRoute(app_id="7"))
    routes.delete_app("staging", "shop")
    routes.delete_app("staging", "shop")
    assert routes.app("staging", "shop") is None


def test_a_domain_is_kept_until_it_is_deleted(routes: EdgeRoutes) -> None:
    route = HostRoute(script="shop", redirect="www.example.com")
    routes.put_host("example.com", route)
    assert routes.host("example.com") == route
    routes.delete_host("example.com")
    assert routes.host("example.com") is None


@pytest.mark.parametrize(
    "host", ["example", "../app", "Example.com", "a..com", "-a.com", "", "a/b.com", "x" * 250 + ".com"]
)
def test_what_is_no_domain_is_refused(routes: EdgeRoutes, host: str) -> None:
    with pytest.raises(InvalidInput):
        routes.put_host(host, HostRoute(script="shop"))


@pytest.mark.parametrize(
    "change",
    [
        {"canary": 101},
        {"canary": -1},
        {"maintenance": "x" * 301},
        {"rate": 0},
        {"max_body": 0},
        {"egress": ("https://a.com",)},
        {"egress": tuple(f"{number:0200}.com" for number in range(20))},
    ],
)
def test_what_the_edge_could_not_follow_is_refused(routes: EdgeRoutes, change: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        routes.put_app("production", "shop", AppRoute(app_id="7", **change))  # type: ignore[arg-type]


def test_the_longest_maintenance_note_fits_in_any_script(routes: EdgeRoutes) -> None:
    route = AppRoute(app_id="7", maintenance="🛠" * 300)
    routes.put_app("production", "shop", route)
    assert routes.app("production", "shop") == route


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "edge").write_text("in the way")
    with pytest.raises(Unavailable, match="can't be written"):
        EmbeddedRoutes(settings_for(tmp_path, 1)).put_app("production", "shop", AppRoute(app_id="7"))


def test_a_link_is_signed_for_one_app_and_environment() -> None:
    key = new_access_key()
    tokens = {
        sign_access(key, "production", "shop", subject="ann", expires=SOON),
        sign_access(key, "preview", "shop", subject="ann", expires=SOON),
        sign_access(new_access_key(), "production", "shop", subject="ann", expires=SOON),
    }
    assert len(tokens) == 3
    assert all(
        set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") for token in tokens
    )


def test_without_a_key_no_link_is_signed() -> None:
    with pytest.raises(InvalidInput, match="Make it private first"):
        sign_access("", "production", "shop", subject="ann", expires=SOON)
