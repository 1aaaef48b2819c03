"""Apps with server code of their own: what it gets and answers, what it may call, and what happens when it fails."""

import json

import pytest

from tests.edge.conformance.place import Place
from tests.support_edge import make_upload

ECHO = """export default { async fetch(request, env) {
  const { pathname, search } = new URL(request.url);
  if (pathname === "/api/throw") throw new Error("boom");
  if (pathname === "/api/word") return new Response(env.SECRET_WORD ?? "none");
  if (pathname === "/api/stream") return new Response(request.body, { headers: { "content-type": "text/plain" } });
  const { method, headers: asked } = request;
  const facts = { method, path: pathname + search, body: await request.text(), agent: asked.get("x-agent") };
  return Response.json(facts, { status: 201, headers: { "x-made-by": "server", "x-app-id": "somebody-else" } });
} };"""
CALL = """export default { async fetch(request) {
  try {
    const response = await fetch(new URL(request.url).searchParams.get("to"));
    return new Response(await response.text());
  } catch { return new Response("unreachable"); }
} };"""
LOOP = "export default { fetch() { for (;;) {} } };"
HOARD = """const kept = [];
export default { fetch() { for (;;) kept.push(new Uint8Array(50e6).fill(1)); } };"""


def publish(place: Place, app: str, code: str, **more: object) -> str:
    return place.publish(make_upload(app, modules={"server.js": code.encode()}, **more))


@pytest.fixture(scope="module")
def served(place: Place) -> Place:
    publish(place, "conf-server", ECHO, secrets={"SECRET_WORD": "swordfish"})
    return place


def test_server_code_answers_what_is_asked_under_api(served: Place) -> None:
    answer = served.ask("conf-server", "/api/notes?x=1", method="POST", body=b"text", x_agent="me")
    assert answer.status == 201
    assert json.loads(answer.text) == {"method": "POST", "path": "/api/notes?x=1", "body": "text", "agent": "me"}
    assert answer.headers["x-made-by"] == "server"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_server_code_is_asked_with_every_method(served: Place, method: str) -> None:
    assert json.loads(served.ask("conf-server", "/api/x", method=method).text)["method"] == method


def test_pages_and_files_are_served_as_of_any_app(served: Place) -> None:
    assert "version 1" in served.ask("conf-server").text
    assert "version 1" in served.ask("conf-server", "/some/page").text
    assert "immutable" in served.ask("conf-server", "/assets/app-1.js").headers["cache-control"]
    assert json.loads(served.ask("conf-server", "/__health").text)["version"] == "1"


def test_a_navigation_under_api_reaches_server_code(served: Place) -> None:
    answer = served.ask("conf-server", "/api/login", sec_fetch_mode="navigate", accept="text/html")
    assert json.loads(answer.text)["path"] == "/api/login"


def test_bodies_stream_through_server_code(served: Place) -> None:
    body = b"0123456789" * 50_000
    assert served.ask("conf-server", "/api/stream", method="POST", body=body).body == body


def test_answers_of_server_code_say_whose_they_are_and_are_not_kept(served: Place) -> None:
    headers = served.ask("conf-server", "/api/x").headers
    assert (headers["x-app-id"], headers["x-app-version"]) == ("id-conf-server", "1")
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_secrets_reach_server_code_and_no_page(served: Place) -> None:
    assert served.ask("conf-server", "/api/word").text == "swordfish"
    for path in ("/", "/__env.js", "/__health", "/assets/app-1.js", "/server.js", "/server/index.ts"):
        assert "swordfish" not in served.ask("conf-server", path).text


def test_server_code_that_throws_is_a_page_that_says_so_and_not_why(served: Place) -> None:
    answer = served.ask("conf-server", "/api/throw", accept="text/html")
    assert answer.status == 500
    assert "x-app-id" in answer.headers
    assert "This app ran into a problem" in answer.text
    assert "boom" not in answer.text


def test_without_server_code_there_is_no_route(place: Place) -> None:
    place.publish(make_upload("conf-serverless"))
    answer = place.ask("conf-serverless", "/api/x")
    assert (answer.status, json.loads(answer.text)) == (404, {"error": "There is no such route."})


def test_a_promoted_version_keeps_its_server_code(served: Place) -> None:
    live = served.edge.live("production", "conf-server") or ""
    copied = served.edge.copy(live, "conf-server", "production", "staging", variables={}, secrets={})
    served.switch("staging", "conf-server", copied)
    assert served.ask("conf-server", "/api/word", environment="staging").text == "none"


def test_server_code_calls_the_hosts_of_its_list_and_no_others(place: Place) -> None:
    publish(place, "conf-calling", CALL)
    refused = "This app may not call other.invalid."
    assert place.ask("conf-calling", "/api/?to=https://other.invalid/").text == refused
    place.route("conf-calling", egress=("allowed.invalid", "*.many.invalid"))
    for host in ("allowed.invalid", "one.many.invalid"):
        assert place.soon(lambda: "may not" not in place.ask("conf-calling", f"/api/?to=https://{host}/").text)  # noqa: B023
    for host in ("other.invalid", "many.invalid", "allowed.invalid.example", "allowed.invalid:8443"):
        assert "may not call" in place.ask("conf-calling", f"/api/?to=https://{host}/").text


def test_an_app_that_hangs_is_cut_off_while_others_answer(place: Place) -> None:
    publish(place, "conf-hanging", LOOP)
    publish(place, "conf-patient", ECHO)
    assert place.ask("conf-hanging", "/api/x").status == 504
    assert "version 1" in place.ask("conf-hanging").text
    assert place.soon(lambda: place.ask("conf-patient", "/api/x").status == 201)


def test_an_app_that_takes_all_memory_does_not_take_it_from_others(place: Place) -> None:
    publish(place, "conf-hoarding", HOARD)
    publish(place, "conf-modest", ECHO)
    assert place.ask("conf-hoarding", "/api/x").status >= 500
    assert place.ask("conf-modest").status == 200
    assert place.soon(lambda: place.ask("conf-modest", "/api/x").status == 201)
