"""Proving what a turn made: types and lint, a production build, and the app opened in a real browser.

    verdict = check_app(files, brief.checks, bundler=bundler, checker=checker, should_stop=run.should_stop)
    verdict.screenshot                      PNG of the start page, or nothing
    verdict.to_json(screenshot=checksum)    for the card in the chat and generations.checks
    to_repair(verdict)                      what the fix loop is asked to mend

Nothing here raises for what can be expected: no browser, a linter that is not there, an app that hangs.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from overskill.clients.bundler import BuildFailed, Bundle, Bundler, Diagnostic
from overskill.clients.checker import AcceptanceCheck, BrowserReport, Checker, Problem
from overskill.clients.variables import with_values
from overskill.errors import OverskillError

MOST_FINDINGS = 30
MOST_REPAIRABLE = 20
ENTRY = "src/App.tsx"  # where something is put right whose file is not known
_LONGEST_MESSAGE = 500
_STOPPED = "The turn was stopped before the app was tried."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about an app after it was checked. `to_json` is the contract with pages."""

    build_errors: tuple[Diagnostic, ...] = ()
    findings: tuple[Diagnostic, ...] = ()  # of the type checker and the linter
    report: BrowserReport | None = None  # None: not tried in a browser
    asked: int = 0  # how many acceptance checks there were; the report has those for which there was time
    why_skipped: str = ""
    milliseconds: float = 0.0
    bundle: Bundle | None = field(default=None, repr=False)  # the production build, to be kept or published
    why_unread: str = ""  # by the type checker and the linter

    @property
    def compiles(self) -> bool:
        return not self.build_errors

    @property
    def types(self) -> tuple[Diagnostic, ...]:
        return tuple(found for found in self.findings if found.code == "type")

    @property
    def lint(self) -> tuple[Diagnostic, ...]:
        return tuple(found for found in self.findings if found.code == "lint")

    @property
    def browser(self) -> Literal["passed", "failed", "skipped"]:
        if self.report is None:
            return "skipped"
        is_fine = not self.report.problems and all(result.passed for result in self.report.results)
        return "passed" if is_fine else "failed"

    @property
    def untried(self) -> int:
        return max(0, self.asked - len(self.report.results)) if self.report else 0

    @property
    def screenshot(self) -> bytes:
        return self.report.screenshot if self.report else b""

    @property
    def is_good(self) -> bool:
        """Nothing that anybody could be asked to repair."""
        return not to_repair(self)

    def to_json(self, *, screenshot: str = "") -> dict[str, Any]:
        """`screenshot` is the checksum under which the picture was kept, if it was."""
        report = self.report or BrowserReport()
        return {
            "compiles": self.compiles,
            "types": [sentence(found) for found in self.types],
            "lint": [sentence(found) for found in self.lint],
            "browser": self.browser,
            "why_skipped": self.why_skipped,
            "problems": [
                {"kind": problem.kind, "message": problem.message, "route": problem.route}
                for problem in report.problems[:MOST_FINDINGS]
            ],
            "results": [
                {"title": result.title, "passed": result.passed, "why": result.why} for result in report.results
            ],
            "untried": self.untried,
            "routes": list(report.routes),
            "screenshot": screenshot,
            "ms": round(self.milliseconds),
        }


def check_app(
    files: Mapping[str, str],
    checks: Sequence[AcceptanceCheck],
    *,
    bundler: Bundler,
    checker: Checker,
    app_id: UUID | None = None,
    routes: Sequence[str] = ("/",),
    should_stop: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Check an app that the preview compiles. Blocking, for at most about half a minute, whatever the app does."""
    if should_stop():
        return Verdict(why_skipped=_STOPPED)
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=1) as beside:
        reading = beside.submit(_inspected, files, bundler)
        bundle, build_errors, why_not = _built(files, bundler, app_id)
        findings, why_unread = reading.result()
    report: BrowserReport | None = None
    if bundle is not None:
        report, why_not = _tried(with_values(bundle, files), checks, checker, routes, should_stop)
    why_not = " ".join(filter(None, (why_not, why_unread)))
    took = (time.monotonic() - started) * 1000
    return Verdict(build_errors, findings, report, len(checks), why_not, took, bundle, why_unread)


def to_repair(verdict: Verdict) -> tuple[Diagnostic, ...]:
    """What the fix loop is asked to mend: what breaks the app first, then what it promised and does not do."""
    errors = [found for found in (*verdict.build_errors, *verdict.findings) if found.severity == "error"]
    report = verdict.report
    if report is not None:
        errors += [_runtime_error(problem) for problem in report.problems]
        errors += [
            _error("check", f"The acceptance check “{result.title}” fails: {result.why}")
            for result in report.results
            if not result.passed
        ]
    return tuple(_distinct(errors))[:MOST_REPAIRABLE]


def sentence(found: Diagnostic) -> str:
    place = f"{found.file}:{found.line}" if found.line else found.file
    return f"{place}: {found.message}" if place else found.message


def _inspected(files: Mapping[str, str], bundler: Bundler) -> tuple[tuple[Diagnostic, ...], str]:
    try:
        return bundler.inspect(files)[:MOST_FINDINGS], ""
    except OverskillError as error:  # an app can be tried without it having been read
        return (), error.message


def _built(
    files: Mapping[str, str], bundler: Bundler, app_id: UUID | None
) -> tuple[Bundle | None, tuple[Diagnostic, ...], str]:
    try:
        return bundler.build(files, app_id=app_id), (), ""
    except BuildFailed as error:
        errors = tuple(found for found in error.diagnostics if found.severity == "error") or error.diagnostics
        return None, errors[:MOST_FINDINGS], error.message
    except OverskillError as error:
        return None, (), error.message


def _tried(
    bundle: Bundle,
    checks: Sequence[AcceptanceCheck],
    checker: Checker,
    routes: Sequence[str],
    should_stop: Callable[[], bool],
) -> tuple[BrowserReport | None, str]:
    if should_stop():
        return None, _STOPPED
    try:
        return checker.check(bundle, checks, routes=routes, should_stop=should_stop), ""
    except OverskillError as error:
        return None, error.message


def _runtime_error(problem: Problem) -> Diagnostic:
    where = "" if problem.route == "/" else f" (on {problem.route})"
    return _error("runtime", f"{problem.message}{where}", problem.file, problem.line)


def _error(code: str, message: str, file: str = "", line: int = 0) -> Diagnostic:
    return Diagnostic(file or ENTRY, message[:_LONGEST_MESSAGE], line, code=code)


def _distinct(errors: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """The same message once, whatever route it was met on first."""
    return {(found.code, found.file, found.line, found.message): found for found in errors}.values()
