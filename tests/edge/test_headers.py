"""What an app sees of a request, and what its answers carry."""

import base64
import hashlib
import json
from collections.abc import Iterator

import pytest

from overskill.clients.bundler import Asset
from tests.support_edge import RunningEdge, ask, make_upload, running_edge

ECHO = """export default { async fetch(request) {
  return Response.json({ headers: Object.fromEntries(request.headers), url: request.url, body: await request.text() });
} };"""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEdge]:
    """An edge with small limits (the bucket stays empty during a test), behind a proxy it trusts."""
    home = tmp_path_factory.mktemp("strict")
    limits = {"requests_per_second": 0.001, "request_burst": 3, "max_body_bytes": 1000}
    with running_edge(home, **limits, trusts_proxy=True) as running:
        yield running


@pytest.fixture(scope="module")
def echo(edge: RunningEdge) -> RunningEdge:
    edge.publish_code("echo", ECHO)
    return edge


def test_an_app_does_not_see_the_platforms_cookies(echo: RunningEdge) -> None:
    cookie = "a=1; overskill_session=secret; __Host-overskill_session=secret; b=2; OverSkill_csrf=x"
    seen = json.loads(ask(echo.port, "/app/echo/", cookie=cookie).text)
    assert seen["headers"]["cookie"] == "a=1; b=2"


def test_a_cookie_header_with_nothing_left_is_dropped(echo: RunningEdge) -> None:
    seen = json.loads(echo.ask("echo", cookie="overskill_session=secret").text)
    assert "cookie" not in seen["headers"]


def test_a_visitor_cannot_speak_for_the_dispatcher(echo: RunningEdge) -> None:
    place = json.dumps({"namespace": "overskill-local-production", "script": "other", "version": "x"})
    seen = json.loads(echo.ask("echo", x_edge_dispatch=place, x_edge_other="1", x_forwarded_prefix="/x").text)
    assert not {name for name in seen["headers"] if name.startswith("x-edge-") or name == "x-forwarded-prefix"}


def test_an_app_under_a_path_sees_its_own_address_and_its_prefix(echo: RunningEdge) -> None:
    seen = json.loads(ask(echo.port, "/app/echo/items/%C3%A9?q=1").text)
    assert seen["url"] == f"http://localhost:{echo.port}/items/%C3%A9?q=1"
    assert seen["headers"]["x-forwarded-prefix"] == "/app/echo"


def test_an_app_cannot_set_the_platforms_cookies(edge: RunningEdge) -> None:
    code = """export default { fetch() {
      const tossed = ["overskill_session=x", "__Host-overskill_session=x; Secure; Path=/", "__SECURE-overskill_draft=x",
        "\\toverskill_session=x", "=overskill_session=x", " = __host-overskill_session=x", "mine=1"];
      return new Response("", { headers: tossed.map((cookie) => ["set-cookie", cookie]) });
    } };"""
    edge.publish_code("fixating", code)
    assert edge.ask("fixating").headers["set-cookie"] == "mine=1"


def test_answers_carry_what_generated_code_forgets(edge: RunningEdge) -> None:
    edge.publish(make_upload("secured"))
    headers = edge.ask("secured").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "style-src 'self' 'unsafe-inline' https:" in policy
    assert policy.endswith("frame-ancestors 'self' http://localhost:3000")
    assert "strict-transport-security" not in headers


def test_a_script_has_no_document_policy(edge: RunningEdge) -> None:
    edge.publish(make_upload("secured-script"))
    headers = edge.ask("secured-script", "/assets/app-1.js").headers
    assert "content-security-policy" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_the_scripts_inside_a_published_page_may_run_and_no_others(edge: RunningEdge) -> None:
    page = b"<head><script>document.title = 'set'</script><script src='/a.js'></script></head>"
    edge.publish(make_upload("inline", assets={"/index.html": Asset(page, "text/html")}))
    answer = edge.ask("inline")
    digest = base64.b64encode(hashlib.sha256(b"document.title = 'set'").digest()).decode()
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}';" in answer.headers["content-security-policy"]
    assert "x-edge-scripts" not in answer.headers


def test_an_apps_own_policy_is_kept(edge: RunningEdge) -> None:
    code = """export default { fetch() {
      const headers = { "content-type": "text/html", "content-security-policy": "default-src *" };
      return new Response("<p>", { headers });
    } };"""
    edge.publish_code("opinionated", code)
    assert edge.ask("opinionated").headers["content-security-policy"] == "default-src *"


def test_public_variables_reach_the_page_and_cannot_break_out(edge: RunningEdge) -> None:
    edge.publish(make_upload("configured", variables={"VITE_API": "</script><b>"}))
    answer = edge.ask("configured", "/__env.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert '"VITE_API":"\\u003c/script>\\u003cb>"' in answer.text
    assert '"APP_ENV":"production"' in answer.text


def test_an_app_has_a_health_check(edge: RunningEdge) -> None:
    edge.publish(make_upload("checked", "7"))
    expected = {"ok": True, "app": "id-checked", "version": "7", "environment": "production"}
    assert json.loads(edge.ask("checked", "/__health").text) == expected


def test_browsers_are_told_to_stay_on_https_only_when_they_are_on_it(strict: RunningEdge) -> None:
    strict.publish(make_upload("proxied"))
    assert "strict-transport-security" not in strict.ask("proxied").headers
    assert strict.ask("proxied", x_forwarded_proto="https").headers["strict-transport-security"] == "max-age=31536000"


def test_an_app_that_is_asked_too_often_says_so_and_the_others_go_on(strict: RunningEdge) -> None:
    strict.publish(make_upload("busy"))
    strict.publish(make_upload("quiet"))
    answers = [strict.ask("busy", accept="text/html") for _ in range(5)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["retry-after"] == "1"
    assert "One moment" in answers[-1].text
    assert strict.ask("quiet").status == 200


def test_a_body_that_is_declared_too_large_is_refused(strict: RunningEdge) -> None:
    strict.publish_code("declared", ECHO)
    assert strict.ask("declared", method="POST", body=b"x" * 1000).status == 200
    assert strict.ask("declared", method="POST", body=b"x" * 1001).status == 413


def test_a_body_that_turns_out_too_large_is_refused(strict: RunningEdge) -> None:
    strict.publish_code("chunked", ECHO)
    small = b"3e8\r\n" + b"x" * 1000 + b"\r\n0\r\n\r\n"
    large = b"3e9\r\n" + b"x" * 1001 + b"\r\n0\r\n\r\n"
    answer = strict.ask("chunked", method="POST", body=small, transfer_encoding="chunked")
    assert json.loads(answer.text)["body"] == "x" * 1000
    assert strict.ask("chunked", method="POST", body=large, transfer_encoding="chunked").status == 413
