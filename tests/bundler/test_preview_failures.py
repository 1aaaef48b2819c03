"""The preview of an app that fails: what it says, and what it goes on showing."""

from typing import Any

import pytest

from overskill.bundler.setup import Installation
from tests.bundler.framing import Framed, click, heard
from tests.support_bundler import APP, SMALL_APP, RunningBundler
from tests.support_waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.browser


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
    frame.wait_for_selector("h1")  # by its text it would be found on the cover, which quotes the source
    frame.wait_for_selector("overskill-screen", state="detached")


def test_in_the_editor_an_app_that_stopped_is_covered_and_told_once(
    bundler: RunningBundler, framed: Framed, page: Any, key: str
) -> None:
    bundler.client.open(key, {**SMALL_APP, "src/App.tsx": 'export default () => { throw new Error("Boom"); };\n'})
    frame = framed()
    frame.wait_for_selector("text=The app stopped with an error")
    assert 'new Error("Boom")' in frame.inner_text("pre [data-here]")
    assert heard(page, "error")["message"] == "Error: Boom"


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
    frame.wait_for_selector("h1")
    assert frame.inner_text("button") == "0"


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
