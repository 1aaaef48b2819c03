"""A page of the site that frames a preview, and what they say to each other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.support_bundler import RunningBundler

Framed = Callable[[], Any]
STUDIO = """<!doctype html><iframe src="{url}" width="1000" height="700"></iframe>
<script>
window.heard = [];
addEventListener("message", ({{data, origin}}) => heard.push({{...data, origin}}));
</script>"""


@contextmanager
def studio(bundler: RunningBundler, key: str) -> Iterator[None]:
    """A page of the site that frames the preview; a real one, for browsers tell local pages from others."""
    body = STUDIO.format(url=bundler.address(key)).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", bundler.settings.web_port), Page)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def say(page: Any, **message: Any) -> None:
    page.evaluate("message => document.querySelector('iframe').contentWindow.postMessage(message, '*')", message)


def heard(page: Any, kind: str, **details: Any) -> dict[str, Any]:
    """The first message of that kind (and those details) from the preview; waits for it."""
    find = (
        "([kind, details]) => heard.find(m => m.type === kind && Object.keys(details).every(k => m[k] === details[k]))"
    )
    found: dict[str, Any] = page.wait_for_function(find, arg=[kind, details]).json_value()
    return found


def click(page: Any, times: int) -> None:
    for _ in range(times):
        page.click("button")
