"""Whether streams end as they should: each is worked through as a turn is, and what came of it is looked at."""

import time
from collections.abc import Iterable, Mapping
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

CHECKS = ("as expected", "changed the app", "whole files", "compiles", "types", "lint", "browser", "scan")


@dataclass(frozen=True)
class Result:
    stream: Stream
    outcome: Outcome
    changes: Mapping[str, str | None]  # of the app, as it became its next version; none where the last one stays
    said: str  # in the chat
    free_repairs: int
    refusals: int
    cost_micro: int
    seconds: float
    passed: dict[str, bool] = field(default_factory=dict)  # of CHECKS, those that could be looked at

    @property
    def is_kept(self) -> bool:
        return bool(self.changes)

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
    result = Result(
        stream=stream,
        outcome=outcome,
        changes=staging.changes() if outcome.is_fit_to_keep else {},
        said="".join(notebook.prose),
        free_repairs=writer.free_repairs.total(),
        refusals=writer.refusals,
        cost_micro=notebook.cost_micro,
        seconds=time.monotonic() - began,
    )
    return replace(result, passed=_passed(result, notebook))


def is_as_expected(stream: Stream, *, is_kept: bool, has_failed: bool) -> bool:
    """`is_kept`: what the turn wrote became a version."""
    return {
        "works": is_kept and not has_failed,
        "partly": is_kept and has_failed,
        "kept": not is_kept and has_failed,
        "answered": not is_kept and not has_failed,
        "any": True,
    }[stream.expect]


def half_written(stream: Stream, changes: Mapping[str, str | None], touched: set[str]) -> list[str]:
    """Paths that hold what was never written there to its end. Of what was edited or repaired nobody can tell."""
    if stream.whole is None:
        return []
    known = {path for path, text in changes.items() if text is not None} - touched
    return sorted(path for path in known if changes[path] not in stream.whole.get(path, ()))


def _passed(result: Result, notebook: Notebook) -> dict[str, bool]:
    stream, outcome, verdict = result.stream, result.outcome, result.outcome.verdict
    expected = is_as_expected(stream, is_kept=result.is_kept, has_failed=outcome.has_failed)
    is_told = stream.says in f"{outcome.error} {result.said}" and bool(outcome.error or not outcome.has_failed)
    passed = {"as expected": expected and is_told, "changed the app": result.is_kept}
    if not result.is_kept:
        return passed
    passed["whole files"] = not half_written(stream, result.changes, notebook.touched)
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
