"""The preview in a real browser: what a creator sees while files change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from overskill.bundler.setup import Installation
from overskill.clients.shares import LocalSharedPreviews
from tests.support_bundler import APP, SMALL_APP, RunningBundler
from tests.support_waiting import PATIENCE_SECONDS, eventually

pytestmark = pytest.mark.browser

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


@pytest.fixture
def framed(bundler: RunningBundler, page: Any, key: str) -> Iterator[Framed]:
    """Opens the studio with the preview in it, and gives the preview's frame."""

    def visit() -> Any:
        page.goto(f"{bundler.settings.site_url}/studio")
        return page.query_selector("iframe").content_frame()

    with studio(bundler, key):
        yield visit


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


def test_an_edit_keeps_the_apps_state(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    click(page, 3)
    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Welcome")})
    page.wait_for_selector("text=Welcome")
    assert page.inner_text("button") == "3"


def test_opening_an_open_app_with_other_files_keeps_its_state(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    click(page, 2)
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": APP.replace("Hello", "Opened")})
    page.wait_for_selector("text=Opened")
    assert page.inner_text("button") == "2"


def test_an_edit_of_a_plain_module_reaches_the_components(bundler: RunningBundler, page: Any, key: str) -> None:
    app = 'import { title } from "./title";\n' + APP.replace("Hello", "{title()}")
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app, "src/title.ts": 'export const title = () => "One";'})
    page.goto(bundler.address(key))
    click(page, 1)
    bundler.client.update(key, {"src/title.ts": 'export const title = () => "Two";'})
    page.wait_for_selector("text=Two")
    assert page.inner_text("button") == "1"


def test_a_shell_waits_and_is_filled_without_a_reload(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.shell(key)
    page.goto(bundler.address(key))
    page.wait_for_selector("text=Writing your app…")
    page.evaluate("window.stayed = true")
    bundler.client.open(key, SMALL_APP)
    page.wait_for_selector("text=Hello")
    assert page.evaluate("window.stayed")
    page.wait_for_selector("text=Writing your app…", state="detached")


def test_a_class_used_for_the_first_time_is_styled(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    page.wait_for_selector("text=Hello")
    bundler.client.update(key, {"src/App.tsx": APP.replace("<h1>", '<h1 className="text-[41px]">')})
    page.wait_for_function("getComputedStyle(document.querySelector('h1')).fontSize === '41px'")
    page.wait_for_function("getComputedStyle(document.querySelector('main')).paddingTop === '16px'")


def test_an_edited_css_variable_shows_and_the_rest_stays(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    page.wait_for_selector("text=Hello")
    css = SMALL_APP["src/index.css"].replace("rgb(1, 2, 3)", "rgb(9, 8, 7)")
    bundler.client.update(key, {"src/index.css": css})
    page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(9, 8, 7)'")
    page.wait_for_timeout(100)
    assert page.evaluate("getComputedStyle(document.querySelector('main')).paddingTop") == "16px"


def test_a_changed_title_and_theme_show_without_a_reload(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    click(page, 1)
    page.evaluate("document.documentElement.classList.add('own')")
    index = '<html lang="fr" class="dark"><head><title>Renamed</title></head></html>'
    bundler.client.update(key, {"index.html": index})
    page.wait_for_function("document.title === 'Renamed' && document.documentElement.className === 'own dark'")
    assert page.inner_text("button") == "1"


def test_a_package_and_an_icon_imported_for_the_first_time_load(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    click(page, 2)
    imports = 'import { Rocket } from "lucide-react";\nimport { format } from "date-fns";\n'
    app = imports + APP.replace("Hello", "<Rocket />{format(new Date(2026, 0, 5), 'yyyy')}")
    bundler.client.update(key, {"src/App.tsx": app})
    page.wait_for_selector("svg.lucide-rocket")
    page.wait_for_selector("text=2026")
    assert page.inner_text("button") == "2"


def test_pictures_and_data_are_imported_as_with_vite(bundler: RunningBundler, page: Any, key: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>'
    app = """import logo from "@/logo.svg"; import raw from "./note.txt?raw"; import data, { name } from "./data.json";
const { MODE, DEV } = import.meta.env;
export default () => <p><img src={logo} />{raw} {name} {data.name} {MODE} {String(DEV)}</p>;"""
    files = {"src/logo.svg": svg, "src/note.txt": "plain", "src/data.json": '{"name": "Ada"}', "src/App.tsx": app}
    assert bundler.client.open(key, {**SMALL_APP, **files}).diagnostics == ()
    page.goto(bundler.address(key))
    page.wait_for_function("document.querySelector('img')?.naturalWidth === 7")
    assert page.inner_text("p") == "plain Ada Ada development true"


def test_an_error_is_shown_over_the_last_good_state_until_it_is_fixed(
    bundler: RunningBundler, page: Any, key: str
) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    click(page, 1)
    bundler.client.update(key, {"src/App.tsx": APP.replace("</main>", "")})
    page.wait_for_selector("text=src/App.tsx:")
    assert page.inner_text("h1") == "Hello"
    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Fixed")})
    page.wait_for_selector("text=Fixed")
    page.wait_for_selector("text=src/App.tsx:", state="detached")
    assert page.inner_text("button") == "1"


def test_a_draft_that_does_not_resolve_is_not_shown(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    page.wait_for_selector("text=Hello")
    importing = 'import { Card } from "./Card";\nexport default () => <Card />;\n'
    assert bundler.client.update(key, {"src/App.tsx": importing}, draft=True).diagnostics
    page.wait_for_timeout(100)
    assert page.inner_text("h1") == "Hello"
    assert page.query_selector("text=The app has an error") is None
    bundler.client.update(key, {"src/Card.tsx": "export const Card = () => <h1>Drafted</h1>;\n"}, draft=True)
    page.wait_for_selector("text=Drafted")


def wait_for_the_journal(bundler: RunningBundler, key: str) -> None:
    """It is written a moment after a change."""
    assert eventually((bundler.settings.home / "bundler" / "open" / f"{key}.json").exists)


def test_a_crash_of_the_daemon_goes_unnoticed(own_bundler: RunningBundler, page: Any, key: str) -> None:
    client = own_bundler.client
    client.open(key, SMALL_APP)
    page.goto(own_bundler.address(key))
    click(page, 4)
    wait_for_the_journal(own_bundler, key)
    own_bundler.kill()
    own_bundler.start()
    client.open(key, {**SMALL_APP, "src/App.tsx": APP.replace("Hello", "Back")})
    page.wait_for_selector("text=Back")
    assert page.inner_text("button") == "4"


def test_a_preview_reloads_from_the_journal_after_a_crash(own_bundler: RunningBundler, page: Any, key: str) -> None:
    own_bundler.client.open(key, SMALL_APP)
    wait_for_the_journal(own_bundler, key)
    own_bundler.kill()
    own_bundler.start()
    page.goto(own_bundler.address(key))
    page.wait_for_selector("text=Hello")


def test_markup_in_strings_and_styles_does_not_break_out(bundler: RunningBundler, page: Any, key: str) -> None:
    files = {
        "src/App.tsx": 'export default () => <h1>{"</script><script>window.broken = 1</script>"}</h1>;',
        "src/index.css": 'h1::after { content: "</style><script>window.broken = 2</script>"; color: red }',
        "index.html": "<html><head><title></title><script>window.broken = 3</script></head></html>",
        "public/evil.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>window.broken = 4</script></svg>',
    }
    bundler.client.open(key, {**SMALL_APP, **files})
    page.goto(bundler.address(key))
    page.wait_for_selector("h1")
    page.goto(bundler.address(key))  # the same as the first page, not as a push
    page.wait_for_selector("text=</script>")
    assert page.evaluate("window.broken") is None
    page.goto(bundler.address(key) + "evil.svg")
    assert page.evaluate("window.broken") is None


def test_denied_storage_is_replaced_and_outlives_a_reload(bundler: RunningBundler, page: Any, key: str) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException('denied') }})"
    )
    app = """const visits = Number(localStorage.getItem("visits") ?? 0) + 1; localStorage.visits = visits;
export default () => <h1>Visit {visits} of {Object.keys(localStorage).length}</h1>;"""
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app})
    page.goto(bundler.address(key))
    page.wait_for_selector("text=Visit 1 of 1")
    page.reload()
    page.wait_for_selector("text=Visit 2 of 1")


def test_the_editor_hears_of_rendering_console_and_routes(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    app = 'console.warn("careful %s", "now", { a: 1 });\n' + APP
    revision = bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app}).revision
    frame = framed()
    assert heard(page, "rendered")["revision"] == revision
    assert heard(page, "console", level="warn")["text"] == 'careful now {"a":1}'
    frame.evaluate("history.pushState(null, '', '/deep?x=1')")
    assert heard(page, "route", path="/deep?x=1")["origin"] == bundler.address(key).rstrip("/")


def test_runtime_errors_are_placed_in_the_apps_own_file(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    app = """type Unused = { a: string };

interface AlsoUnused { b: number }

export default function App() {
  const go = () => {
    const nothing: Unused | null = null;
    return nothing!.a;
  };
  return <button onClick={go}>Go</button>;
}
"""
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app})
    framed().click("button")
    found = heard(page, "error")
    assert (found["kind"], found["file"], found["line"]) == ("error", "src/App.tsx", 8)


def test_in_the_editor_an_error_is_told_to_it_and_the_last_good_state_stays_free(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    bundler.client.open(key, SMALL_APP)
    frame = framed()
    frame.wait_for_selector("h1")
    broken = {"src/App.tsx": APP.replace("</main>", ""), "src/Other.tsx": "export const other = ;\n"}
    bundler.client.update(key, broken)
    assert heard(page, "error")["file"] in broken
    frame.wait_for_timeout(100)
    assert frame.query_selector("overskill-screen") is None
    assert frame.inner_text("h1") == "Hello"


def test_drawing_the_last_good_state_does_not_end_an_error(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    bundler.client.open(key, SMALL_APP)
    bundler.client.update(key, {"src/App.tsx": APP.replace("</main>", "")})
    framed()
    heard(page, "rendered")
    heard(page, "error")
    page.wait_for_timeout(100)
    told = page.evaluate("heard.map(({ type }) => type).filter((type) => ['rendered', 'error'].includes(type))")
    assert told[-1] == "error"


def test_in_the_editor_a_blank_page_is_covered_until_the_app_can_be_shown(
    bundler: RunningBundler, framed: Framed, key: str
) -> None:
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": APP.replace("</main>", "")})
    frame = framed()
    frame.wait_for_selector("text=The app can't be shown")
    assert frame.inner_text("pre [data-here]").split() == ["6", "}"]
    bundler.client.update(key, {"src/App.tsx": APP})
    frame.wait_for_selector("text=Hello")
    assert frame.query_selector("overskill-screen") is None


def test_in_the_editor_an_app_that_stopped_is_covered_and_told_once(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": 'export default () => { throw new Error("Boom"); };\n'})
    frame = framed()
    frame.wait_for_selector("text=The app stopped with an error")
    assert 'new Error("Boom")' in frame.inner_text("pre [data-here]")
    assert heard(page, "error")["message"] == "Error: Boom"


def test_requests_are_told_when_they_have_ended(bundler: RunningBundler, framed: Framed, page: Any, key: str) -> None:
    bundler.client.open(key, {**SMALL_APP, "public/there.json": "{}"})
    frame = framed()
    frame.wait_for_selector("h1")
    frame.evaluate("fetch('/missing.json')")
    frame.evaluate("{ const request = new XMLHttpRequest(); request.open('get', '/there.json'); request.send() }")
    assert heard(page, "request", status=404)["url"] == "/missing.json"
    there = heard(page, "request", status=200)
    assert (there["method"], there["url"], there["size"]) == ("GET", "/there.json", 2)


FAILING = {
    "while it is drawn": APP.replace("return <main", "[].first.second; return <main").replace("Hello", "Worse"),
    "while it is loaded": APP.replace("Hello", "Worse") + "const none: any = null;\nnone.nothing;\n",
}


@pytest.mark.parametrize("failing", FAILING)
def test_an_update_that_fails_is_taken_back_and_the_apps_state_stays(
    bundler: RunningBundler, framed: Framed, page: Any, key: str, failing: str
) -> None:
    bundler.client.open(key, SMALL_APP)
    frame = framed()
    for _ in range(3):
        frame.click("button")
    bundler.client.update(key, {"src/App.tsx": FAILING[failing].replace("p-4", "p-8")})
    error = heard(page, "error")
    assert (error["isHeldBack"], error["file"]) == (True, "src/App.tsx")
    here = error["excerpt"]["lines"][error["line"] - error["excerpt"]["from"]]
    assert "[].first.second" in here or "none.nothing" in here
    assert (frame.inner_text("h1"), frame.inner_text("button")) == ("Hello", "3")
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).paddingTop") == "16px"

    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Better").replace("p-4", "p-8")})
    frame.wait_for_selector("text=Better")
    frame.click("button")
    assert frame.inner_text("button") == "4"
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).paddingTop") == "32px"


def test_an_update_that_makes_an_untouched_component_fail_is_taken_back(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    card = "export const Card = ({ words }: { words: string[] }) => <p>{words.join()}</p>;\n"
    app = 'import { Card } from "./Card";\nexport default function App() { return <Card words={["all", "well"]} />; }\n'
    bundler.client.open(key, {**SMALL_APP, "src/Card.tsx": card, "src/App.tsx": app})
    frame = framed()
    frame.wait_for_selector("text=all,well")
    bundler.client.update(key, {"src/App.tsx": app.replace('["all", "well"]', "null as any")})
    assert heard(page, "error")["isHeldBack"]
    frame.wait_for_selector("text=all,well")


def test_an_app_that_stops_much_later_says_so_and_can_be_started_again(
    bundler: RunningBundler, framed: Framed, key: str
) -> None:
    app = APP.replace("return <main", 'if (count > 0) throw new Error("Too many"); return <main')
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app})
    frame = framed()
    frame.click("button")
    frame.wait_for_selector("text=Error: Too many")
    frame.click("text=Start the app again")
    frame.wait_for_selector("text=Hello")


def test_what_is_logged_is_told_as_values_with_its_place(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    app = f'type Padding = {{ a: string }};\n\n{APP}console.info("all", {{ a: [1, "two"] }});\n'
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app})
    framed()
    line = heard(page, "console", level="info")
    assert line["frames"][0]["line"] == app.count("\n")
    assert [value["kind"] for value in line["values"]] == ["text", "branch"]
    [[name, parts]] = line["values"][1]["parts"]
    assert (name, [part["text"] for _, part in parts["parts"]]) == ("a", ["1", "two"])


def test_the_editor_can_navigate_and_ask_for_a_picture(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    app = """import { BrowserRouter, Route, Routes } from "react-router-dom";
export default () => <BrowserRouter><Routes><Route path="/" element={<h1>Home</h1>} />
<Route path="/about" element={<h1 className="bg-red-500">About</h1>} /></Routes></BrowserRouter>;"""
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": app})
    frame = framed()
    frame.wait_for_selector("text=Home")
    say(page, type="navigate", path="/about")
    frame.wait_for_selector("text=About")
    say(page, type="snapshot", id=7)
    answer = heard(page, "snapshot")
    assert answer["id"] == 7
    assert answer["image"].startswith("data:image/webp;base64,")


def test_a_page_that_is_not_the_studio_can_not_frame_it(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    with studio(bundler, key):
        page.goto(f"http://evil.localhost:{bundler.settings.web_port}/")
        page.wait_for_timeout(100)
        assert "Hello" not in page.query_selector("iframe").content_frame().content()
        assert page.evaluate("heard") == []


def test_an_app_whose_render_throws_says_so_instead_of_staying_blank(
    bundler: RunningBundler, page: Any, key: str
) -> None:
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": 'export default () => { throw new Error("Oh no") };'})
    page.goto(bundler.address(key))
    page.wait_for_selector("text=Error: Oh no")
    bundler.client.update(key, {"src/App.tsx": APP})
    page.wait_for_selector("text=Hello")
    page.wait_for_selector("text=Error: Oh no", state="detached")


def test_an_app_that_crashes_the_daemon_twice_is_left_out(
    bundler_installation: Installation, own_bundler: RunningBundler, key: str
) -> None:
    """Loops this deep overflow the native parser's stack: a real crash."""
    crashing = {**SMALL_APP, "src/App.tsx": "for(;;)" * 60_000 + ";"}
    for _ in range(2):
        with pytest.raises(Exception, match="not running"):
            own_bundler.client.open(key, crashing)
        own_bundler.process.wait(PATIENCE_SECONDS)
        own_bundler.kill()
        own_bundler.start()
    assert "crashed the preview twice" in own_bundler.client.open(key, crashing).diagnostics[0].message
    assert own_bundler.client.open(key, SMALL_APP).diagnostics == ()


def test_who_follows_a_shared_link_sees_edits_until_it_is_revoked(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    shares, alias = LocalSharedPreviews(bundler.client.daemon), f"share-{key}"
    shares.share(key, alias, datetime.now(UTC) + timedelta(hours=1))
    page.goto(bundler.address(alias))
    click(page, 2)
    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Shared")})
    page.wait_for_selector("text=Shared")
    assert page.inner_text("button") == "2"
    bundler.client.update(key, {"src/App.tsx": APP.replace("</main>", "")})
    page.wait_for_timeout(100)
    assert page.query_selector("text=src/App.tsx:") is None

    shares.end([alias])
    page.wait_for_selector("text=This link has ended")
    page.reload()
    page.wait_for_selector("text=This link has ended")


def test_a_preview_that_was_offline_shows_what_it_missed(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    page.goto(bundler.address(key))
    click(page, 2)
    page.context.set_offline(True)
    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Missed")})
    page.context.set_offline(False)
    page.wait_for_selector("text=Missed")
    assert page.inner_text("button") == "2"
