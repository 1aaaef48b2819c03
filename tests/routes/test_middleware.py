from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from overskill.config import Settings
from overskill.container import Container
from overskill.routes.middleware import (
    EarlierBuilds,
    OriginCheck,
    PageAddresses,
    SameOriginBundle,
    cache_control,
    content_security_policy,
)
from overskill.routes.requests import client_ip, safe_next
from tests.support_site import browser_at
from tests.support_socket import Socket


async def echo_path(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(scope["path"])(scope, receive, send)


async def test_every_answer_carries_the_security_headers(services: Container) -> None:
    async with browser_at(services.settings) as browser:
        answers = [await browser.get("/healthz"), await browser.get("/nothing-here")]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        assert "strict-transport-security" not in answer.headers


async def test_a_client_that_names_no_origin_is_let_through(services: Container) -> None:
    async with browser_at(services.settings) as browser:
        del browser.headers["origin"]
        answer = await browser.post("/auth/sign-out")
    assert answer.status_code == 303


def test_pages_may_frame_previews_and_published_apps_only(settings: Settings) -> None:
    policy = content_security_policy(settings)
    assert "frame-src 'self' http://*.localhost:8787 http://*.preview.localhost:3001 http://localhost:8787;" in policy
    assert "object-src 'none'" in policy


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("/assets/root-BE3yvdv-.js", 200, "immutable"),
        ("/assets/root-old.js", 404, "no-store"),
        ("/fonts/geist-latin.woff2", 200, "max-age=3600"),
        ("/settings", 200, "no-cache"),
        ("/sign-in", 303, "no-cache"),
    ],
)
def test_what_has_a_hash_in_its_name_is_kept_and_pages_are_asked_for_again(
    path: str, status: int, expected: str
) -> None:
    assert expected in cache_control(path, status)


async def test_a_page_is_served_at_its_own_address() -> None:
    site = PageAddresses(echo_path, ["/settings"])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://localhost") as browser:
        assert (await browser.get("/settings")).text == "/settings/"
        assert (await browser.get("/studio/habits")).text == "/studio/habits"


PASSED_ON = Starlette(routes=[Route("/{rest:path}", lambda _: PlainTextResponse("passed on"))])


async def test_a_page_of_an_earlier_build_gets_its_parts(tmp_path: Path) -> None:
    assets, kept = tmp_path / "assets", tmp_path / "kept"
    for folder, name in ((assets, "both.js"), (kept, "both.js"), (kept, "earlier.js"), (kept, "note.txt")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(folder.name)
    site = EarlierBuilds(PASSED_ON, assets, kept)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://localhost") as browser:
        names = ("both.js", "earlier.js", "gone.js", "note.txt", "..%2fassets%2fboth.js")
        said = {name: (await browser.get(f"/assets/{name}")).text for name in names}
    assert said == {name: "kept" if name == "earlier.js" else "passed on" for name in names}


async def test_a_bundle_built_for_one_address_works_at_any(tmp_path: Path) -> None:
    (tmp_path / "reflex-env-a1.js").write_text(
        "e={PING:`http://localhost:3000/ping`,EVENT:`ws://localhost:3000/_event`}"
    )
    site = SameOriginBundle(PASSED_ON, [tmp_path / "gone", tmp_path])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://localhost") as browser:
        script = (await browser.get("/assets/reflex-env-a1.js")).text
        other = (await browser.get("/assets/reflex-env-gone.js")).text
    assert script == "e={PING:`${location.origin}/ping`,EVENT:`${location.origin.replace(/^http/, 'ws')}/_event`}"
    assert other == "passed on"


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "10.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "made-up, 198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 10.0.0.9", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1"),
    ],
)
def test_only_what_trusted_proxies_say_about_a_visitor_counts(hops: int, forwarded: str, expected: str) -> None:
    scope = {"client": ("10.0.0.1", 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    assert client_ip(scope, hops) == expected


def test_a_way_back_keeps_its_query() -> None:
    assert safe_next("/studio?tab=archived") == "/studio?tab=archived"


@pytest.mark.parametrize(
    ("origin", "is_let_through"),
    [("http://localhost:3000", True), ("", True), ("http://habits.localhost:8787", False), ("null", False)],
)
async def test_only_our_own_pages_open_websockets(settings: Settings, origin: str, is_let_through: bool) -> None:
    async def accept(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    socket = Socket("/_event", origin=origin)
    await socket.run(OriginCheck(accept, settings))
    assert socket.is_accepted is is_let_through
