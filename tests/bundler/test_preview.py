"""The preview in a real browser: what a creator sees while files change."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from overskill.clients.shares import LocalSharedPreviews
from tests.bundler.framing import Framed, click, heard, say, studio
from tests.support_bundler import APP, SMALL_APP, RunningBundler
from tests.support_waiting import eventually

pytestmark = pytest.mark.browser


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


def test_requests_are_told_when_they_have_ended(bundler: RunningBundler, framed: Framed, page: Any, key: str) -> None:
    bundler.client.open(key, {**SMALL_APP, "public/there.json": "{}"})
    frame = framed()
    frame.wait_for_selector("h1")
    frame.evaluate("fetch('/missing.json')")
    frame.evaluate("{ const request = new XMLHttpRequest(); request.open('get', '/there.json'); request.send() }")
    assert heard(page, "request", status=404)["url"] == "/missing.json"
    there = heard(page, "request", status=200)
    assert (there["method"], there["url"], there["size"]) == ("GET", "/there.json", 2)


@pytest.mark.parametrize("call", ["fetch('/api/notes')", "asked('/api/notes')"])
def test_the_console_says_that_server_code_does_not_run_here(
    bundler: RunningBundler, page: Any, framed: Framed, key: str, call: str
) -> None:
    asked = "const asked = (to) => { const x = new XMLHttpRequest(); x.open('POST', to); x.send(); };"
    main = f"{asked}\n{call};\n{SMALL_APP['src/main.tsx']}"
    bundler.client.open(key, {**SMALL_APP, "src/main.tsx": main, "server/index.ts": "export default {};"})
    framed()
    text = "server/index.ts runs once the app is published, not in this preview."
    assert heard(page, "console", level="warn")["text"] == text
    assert heard(page, "request", status=501)["url"] == "/api/notes"


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


class Line:
    """The websocket of a preview, which can be cut."""

    def __init__(self, page: Any) -> None:
        self.is_cut, self.tried_in_vain = False, 0
        self._open: Any = None
        page.route_web_socket("**/@ws*", self._take)

    def _take(self, socket: Any) -> None:
        if self.is_cut:
            self.tried_in_vain += 1
            socket.close()
            return
        self._open = socket
        socket.connect_to_server()

    def cut(self) -> None:
        self.is_cut = True
        self._open.close()


def test_a_preview_whose_connection_was_cut_shows_what_it_missed(bundler: RunningBundler, page: Any, key: str) -> None:
    bundler.client.open(key, SMALL_APP)
    line = Line(page)
    page.goto(bundler.address(key))
    click(page, 2)
    line.cut()
    assert eventually(lambda: page.wait_for_timeout(20) or line.tried_in_vain > 0)  # it knows that it is cut off
    bundler.client.update(key, {"src/App.tsx": APP.replace("Hello", "Missed")})
    assert page.query_selector("text=Missed") is None
    line.is_cut = False
    page.wait_for_selector("text=Missed")
    assert page.inner_text("button") == "2"
