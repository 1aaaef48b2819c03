"""What a turn made is checked, and what is found is put as something to mend."""

from dataclasses import dataclass, field

from overskill.clients.bundler import Diagnostic, FakeBundler
from overskill.clients.checker import AcceptanceCheck, BrowserReport, BrowserStep, CheckResult, FakeChecker, Problem
from overskill.errors import Unavailable
from overskill.services.generation.checking import ENTRY, MOST_REPAIRABLE, Verdict, check_app, to_repair

FILES = {"src/main.tsx": "import './App'", "src/App.tsx": "export default () => null"}
ADDS = AcceptanceCheck("A task that is added is in the list", (BrowserStep("click", "Add"), BrowserStep("see", "Milk")))
WRONG_TYPE = Diagnostic("src/App.tsx", "Type 'string' is not assignable to type 'number'.", 3, 7, "type")
LINT = Diagnostic("src/App.tsx", "Missing key in a list.", 9, 2, "lint", "warning")


@dataclass
class BlindBundler(FakeBundler):
    """Types and lint are not to be had."""

    def inspect(self, files: object) -> tuple[Diagnostic, ...]:
        raise Unavailable("The type checker took too long.")


@dataclass
class StoppedTurn:
    """Asked to stop after a number of questions."""

    after: int
    asked: int = field(default=0, init=False)

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > self.after


def verdict_of(bundler: FakeBundler | None = None, checker: FakeChecker | None = None) -> Verdict:
    return check_app(FILES, (ADDS,), bundler=bundler or FakeBundler(), checker=checker or FakeChecker())


def test_an_app_that_works_passes_and_leaves_nothing_to_repair() -> None:
    verdict = verdict_of()
    assert verdict.to_json(screenshot="abc") == {
        "compiles": True,
        "types": [],
        "lint": [],
        "browser": "passed",
        "why_skipped": "",
        "problems": [],
        "results": [{"title": ADDS.title, "passed": True, "why": ""}],
        "untried": 0,
        "routes": ["/"],
        "screenshot": "abc",
        "ms": round(verdict.milliseconds),
    }
    assert verdict.is_good
    assert verdict.bundle is not None


def test_types_and_lint_are_told_with_their_place() -> None:
    verdict = verdict_of(FakeBundler(found=(WRONG_TYPE, LINT)))
    told = verdict.to_json()
    assert told["types"] == [f"src/App.tsx:3: {WRONG_TYPE.message}"]
    assert told["lint"] == ["src/App.tsx:9: Missing key in a list."]


def test_only_errors_are_repaired_not_warnings() -> None:
    assert to_repair(verdict_of(FakeBundler(found=(WRONG_TYPE, LINT)))) == (WRONG_TYPE,)


def test_without_a_browser_the_check_is_skipped_and_says_why() -> None:
    verdict = verdict_of(checker=FakeChecker(is_missing=True))
    assert verdict.browser == "skipped"
    assert "no Chromium" in verdict.why_skipped
    assert verdict.is_good


def test_an_app_that_does_not_build_is_not_opened() -> None:
    error = Diagnostic("src/App.tsx", "Unexpected token", 1, 1, "syntax")
    checker = FakeChecker()
    verdict = verdict_of(FakeBundler(diagnostics=(error,)), checker)
    assert not verdict.compiles
    assert checker.asked == []
    assert to_repair(verdict) == (error,)


def test_a_type_checker_that_fails_does_not_keep_the_app_from_being_tried() -> None:
    assert verdict_of(BlindBundler()).browser == "passed"


def test_a_bundler_that_is_down_skips_everything() -> None:
    verdict = verdict_of(FakeBundler(is_down=True))
    assert (verdict.compiles, verdict.browser) == (True, "skipped")
    assert "not running" in verdict.why_skipped


def test_what_went_wrong_in_the_browser_is_to_be_repaired_where_it_is_known_to_be() -> None:
    report = BrowserReport(
        problems=(
            Problem("crash", "TypeError: x is undefined", "/tasks", "src/pages/tasks.tsx", 12),
            Problem("blank", "Nothing is shown."),
        ),
        results=(CheckResult(ADDS.title, passed=False, why="“Milk” is not on the page."),),
    )
    crash, blank, check = to_repair(verdict_of(checker=FakeChecker([report])))
    assert (crash.file, crash.line, crash.code) == ("src/pages/tasks.tsx", 12, "runtime")
    assert "on /tasks" in crash.message
    assert (blank.file, blank.code) == (ENTRY, "runtime")
    assert (check.code, ADDS.title in check.message, "Milk" in check.message) == ("check", True, True)


def test_the_same_error_is_repaired_once_and_no_more_than_fit() -> None:
    same = [Problem("console", "Failed", "/")] * 3
    many = [Problem("console", f"Failed {n}") for n in range(50)]
    assert len(to_repair(Verdict(report=BrowserReport(tuple(same))))) == 1
    assert len(to_repair(Verdict(report=BrowserReport(tuple(many))))) == MOST_REPAIRABLE


def test_checks_for_which_there_was_no_time_are_counted() -> None:
    checker = FakeChecker([BrowserReport(results=(CheckResult(ADDS.title, passed=True),))])
    verdict = check_app(FILES, (ADDS, ADDS, ADDS), bundler=FakeBundler(), checker=checker)
    assert (verdict.untried, verdict.browser) == (2, "passed")


def test_a_turn_that_is_stopped_is_not_checked() -> None:
    bundler, checker = FakeBundler(), FakeChecker()
    verdict = check_app(FILES, (ADDS,), bundler=bundler, checker=checker, should_stop=StoppedTurn(after=0))
    assert (bundler.calls, checker.asked, verdict.browser) == ([], [], "skipped")


def test_a_turn_that_is_stopped_while_it_is_built_is_not_tried() -> None:
    checker = FakeChecker()
    verdict = check_app(FILES, (ADDS,), bundler=FakeBundler(), checker=checker, should_stop=StoppedTurn(after=1))
    assert (checker.asked, verdict.browser) == ([], "skipped")
