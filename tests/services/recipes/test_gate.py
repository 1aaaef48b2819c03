"""The quality gate: what the recipes write type-checks, builds, and renders without a complaint of the browser."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from overskill.bundler.setup import Installation
from overskill.clients.bundler import Asset
from overskill.services.generation.recipes.spec import SPEC_PATH, from_json
from overskill.services.generation.recipes.views.first_look import APP_PATH, SHELL_PATH, first_look
from overskill.starter import starter_files
from tests.services.recipes.prompts import FOLLOW_UPS, PROMPTS
from tests.services.recipes.turns import beyond_starter, started
from tests.services.recipes.type_check import type_errors
from tests.support_axe import grave_violations
from tests.support_browser import find_browser
from tests.support_bundler import builds

# One of each kind; the words that the page must show.
RENDERED = {
    "something to keep track of my plants": ("Plants", "Monstera deliciosa"),
    "page for my band": ("Shows", "The band"),
    "help me split rent with roommates": ("Split the rent", "Who pays what"),
    "vote on where to have lunch": ("Where to have lunch?", "Kumo Ramen"),
    "a habit tracker with streaks": ("Today", "Walk 20 minutes"),
    "how much should I tip": ("Tip calculator", "Each pays"),
    "I want to sell my handmade candles": ("Candles", "Cedar and smoke"),
    "a board for our product launch with columns and owners": ("Backlog", "Ask three people for feedback"),
    "let people book a haircut with me": ("Free times", "Nora Bell"),
    "can I afford this car? price, down payment, rate, years": ("Down payment", "Monthly payment"),
    "the dishes on our food truck, with prices, and where we park this week": ("Dishes", "Charred corn tacos"),
    "show me how my online sales are going": ("Amount by week", "Overview"),
    "a meal planner for the week": ("Copy last week", "Lemon dal with rice"),
    "a form where parents sign up for the school trip": ("Child's name", "Emergency phone"),
    "track how much water i drink": ("Last 14 days", "500 ml"),
    "tally of birds": ("Tally of birds", "Birds"),
    "flashcards for French and Italian vocabulary": ("bonjour", "I know it", "Box 5"),
    "ping pong ladder at the office": ("Rating over time", "Enter a result"),
    "bowling scores of four friends": ("Totals by game", "Game 4"),
    "a memory game with animals": ("Memory: animals", "8 pairs"),
    "pomodoro timer 25/5 with a task list": ("25:00", "Then: Break"),
    "a wheel of names with Anna, Ben, Carla and Dan": ("Wheel of names", "Pick a name"),
    "an app for couples to track who paid for what and who owes who": ("Who owes whom", "Settle up"),
    "compare three job offers by salary, commute, holidays and gut feeling": ("Offer B wins", "Gut feeling"),
    "pros and cons of moving to Berlin": ("Moving to Berlin", "A fresh start"),
    "sunday school attendance for three classes: Lambs, Shepherds and Disciples": ("Shepherds", "Present by date"),
    "retro at the end of our sprint: went well, went badly, ideas, with votes": ("Went badly", "Most votes"),
    "feature requests people can vote on": ("Dark mode", "Planned"),
    "invoice maker for freelance translators, with words, rate per word and total": ("INV-1004", "Harper & Co"),
}
# Those above are built for the browser anyway.
BUILT = (
    "jot down ideas quickly",
    "add up numbers",
    "convert cups to millilitres and so on",
    "write about my trips to Japan",
)
_SIZES = ((1440, 900), (768, 1024), (390, 844))


@pytest.mark.slow
def test_every_app_type_checks(bundler_installation: Installation) -> None:
    apps = {f"app{number:02d}": beyond_starter(started(prompt).files) for number, prompt in enumerate(PROMPTS)}
    assert type_errors(apps, bundler_installation) == []


@pytest.mark.slow
def test_every_app_type_checks_after_each_message(bundler_installation: Installation) -> None:
    apps: dict[str, dict[str, str]] = {}
    for number, (prompt, messages) in enumerate(FOLLOW_UPS):
        chat = started(prompt)
        for turn, message in enumerate(messages):
            chat.say(message)
            apps[f"app{number:02d}_{turn}"] = beyond_starter(chat.files)
    assert type_errors(apps, bundler_installation) == []


@pytest.mark.slow
def test_every_first_look_type_checks(bundler_installation: Installation) -> None:
    apps = {}
    for number, prompt in enumerate(RENDERED):
        files = beyond_starter(started(prompt).files)
        spec = from_json(files[SPEC_PATH])
        frame = {path: text for path, text in files.items() if path == SHELL_PATH}
        apps[f"app{number:02d}"] = frame | {APP_PATH: first_look(spec)}
    assert type_errors(apps, bundler_installation) == []


@pytest.mark.slow
@pytest.mark.parametrize("prompt", ["the starter alone", *BUILT])
def test_it_builds_for_production(prompt: str, bundler_installation: Installation, tmp_path: Path) -> None:
    files = starter_files() if prompt == "the starter alone" else started(prompt).files
    assert "/index.html" in builds(bundler_installation, tmp_path)(files).assets


@contextmanager
def served(assets: Mapping[str, Asset]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asset = assets.get(self.path) or assets["/index.html"]
            self.send_response(200)
            self.send_header("content-type", asset.content_type)
            self.end_headers()
            self.wfile.write(asset.content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("prompt", "words"), RENDERED.items(), ids=RENDERED)
def test_it_renders_what_was_asked_for(
    prompt: str, words: tuple[str, ...], browser: Browser, bundler_installation: Installation, tmp_path: Path
) -> None:
    chat = started(prompt)
    assets = builds(bundler_installation, tmp_path)(chat.files).assets
    complaints: list[str] = []
    with served(assets) as address, browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        for word in words:
            page.get_by_text(word).first.wait_for()
        routes = [item["id"] for item in json.loads(chat.files[SPEC_PATH])["pages"][1:]]
        for width, height in _SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for route in ["", *routes]:
                page.goto(f"{address}/{route}")
                page.locator("main").wait_for()
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (route, width)
        complaints += [*axe_on(page, address, "dark"), *axe_on(page, address, "light")]
    assert complaints == []


def axe_on(page: Page, address: str, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    page.locator("main").wait_for()
    return grave_violations(page)
