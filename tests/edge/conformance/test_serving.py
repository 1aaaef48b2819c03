"""Addresses, headers, caching, ranges, and what is not there."""

import json

import pytest

from overskill.clients.bundler import Asset
from overskill.clients.edge_routes import HostRoute
from tests.edge.conformance.place import Place
from tests.support_edge import make_upload

TEN_MEGABYTES = bytes(range(250)) * 40_000
LONG_SCRIPT = b"export const answer = 42;\n" * 400


@pytest.fixture(scope="module")
def site(place: Place) -> Place:
    files = {
        "/index.html": Asset(b"<!doctype html><title>home</title>", "text/html"),
        "/about.html": Asset(b"<!doctype html><title>about</title>", "text/html"),
        "/assets/app-1a2b.js": Asset(LONG_SCRIPT, "text/javascript"),
        "/data.json": Asset(b"{}", "application/json"),
        "/film.bin": Asset(TEN_MEGABYTES, "application/octet-stream"),
        "/a b.txt": Asset(b"space", "text/plain"),
        "/café/größe.html": Asset("größe".encode(), "text/html"),
        "/[slug].txt": Asset(b"slug", "text/plain"),
        "/100%.txt": Asset(b"percent", "text/plain"),
        "/emoji-😀.txt": Asset(b"emoji", "text/plain"),
    }
    place.publish(make_upload("conf-site", "3", assets=files, variables={"VITE_GREETING": "hello"}))
    return place


@pytest.mark.parametrize("environment", ["preview", "staging", "production"])
def test_an_environment_has_an_address_of_its_own(place: Place, environment: str) -> None:
    place.publish(make_upload("conf-environments", environment, environment=environment))
    answer = place.ask("conf-environments", environment=environment)
    assert answer.status == 200
    assert f"version {environment}" in answer.text
    assert answer.headers["x-app-env"] == environment


def test_an_address_of_nothing_says_so(place: Place) -> None:
    answer = place.ask("conf-nobody", accept="text/html")
    assert answer.status == 404
    assert "There’s no app here" in answer.text


def test_answers_name_the_app_and_its_version(site: Place) -> None:
    headers = site.ask("conf-site").headers
    assert (headers["x-app-id"], headers["x-app-version"]) == ("id-conf-site", "3")


def test_answers_carry_security_headers(site: Place) -> None:
    headers = site.ask("conf-site").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors" in headers["content-security-policy"]
    assert "permissions-policy" in headers


def test_an_app_has_a_health_check_and_public_variables(site: Place) -> None:
    assert json.loads(site.ask("conf-site", "/__health").text)["version"] == "3"
    assert '"VITE_GREETING":"hello"' in site.ask("conf-site", "/__env.js").text


def test_a_page_is_checked_each_time_and_a_hashed_file_never_again(site: Place) -> None:
    assert site.ask("conf-site").headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "immutable" in site.ask("conf-site", "/assets/app-1a2b.js").headers["cache-control"]


def test_what_the_visitor_has_is_not_sent_again(site: Place) -> None:
    etag = site.ask("conf-site").headers["etag"]
    again = site.ask("conf-site", if_none_match=etag)
    assert (again.status, again.body) == (304, b"")


def test_whoever_understands_brotli_gets_it(site: Place) -> None:
    answer = site.ask("conf-site", "/assets/app-1a2b.js", accept_encoding="br")
    assert answer.headers["content-encoding"] == "br"
    assert len(answer.body) < len(LONG_SCRIPT) // 4


def test_head_tells_what_get_sends(site: Place) -> None:
    head, get = (site.ask("conf-site", "/data.json", method=method) for method in ("HEAD", "GET"))
    assert head.body == b""
    assert head.status == get.status == 200
    for name in ("etag", "content-type", "cache-control"):
        assert head.headers[name] == get.headers[name]


def test_ten_megabytes_arrive_whole_and_in_part(site: Place) -> None:
    assert site.ask("conf-site", "/film.bin").body == TEN_MEGABYTES
    part = site.ask("conf-site", "/film.bin", range="bytes=9999000-")
    assert (part.status, part.body) == (206, TEN_MEGABYTES[9_999_000:])
    assert part.headers["content-range"] == "bytes 9999000-9999999/10000000"
    assert site.ask("conf-site", "/film.bin", range="bytes=10000000-").status == 416


def test_a_page_has_one_address(site: Place) -> None:
    answer = site.ask("conf-site", "/about.html?tab=1")
    assert (answer.status, answer.headers["location"]) == (307, "/about?tab=1")
    assert "about" in site.ask("conf-site", "/about").text


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/a%20b.txt", "space"),
        ("/caf%C3%A9/gr%C3%B6%C3%9Fe", "größe"),
        ("/%5Bslug%5D.txt", "slug"),
        ("/100%25.txt", "percent"),
        ("/emoji-%F0%9F%98%80.txt", "emoji"),
    ],
)
def test_names_with_any_character_are_found(site: Place, path: str, content: str) -> None:
    answer = site.ask("conf-site", path)
    assert (answer.status, answer.text) == (200, content)


def test_another_spelling_of_a_name_is_sent_to_the_right_one(site: Place) -> None:
    answer = site.ask("conf-site", "/%61bout")
    assert (answer.status, answer.headers["location"]) == (307, "/about")


@pytest.mark.parametrize("headers", [{}, {"sec_fetch_mode": "navigate"}], ids=["program", "browser"])
def test_an_unknown_path_is_the_apps_page(site: Place, headers: dict[str, str]) -> None:
    answer = site.ask("conf-site", "/items/7", **headers)  # type: ignore[arg-type]
    assert (answer.status, answer.text) == (200, "<!doctype html><title>home</title>")


def test_a_hashed_file_that_is_gone_is_not_a_page(site: Place) -> None:
    assert site.ask("conf-site", "/assets/app-gone.js").status == 404


def test_files_are_read_only(site: Place) -> None:
    assert site.ask("conf-site", "/about", method="POST", body=b"x").status == 405


def test_an_apps_own_rules_are_followed(place: Place) -> None:
    files = {
        "/index.html": Asset(b"home", "text/html"),
        "/_redirects": Asset(b"/old/:id /new/:id 301", "text/plain"),
        "/_headers": Asset(b"/*\n  X-Frame-Options: DENY", "text/plain"),
    }
    place.publish(make_upload("conf-rules", assets=files))
    sent = place.ask("conf-rules", "/old/7?q=1")
    assert (sent.status, sent.headers["location"]) == (301, "/new/7?q=1")
    assert place.ask("conf-rules").headers["x-frame-options"] == "DENY"


def test_a_creators_domain_shows_the_app_and_its_other_spelling_leads_there(site: Place) -> None:
    if not site.serves_any_host:
        pytest.skip("Nobody's domain can be tried here")
    site.routes.put_host("www.conf.example", HostRoute(script="conf-site"))
    site.routes.put_host("conf.example", HostRoute(script="conf-site", redirect="www.conf.example"))
    assert site.ask("", "/about", host="www.conf.example").status == 200
    sent = site.ask("", "/about?tab=1", host="conf.example")
    assert (sent.status, sent.headers["location"]) == (308, "//www.conf.example/about?tab=1")
    site.routes.delete_host("www.conf.example")
    assert site.soon(lambda: site.ask("", "/about", host="www.conf.example").status == 404)
