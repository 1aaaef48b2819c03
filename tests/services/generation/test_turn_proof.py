"""What is repaired and checked when a turn is written, and what it costs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from overskill.clients.bundler import Diagnostic, FakeBundler, Finding, Repair, Repaired
from overskill.clients.checker import BrowserReport, BrowserStep, CheckResult, FakeChecker, Problem
from overskill.clients.registry import FakeRegistry
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, Unavailable
from overskill.models import App, Generation, GenerationStatus
from overskill.services.billing.credit_ledger import balance
from overskill.services.generation import list_turns
from overskill.services.generation.events import Event, Kind, Terms, Turn
from overskill.services.generation.writing import MOST_REFUSALS
from overskill.services.studio import go_on
from tests.factories import versions_of
from tests.fake_author import FakeAuthor, writes
from tests.services.generation.turn_rows import BRIEF, files_of, live, state_of
from tests.services.packages.shelves import release

Work = Callable[[], int]
SYNTAX_ERROR = Diagnostic("src/App.tsx", "Unexpected token", line=3, code="syntax")
TYPE_ERROR = Diagnostic("src/App.tsx", "Property 'due' does not exist on type 'Task'", line=3, code="type")


@dataclass(frozen=True)
class Price:
    price_out: float = 0.00001

    def cost_micro(self, tokens_in: int, tokens_out: int, tokens_cached: int) -> int:
        return (tokens_in + tokens_out) * 10


@pytest.fixture
def checker(services: Container) -> FakeChecker:
    assert isinstance(services.checker, FakeChecker)
    return services.checker


@pytest.fixture
def paid(author: FakeAuthor) -> FakeAuthor:
    """An author that costs something."""
    author.terms = Terms("model", Price())
    return author


def used(cost_micro: int, role: str = "build") -> Event:
    return Event(Kind.USAGE, data={"role": role, "model": "maker/one", "tokens_out": 100, "cost_micro": cost_micro})


def left(services: Container, app: App) -> int:
    with transaction() as session:
        return balance(session, app.team_id, services.tariff).total


def test_what_was_repaired_without_a_model_is_told_and_counted(
    services: Container, bundler: FakeBundler, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    repair = Repair("src/App.tsx", "import", "Imported useState from react", 1)
    bundler.repaired = [Repaired({"src/App.tsx": "repaired\n"}, (repair,))]
    turn = ask()
    work()
    assert files_of(app)["src/App.tsx"] == "repaired\n"
    assert state_of(turn.id).free_repairs == {"import": 1}
    told = next(entry for entry in live(services, turn) if entry["k"] == "repaired")
    assert told["repairs"] == [
        {"path": "src/App.tsx", "kind": "import", "message": "Imported useState from react", "line": 1}
    ]


def test_a_package_that_was_forgotten_is_named_with_its_version(
    bundler: FakeBundler, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    repair = Repair("src/App.tsx", "package", "Named date-fns in package.json", 1)
    bundler.repaired = [Repaired({}, (repair,), packages=("date-fns",))]
    turn = ask()
    work()
    assert '"date-fns": "^' in files_of(app)["package.json"]
    assert state_of(turn.id).free_repairs == {"package": 1}


def test_a_package_beyond_the_list_that_code_imports_is_added_and_one_that_may_not_be_is_told(
    services: Container, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    assert isinstance(services.shelf.registry, FakeRegistry)
    services.shelf.registry.add(release("globe-gl", "2.1.0"))
    author.scripts = [
        writes("src/App.tsx", 'import Globe from "globe-gl";\nimport "three.js";\nexport default Globe;\n')
    ]
    turn = ask()
    work()
    assert '"globe-gl": "2.1.0"' in files_of(app)["package.json"]
    told = [entry for entry in live(services, turn) if entry["k"] == "packages"]
    assert [entry["said"] for entry in told if "said" in entry] == [["globe-gl 2.1.0, MIT, 11 KB"]]
    assert "Did you mean three?" in next(entry["refused"][0] for entry in told if "refused" in entry)


def test_a_version_is_checked_in_a_browser_and_the_card_is_kept(
    checker: FakeChecker, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.thoughts = [Event(Kind.BRIEF, data=BRIEF)]
    turn = ask()
    work()
    assert checker.asked[0][0].steps == (BrowserStep("see", "Today"),)
    checks = state_of(turn.id).checks
    assert (checks["compiles"], checks["browser"], checks["routes"]) == (True, "passed", ["/", "/week"])
    assert checks["results"] == [{"title": "It opens", "passed": True, "why": ""}]


def test_a_blank_screen_is_repaired_by_the_author(
    checker: FakeChecker, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    checker.reports = [BrowserReport(problems=(Problem("blank", "Nothing is shown."),))]
    turn = ask()
    work()
    assert [found.message for found in author.turns[1].feedback] == ["Nothing is shown."]
    assert (state_of(turn.id).repairs, state_of(turn.id).version) == (1, 1)


def test_a_type_error_is_repaired_but_does_not_stop_a_version(
    bundler: FakeBundler, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    bundler.found = (TYPE_ERROR,)
    turn = ask()
    work()
    done = state_of(turn.id)
    assert (done.status, done.version) == (GenerationStatus.SUCCEEDED, 1)
    assert author.turns[1].feedback == (TYPE_ERROR,)
    assert done.checks["types"] == ["src/App.tsx:3: Property 'due' does not exist on type 'Task'"]


def test_an_error_that_comes_back_is_tried_differently_then_given_up_and_paid_back(
    services: Container,
    bundler: FakeBundler,
    paid: FakeAuthor,
    app: App,
    ask: Callable[..., Generation],
    work: Work,
) -> None:
    ask()
    work()
    before = files_of(app)
    has = left(services, app)
    bundler.diagnostics = (SYNTAX_ERROR,)
    paid.turns.clear()
    paid.scripts = [[*writes("src/App.tsx", f"wrong {number}\n"), used(20_000)] for number in range(5)]
    turn = ask("add a due date")
    work()
    done = state_of(turn.id)
    assert [asked.is_again for asked in paid.turns] == [False, False, True]
    assert paid.turns[2].avoid == ("maker/one",)
    assert (done.status, done.version, done.repairs) == (GenerationStatus.FAILED, None, 2)
    assert "the same error came back each time" in done.error
    assert (done.charged, done.refunded) == (6_000, 6_000)
    assert left(services, app) == has
    assert files_of(app) == before
    assert bundler.apps[app.preview_key] == before
    assert any(entry["k"] == "refund" and entry["amount"] == 6_000 for entry in live(services, turn))


def test_different_errors_are_repaired_three_times_at_most(
    bundler: FakeBundler, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    def wrong(number: int) -> Callable[[Turn], Iterator[Event]]:
        def script(_: Turn) -> Iterator[Event]:
            name = "abcdefgh"[number]
            bundler.diagnostics = (Diagnostic("src/App.tsx", f"`{name}` is not defined", line=number, code="syntax"),)
            yield from writes("src/App.tsx", f"wrong {number}\n")

        return script

    author.scripts = [wrong(number) for number in range(8)]
    turn = ask()
    work()
    assert len(author.turns) == 4
    assert (state_of(turn.id).repairs, state_of(turn.id).status) == (3, GenerationStatus.FAILED)


def test_a_promise_that_fails_is_repaired_once_and_the_version_is_kept(
    checker: FakeChecker, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.thoughts = [Event(Kind.BRIEF, data=BRIEF)]
    fails = BrowserReport(results=(CheckResult("It opens", passed=False, why="“Today” is not there"),))
    checker.reports = [fails, fails, fails]
    turn = ask()
    work()
    done = state_of(turn.id)
    assert (done.status, done.version, done.repairs) == (GenerationStatus.SUCCEEDED, 1, 1)
    assert done.checks["browser"] == "failed"


def test_a_follow_up_is_not_bent_to_what_an_earlier_turn_promised(
    checker: FakeChecker, author: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    author.thoughts = [Event(Kind.BRIEF, data=BRIEF)]
    ask()
    work()
    author.thoughts = []
    checker.reports = [BrowserReport(results=(CheckResult("It opens", passed=False, why="it is called Now"),))]
    author.scripts = [writes("src/App.tsx", "now\n")]
    turn = ask("call Today Now")
    work()
    assert (state_of(turn.id).repairs, state_of(turn.id).version) == (0, 2)


def test_findings_of_the_scan_are_kept_on_the_version(
    services: Container, bundler: FakeBundler, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    finding = Finding("eval", "critical", "src/App.tsx", 1, 1, "It runs text as code.", "Write the code itself.")
    bundler.findings = (finding,)
    turn = ask()
    work()
    with transaction() as session:
        view = list_turns(session, app.id)[0]
    assert [found["rule"] for found in view.findings] == ["eval"]
    step = next(step for step in state_of(turn.id).steps if step["name"] == "scan")
    assert step["state"] == "failed"


def test_a_turn_is_charged_for_what_it_used(
    services: Container, paid: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    paid.scripts = [[*writes("src/App.tsx", "one\n"), used(15_000)]]
    has = left(services, app)
    turn = ask()
    work()
    assert state_of(turn.id).charged == 1_500
    assert left(services, app) == has - 1_500
    assert state_of(turn.id).usage["build"]["cost_micro"] == 15_000


def test_a_turn_ends_at_what_it_may_cost_and_keeps_what_is_complete(
    paid: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    paid.scripts = [[*writes("src/App.tsx", "one\n"), used(600_000), *writes("src/More.tsx", "two\n")]]
    turn = ask()
    work()
    done = state_of(turn.id)
    assert (done.status, done.version) == (GenerationStatus.FAILED, 1)
    assert "may cost" in done.error
    assert (done.charged, done.refunded) == (done.cap, 0)
    assert "src/More.tsx" not in files_of(app)


def test_repairs_that_did_not_help_are_paid_back_although_the_version_is_kept(
    bundler: FakeBundler, paid: FakeAuthor, ask: Callable[..., Generation], work: Work
) -> None:
    bundler.found = (TYPE_ERROR,)
    repair = [*writes("src/App.tsx", "two\n"), used(20_000, "fix")]
    paid.scripts = [[*writes("src/App.tsx", "one\n"), used(10_000)], repair, repair]
    turn = ask()
    work()
    done = state_of(turn.id)
    assert (done.version, done.charged, done.refunded) == (1, 5_000, 4_000)


def test_a_turn_that_wrote_nothing_is_paid_back(
    services: Container, paid: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def breaks_off(_: Turn) -> Iterator[Event]:
        yield used(15_000)
        raise Unavailable("The model did not answer. Try again in a minute.")

    has = left(services, app)
    paid.scripts = [breaks_off]
    turn = ask()
    work()
    assert (state_of(turn.id).charged, state_of(turn.id).refunded) == (1_500, 1_500)
    assert left(services, app) == has


def test_an_author_that_never_listens_is_ended(
    author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def deaf(_: Turn) -> Iterator[Event]:
        while True:
            yield Event(Kind.OPEN, "../../etc/passwd")

    author.scripts = [deaf]
    turn = ask()
    work()
    assert state_of(turn.id).status is GenerationStatus.FAILED
    assert len(author.refusals) == MOST_REFUSALS
    assert "could not be used" in state_of(turn.id).error


def test_a_failed_turn_is_taken_up_with_what_it_had_completed(
    services: Container, bundler: FakeBundler, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    def breaks_off(_: Turn) -> Iterator[Event]:
        yield from writes("src/Day.tsx", "whole\n")
        bundler.diagnostics = (SYNTAX_ERROR,)
        raise Unavailable("The model did not answer. Try again in a minute.")

    author.scripts = [breaks_off]
    turn = ask()
    work()
    with transaction() as session:
        assert list_turns(session, app.id)[0].can_go_on
    bundler.diagnostics = ()
    author.scripts = [writes("src/App.tsx", "rest\n")]
    with transaction() as session:
        go_on(session, app.creator_id, app.slug, turn.id, intake=services.intake)
    work()
    assert author.turns[1].completed == ("src/Day.tsx",)
    assert (files_of(app)["src/Day.tsx"], files_of(app)["src/App.tsx"]) == ("whole\n", "rest\n")


def test_a_turn_that_succeeded_is_not_taken_up(
    services: Container, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    turn = ask()
    work()
    with transaction() as session, pytest.raises(Conflict):
        go_on(session, app.creator_id, app.slug, turn.id, intake=services.intake)


def test_the_version_a_stuck_turn_left_is_the_one_before(
    bundler: FakeBundler, author: FakeAuthor, app: App, ask: Callable[..., Generation], work: Work
) -> None:
    bundler.diagnostics = (SYNTAX_ERROR,)
    author.repairs = False
    ask()
    work()
    with transaction() as session:
        assert session.get_one(App, app.id).current_version == 0
        assert versions_of(session, session.get_one(App, app.id)) == []
