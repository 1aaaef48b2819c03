"""Apps with code of their own: what they can't do to others, and what they can't reach."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from redis import Redis

from overskill.clients.edge_embedded_usage import EmbeddedUsage
from overskill.clients.edge_incidents import incidents
from overskill.clients.edge_manifest import Binding
from overskill.clients.edge_secrets import seal_secret, secrets_key
from overskill.edge.configuration import EdgeOptions
from tests.support_edge import Answer, RunningEdge, make_upload, running_edge, settings_for
from tests.support_waiting import PATIENCE_SECONDS, eventually

LOOP = "export default { fetch() { for (;;) {} } };"
NEVER = "export default { fetch() { return new Promise((resolve) => setTimeout(resolve, 600000)); } };"
HELLO = "export default { fetch() { return new Response('hello'); } };"
CALL = """export default { async fetch(request) {
  const response = await fetch(new URL(request.url).searchParams.get("to"));
  return new Response(response.status + " " + (await response.text()));
} };"""


TRY = """export default { async fetch(request) {
  try { await fetch(new URL(request.url).searchParams.get("to")); } catch { return new Response("unreachable"); }
  return new Response("reached");
} };"""


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEdge]:
    """An edge whose apps may call this machine."""
    with running_edge(tmp_path_factory.mktemp("local"), networks=("public", "local"), routes_ttl=0) as running:
        yield running


@pytest.fixture(scope="module")
def outside() -> Iterator[int]:
    """A server somewhere else: says hello, or sends on to /there."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/away"):
                self.send_response(302)
                self.send_header("Location", self.path.partition("=")[2])
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello from outside")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_an_app_that_hangs_is_cut_off_and_named_and_the_others_go_on(edge: RunningEdge) -> None:
    edge.publish_code("hanging", LOOP)
    edge.publish(make_upload("healthy"))
    answers: list[Answer] = []
    attack = threading.Thread(target=lambda: answers.append(edge.ask("hanging")))
    attack.start()
    while attack.is_alive():
        assert edge.ask("healthy").status == 200
        assert edge.ask("healthy", "/__health").status == 200
    attack.join()
    assert answers[0].status == 504
    assert eventually(lambda: "sandbox hung while running overskill-local-production/hanging" in edge.log())


def test_after_a_hang_other_apps_code_runs_again(edge: RunningEdge) -> None:
    edge.publish_code("hanging-too", LOOP)
    edge.publish_code("patient", HELLO)
    assert edge.ask("hanging-too").status == 504
    assert eventually(lambda: edge.ask("patient").text == "hello")


def test_an_app_that_hangs_again_and_again_is_paused_and_its_owner_can_read_why(
    tmp_path: Path, valkey: str, redis: Redis
) -> None:
    with running_edge(tmp_path, redis_url=valkey, routes_ttl=0) as edge:
        edge.publish_code("stubborn", LOOP)
        edge.publish_code("patient", HELLO)
        answers: list[Answer] = []

        def is_paused() -> bool:
            with contextlib.suppress(OSError):
                answers.append(edge.ask("stubborn", accept="text/html"))
            return bool(answers) and answers[-1].status == 503

        assert eventually(is_paused, 3 * PATIENCE_SECONDS)
        assert {answer.status for answer in answers[:-1]} <= {504}
        assert answers[-1].headers["retry-after"] == "300"
        assert "This app is paused" in answers[-1].text
        assert eventually(lambda: edge.ask("patient").text == "hello")
        newest = incidents(redis, "stubborn")[0]
        assert (newest.reason, newest.paused_until is not None) == ("hung", True)


def test_the_owner_of_an_app_can_read_what_its_code_threw(tmp_path: Path, valkey: str, redis: Redis) -> None:
    with running_edge(tmp_path, redis_url=valkey) as edge:
        edge.publish_code("clumsy", "export default { fetch() { return undefined.name; } };")
        assert edge.ask("clumsy").status == 500
        assert eventually(lambda: bool(incidents(redis, "clumsy")))
    newest = incidents(redis, "clumsy")[0]
    assert (newest.environment, newest.reason, newest.paused_until) == ("production", "failed", None)
    assert newest.error.startswith("TypeError: Cannot read properties of undefined")


def test_server_code_that_answers_nothing_is_told_so(tmp_path: Path, valkey: str, redis: Redis) -> None:
    with running_edge(tmp_path, redis_url=valkey) as edge:
        edge.publish(make_upload("silent", modules={"server.js": b"export default { fetch() {} };"}))
        assert edge.ask("silent", "/api/x").status == 500
        assert eventually(lambda: bool(incidents(redis, "silent")))
    assert incidents(redis, "silent")[0].error == "TypeError: server/index.ts answered with no Response."


def test_visits_are_counted_where_the_product_reads_them(tmp_path: Path, valkey: str, redis: Redis) -> None:
    with running_edge(tmp_path, redis_url=valkey) as edge:
        edge.publish(make_upload("counted"))
        edge.publish_code("counted-errors", "export default { fetch() { throw new Error('boom'); } };")
        started = datetime.now(UTC)
        for app in ("counted", "counted", "counted-errors"):
            edge.ask(app)
        usage = EmbeddedUsage(redis)
        assert eventually(lambda: usage.totals("production", "counted-errors", started).stable.errors == 1)
        stable = usage.totals("production", "counted", started).stable
        assert (stable.requests, stable.errors) == (2, 0)
        assert stable.bytes == 2 * len(edge.ask("counted").body)


def test_an_apps_code_has_its_secrets_and_nothing_else_has(tmp_path: Path) -> None:
    code = """export default { fetch(request, env) { return Response.json(env); } };"""
    settings = settings_for(tmp_path, 1, OVERSKILL_SECRET_KEY="s" * 32)
    key = secrets_key(settings)
    with running_edge(tmp_path, secrets_key=key.hex()) as edge:
        place = "overskill-local-production/keeping"
        secret: Binding = {
            "type": "secret_text",
            "name": "API_KEY",
            "sealed": seal_secret(key, place, "API_KEY", "sk-1"),
        }
        edge.publish_code("keeping", code, bindings=[secret])
        edge.publish_code("stealing", code, bindings=[secret])
        assert json.loads(edge.ask("keeping").text)["API_KEY"] == "sk-1"
        assert edge.ask("stealing").status == 500
        assert (EdgeOptions.from_settings(settings).run / "sandbox.capnp").stat().st_mode & 0o077 == 0
        edge.publish(make_upload("stock", secrets={}))
        assert "sk-1" not in edge.ask("stock", "/__env.js").text


def test_an_app_that_never_answers_gets_a_time_out_page(tmp_path: Path) -> None:
    with running_edge(tmp_path, sandbox_timeout=0.5) as impatient:
        impatient.publish_code("slow", NEVER)
        answer = impatient.ask("slow", accept="text/html")
    assert answer.status == 504
    assert "takes too long" in answer.text


def test_a_process_that_takes_too_much_memory_is_replaced(tmp_path: Path) -> None:
    code = """const kept = [];
    export default { fetch() { kept.push(new Uint8Array(50e6).fill(1)); return new Response("kept"); } };"""
    with running_edge(tmp_path, max_memory=250_000_000) as edge:
        edge.publish_code("hoarding", code)
        edge.publish_code("modest", HELLO)
        for _ in range(6):
            edge.ask("hoarding")
        assert eventually(lambda: "sandbox took more than 250 MB" in edge.log())
        assert eventually(lambda: edge.ask("modest").text == "hello")


def test_an_app_that_throws_gets_an_error_page(edge: RunningEdge) -> None:
    edge.publish_code("throwing", "export default { fetch() { throw new Error('boom'); } };")
    answer = edge.ask("throwing", accept="text/html")
    assert answer.status == 500
    assert "boom" not in answer.text


def test_an_apps_code_may_not_call_out(local: RunningEdge, outside: int) -> None:
    local.publish_code("closed", CALL)
    refused = f"403 This app may not call 127.0.0.1:{outside}."
    assert local.ask("closed", f"/?to=http://127.0.0.1:{outside}/").text == refused


def test_an_apps_code_may_call_the_hosts_its_version_allows(local: RunningEdge, outside: int) -> None:
    local.publish_code("open", CALL, egress=(f"127.0.0.1:{outside}",))
    assert local.ask("open", f"/?to=http://127.0.0.1:{outside}/").text == "200 hello from outside"
    assert local.ask("open", "/?to=http://127.0.0.1:1/").text == "403 This app may not call 127.0.0.1:1."


def test_hosts_are_allowed_and_forbidden_without_another_publish(local: RunningEdge, outside: int) -> None:
    local.publish_code("changing", CALL)
    address = f"/?to=http://127.0.0.1:{outside}/"
    assert "may not call" in local.ask("changing", address).text
    local.allow("changing", f"127.0.0.1:{outside}")
    assert local.ask("changing", address).text == "200 hello from outside"
    local.allow("changing")
    assert "may not call" in local.ask("changing", address).text


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.0.1", "localhost"])
def test_no_list_opens_this_machine_or_its_network(edge: RunningEdge, outside: int, host: str) -> None:
    edge.publish_code("inward", TRY, egress=(f"{host}:{outside}",))
    assert edge.ask("inward", f"/?to=http://{host}:{outside}/").text == "unreachable"


def test_an_apps_code_cannot_open_sockets(local: RunningEdge, outside: int) -> None:
    code = """import { connect } from "cloudflare:sockets";
    export default { async fetch(request) {
      const to = new URL(request.url).searchParams.get("to");
      try { await connect(to).opened; return new Response("open"); } catch { return new Response("closed"); }
    } };"""
    local.publish_code("plugged", code, egress=(f"127.0.0.1:{outside}",))
    assert local.ask("plugged", f"/?to=127.0.0.1:{outside}").text == "closed"


def test_hosts_that_an_app_without_code_may_call_do_not_take_it_to_the_sandbox(edge: RunningEdge) -> None:
    edge.publish(make_upload("allowing", "3"))
    edge.allow("allowing", "api.example.com")
    sandbox = edge.workerd("sandbox")
    sandbox.suspend()
    try:
        assert json.loads(edge.ask("allowing", "/__health").text)["version"] == "3"
    finally:
        sandbox.resume()


def test_a_star_allows_the_hosts_below_a_domain_and_not_others_that_end_like_it(
    local: RunningEdge, outside: int
) -> None:
    local.publish_code("starred", CALL, egress=(f"*.localhost:{outside}",))
    allowed = local.ask("starred", f"/?to=http://api.localhost:{outside}/").text
    assert "may not call" not in allowed
    for host in (f"localhost:{outside}", f"evil-localhost:{outside}"):
        assert local.ask("starred", f"/?to=http://{host}/").text == f"403 This app may not call {host}."


def test_a_redirect_does_not_lead_out_of_the_allowed_hosts(local: RunningEdge, outside: int) -> None:
    local.publish_code("led-away", CALL, egress=(f"127.0.0.1:{outside}",))
    target = f"http://127.0.0.1:{outside}/away?to=http://127.0.0.1:1/"
    assert local.ask("led-away", f"/?to={target}").text == "403 This app may not call 127.0.0.1:1."


def test_an_apps_code_cannot_claim_to_be_another_app(edge: RunningEdge) -> None:
    edge.publish_code("liar", "export default { fetch: () => new Response('', { headers: { 'x-app-id': 'other' } }) };")
    assert edge.ask("liar").headers["x-app-id"] == "liar"


def test_what_an_app_prints_is_in_the_log(edge: RunningEdge, tmp_path: Path) -> None:
    edge.publish_code("printing", "export default { fetch() { console.log('so it says'); return new Response(); } };")
    edge.ask("printing")
    log = edge.home / "logs" / "edge-sandbox.log"
    assert eventually(lambda: log.exists() and "so it says" in log.read_text())


def test_an_apps_code_may_hold_a_websocket(edge: RunningEdge) -> None:
    code = """export default { fetch() {
      const [client, server] = Object.values(new WebSocketPair());
      server.accept();
      server.addEventListener("message", (event) => server.send("echo " + event.data));
      return new Response(null, { status: 101, webSocket: client });
    } };"""
    edge.publish_code("talking", code)
    with socket.create_connection(("127.0.0.1", edge.port), timeout=PATIENCE_SECONDS) as connection:
        handshake = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        connection.sendall(f"GET / HTTP/1.1\r\nHost: talking.localhost\r\n{handshake}{key}\r\n".encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 101 ")
        connection.sendall(b"\x81\x82\0\0\0\0hi")  # a masked text frame
        assert connection.recv(1000) == b"\x81\x07echo hi"
