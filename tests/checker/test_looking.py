"""What a check finds, in a real browser."""

import io

import pytest
from PIL import Image

from overskill.clients.checker import BrowserReport
from tests.checker.conftest import Try

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOWN = 'root.textContent = "Hello";'


def kinds(report: BrowserReport) -> list[str]:
    return [problem.kind for problem in report.problems]


def messages(report: BrowserReport) -> str:
    return "\n".join(problem.message for problem in report.problems)


def test_an_app_that_works_has_no_problems_and_a_picture(tried: Try) -> None:
    report = tried(SHOWN)
    assert (report.problems, report.routes) == ((), ("/",))
    picture = Image.open(io.BytesIO(report.screenshot))
    assert (picture.format, picture.size) == ("PNG", (1280, 800))


def test_a_page_that_shows_nothing_is_blank(tried: Try) -> None:
    report = tried('root.innerHTML = "<div><p></p></div>";')
    assert (kinds(report), report.routes) == (["blank"], ())


def test_errors_are_told_whether_thrown_rejected_or_logged(tried: Try) -> None:
    report = tried(f"""{SHOWN}
console.error("Lost %s of %d", "one", 3);
Promise.reject(new TypeError("no such task"));
setTimeout(() => undefined.map(), 1);""")
    assert sorted(kinds(report)) == ["console", "crash", "crash"]
    assert "Lost one of 3" in messages(report)
    assert "Uncaught TypeError: no such task" in messages(report)


def test_what_the_app_asks_itself_for_and_does_not_have_is_a_problem(tried: Try) -> None:
    report = tried(f"""{SHOWN} fetch("/api/tasks"); root.append(Object.assign(new Image(), {{ src: "/logo.png" }}));""")
    assert kinds(report) == ["request", "request"]
    assert "/api/tasks" in messages(report)
    assert "/logo.png" in messages(report)


def test_asking_other_hosts_is_no_problem_although_they_are_not_reached(tried: Try) -> None:
    report = tried(f"""{SHOWN}
fetch("https://api.example.com/");
new WebSocket("wss://live.example.com/");
fetch("https://api.example.com/").catch((error) => console.error(error));""")
    assert report.problems == ()
    assert sorted(report.hosts) == ["api.example.com", "live.example.com"]


def test_each_route_is_opened_those_that_are_linked_too(tried: Try) -> None:
    pages = '{ "/": "<a href=/about>About</a>", "/about": "About us", "/tasks": "Tasks" }'
    report = tried(f'root.innerHTML = ({pages})[location.pathname] ?? "Page not found";', routes=("/", "/tasks", "/no"))
    assert sorted(report.routes) == ["/", "/about", "/tasks"]
    assert [(problem.kind, problem.route) for problem in report.problems] == [("route", "/no")]


def test_an_endless_loop_is_a_page_that_hangs(tried: Try) -> None:
    report = tried(f"{SHOWN} while (true) {{}}")
    assert kinds(report) == ["slow"]
    assert "hangs" in messages(report)


def test_a_page_that_loads_itself_again_and_again_is_stopped(tried: Try) -> None:
    assert kinds(tried(f'{SHOWN} location.href = "/" + Math.random();')) == ["slow"]


def test_a_page_that_opens_dialogs_without_end_is_stopped(tried: Try) -> None:
    report = tried(f'{SHOWN} for (;;) alert("Again");')
    assert kinds(report) == ["slow"]
    assert "dialog" in messages(report)


def test_a_page_that_draws_without_end_is_told_of(tried: Try) -> None:
    script = (
        'setInterval(() => { for (let n = 0; n < 5000; n += 1) root.append("x", document.createElement("i")); }, 1);'
    )
    assert {"slow", "memory"} & set(kinds(tried(script)))


def test_an_app_that_eats_memory_is_stopped(tried: Try) -> None:
    report = tried(f"{SHOWN} const kept = []; setInterval(() => kept.push(new Uint8Array(4e7).fill(1)), 1);")
    assert "memory" in kinds(report)
