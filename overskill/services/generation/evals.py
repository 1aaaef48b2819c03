"""Whether streams end as they should: each is worked through as a turn is, and what came of it is looked at."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from overskill.clients.bundler import Bundler
from overskill.clients.checker import Checker
from overskill.services.generation.events import PastMessage, Turn
from overskill.services.generation.model_author import ModelAuthor
from overskill.services.generation.preview import PreviewFeed
from overskill.services.generation.replaying import Notebook, ReplayedModel
from overskill.services.generation.staging import Staging
from overskill.services.generation.steps import StepLog
from overskill.services.generation.streams import Stream
from overskill.services.generation.work import Outcome, TurnWork
from overskill.services.generation.writing import Writer

CHECKS = ("as expected", "changed the app", "compiles", "types", "lint", "browser", "scan")


@dataclass(frozen=True)
class Result:
    stream: Stream
    outcome: Outcome
    is_kept: bool  # the app as it was written became its next version
    free_repairs: int
    seconds: float
    passed: dict[str, bool] = field(default_factory=dict)  # of CHECKS, those that could be looked at

    @property
    def is_as_expected(self) -> bool:
        return self.passed["as expected"]


def run_stream(stream: Stream, bundler: Bundler, checker: Checker) -> Result:
    """One turn in memory, with real repairs, checks and scans."""
    began = time.monotonic()
    key = f"eval{abs(hash(stream.name)):x}"[:20]
    staging, notebook = Staging(stream.files), Notebook()
    feed = PreviewFeed(bundler, key, lambda: staging)
    writer = Writer(bundler, notebook, feed, staging, should_stop=lambda: False)
    turn = Turn(prompt=stream.prompt, app_name=stream.name, files=staging, is_first=stream.is_first)
    if not stream.is_first:
        turn = replace(turn, history=(PastMessage("user", "Make the app."), PastMessage("assistant", "Here it is.")))
    work = TurnWork(
        turn=turn,
        author=ModelAuthor(ReplayedModel(list(stream.calls))),
        writer=writer,
        bundler=bundler,
        checker=checker,
        steps=StepLog(notebook),
        model=lambda: notebook.model,
        may_think=False,
    )
    try:
        outcome = work.run()
    finally:
        bundler.close(key)
    is_kept = bool(staging.changes()) and outcome.is_fit_to_keep
    result = Result(stream, outcome, is_kept, writer.free_repairs.total(), time.monotonic() - began)
    return replace(result, passed=_passed(result))


def _passed(result: Result) -> dict[str, bool]:
    outcome, verdict = result.outcome, result.outcome.verdict
    works = result.is_kept and not outcome.is_broken and (verdict is None or verdict.compiles)
    expected = {"works": works, "kept": not result.is_kept, "any": True}[result.stream.expect]
    passed = {"as expected": expected, "changed the app": result.is_kept}
    if verdict is not None:
        passed |= {"compiles": verdict.compiles, "types": not verdict.types, "lint": not verdict.lint}
        if verdict.browser != "skipped":
            passed["browser"] = verdict.browser == "passed"
    if outcome.findings is not None:
        passed["scan"] = not any(finding.severity == "critical" for finding in outcome.findings)
    return passed


@dataclass(frozen=True)
class Rate:
    check: str
    passed: int
    looked_at: int


def pass_rates(results: Iterable[Result]) -> list[Rate]:
    found = list(results)
    rates = []
    for check in CHECKS:
        looked_at = [result.passed[check] for result in found if check in result.passed]
        rates.append(Rate(check, sum(looked_at), len(looked_at)))
    return rates
