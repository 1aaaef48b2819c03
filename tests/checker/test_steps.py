"""Acceptance checks, tried by what a person sees."""

from pathlib import Path

import pytest

from overskill.checker.launcher import LocalChecker
from overskill.clients.checker import AcceptanceCheck, BrowserStep, CheckResult
from tests.checker.conftest import Try, app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TASKS = """
root.innerHTML = `
  <h1>Tasks</h1>
  <form><label>Task name <input></label> <p>Note</p><textarea></textarea>
    <label for="due">Due</label><input id="due" type="date">
    <select aria-label="Priority"><option>Low</option><option>High</option></select>
    <button>Add task</button></form>
  <button aria-label="Clear everything" id="clear">×</button>
  <ul>${localStorage.getItem("tasks") ?? ""}</ul>`;
const [name, note, due, priority] = root.querySelectorAll("input:not([type=date]), textarea, [type=date], select");
const list = root.querySelector("ul");
root.querySelector("form").onsubmit = (event) => {
  event.preventDefault();
  const text = [name.value, note.value, due.value, priority.value].join(" / ");
  setTimeout(() => {
    list.append(Object.assign(document.createElement("li"), { textContent: text }));
    localStorage.setItem("tasks", list.innerHTML);
  }, 100);
};
root.querySelector("#clear").onclick = () => confirm("Clear?") && list.replaceChildren();
"""


FIELDS = "fields are found by their labels, placeholders or what stands above"
ENTER = "a form is sent with Enter"
KEPT = "what is kept is there after opening it again"
EMPTY = "each check begins with empty storage"
NAMED = "buttons without text are found by name, and questions are answered with yes"
WRONG = "a check that fails says which step, and what was there instead"
MISSING = "what is not there can't be clicked"
STEPS: dict[str, tuple[tuple[str, ...], ...]] = {
    FIELDS: (
        ("fill", "task NAME", "Milk"),
        ("fill", "Note", "Two litres"),
        ("fill", "due", "2026-12-24"),
        ("choose", "priority", "high"),
        ("press", "Tab"),
        ("click", "Add"),
        ("see", "milk / Two litres / 2026-12-24 / High"),
    ),
    ENTER: (("fill", "Task name", "Bread"), ("press", "Enter"), ("see", "Bread")),
    KEPT: (("fill", "Task name", "Eggs"), ("click", "Add task"), ("see", "Eggs"), ("open", "/"), ("see", "Eggs")),
    EMPTY: (("see", "Tasks"), ("not_see", "Eggs")),
    NAMED: (
        ("fill", "Task name", "Tea"),
        ("click", "Add task"),
        ("see", "Tea"),
        ("click", "Clear everything"),
        ("not_see", "Tea /"),
    ),
    WRONG: (("see", "Tasks"), ("see", "Nothing to do")),
    MISSING: (("click", "Archive"),),
}


def check_of(title: str, *steps: tuple[str, ...]) -> AcceptanceCheck:
    return AcceptanceCheck(title, tuple(BrowserStep(*step) for step in steps))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def results(chromium: Path, run_folder: Path) -> dict[str, CheckResult]:
    """All in one browser, each on a page of its own."""
    checker = LocalChecker(lambda: chromium, run_folder, must_lock_in=False, seconds=300)
    report = checker.check(app(TASKS), [check_of(title, *steps) for title, steps in STEPS.items()])
    return {result.title: result for result in report.results}


@pytest.mark.parametrize("title", [FIELDS, ENTER, KEPT, EMPTY, NAMED])
def test_it_works(title: str, results: dict[str, CheckResult]) -> None:
    assert results[title] == CheckResult(title, passed=True)


def test_a_check_that_fails_says_which_step_and_what_was_there_instead(results: dict[str, CheckResult]) -> None:
    assert not results[WRONG].passed
    why = "Step 2 (see “Nothing to do”): It is not on the page, which says: “tasks"
    assert results[WRONG].why.startswith(why)


def test_what_is_not_there_can_not_be_clicked(results: dict[str, CheckResult]) -> None:
    why = "Step 1 (click “Archive”): There is nothing to click that is called “Archive”."
    assert results[MISSING] == CheckResult(MISSING, passed=False, why=why)


def test_a_step_after_which_the_page_hangs_fails_the_check_and_the_next_is_tried(tried: Try) -> None:
    script = """root.innerHTML = "<button>Go</button>"; root.firstChild.onclick = () => { for (;;); };"""
    hangs = check_of("goes", ("click", "Go"), ("see", "Gone"))
    stays = check_of("stays", ("see", "Go"))
    report = tried(script, [hangs, stays])
    assert [(result.title, result.passed) for result in report.results] == [("goes", False), ("stays", True)]
