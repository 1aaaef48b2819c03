"""From what was found to a proof, and to the sentences that refuse a release. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from overskill.clients.bundler import Diagnostic, Finding
from overskill.clients.checker import Measured
from overskill.services.figures import count_words
from overskill.services.generation.checking import Verdict, sentence
from overskill.services.market.audit import Audit
from overskill.services.market.first_load import first_load
from overskill.services.market.proofs import Check, Hazard, Proof, Result, Score
from overskill.services.market.scores import accessibility, barriers, speed

MOST_DETAILS = 10
_MOST_HAZARDS = 20


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was found out about a version."""

    verdict: Verdict
    hazards: tuple[Finding, ...]
    measured: Measured | None
    why_unmeasured: str
    audit: Audit


def proof_from(examined: Examination, files_hash: str, version: int, screenshot: str, now: datetime) -> Proof:
    verdict, measured = examined.verdict, examined.measured
    return Proof(
        files_hash=files_hash,
        version=version,
        checked_at=now,
        checks=tuple(_checks(examined)),
        first_load=first_load(verdict.bundle.assets) if verdict.bundle else None,
        performance=_performance(measured),
        accessibility=accessibility(measured) if measured else None,
        barriers=barriers(measured.broken) if measured else (),
        packages=examined.audit.packages,
        audit=examined.audit.words,
        hazards=tuple(_hazard(found) for found in examined.hazards[:_MOST_HAZARDS]),
        hosts=verdict.report.hosts if verdict.report else (),
        screenshot=screenshot,
        not_checked=tuple(_not_checked(examined)),
    )


def refusals(examined: Examination) -> list[str]:
    """Why this version can't be sold, the gravest first: a sentence each, with what to do. Empty: it can."""
    verdict = examined.verdict
    found = [f"It does not build. {sentence(one)}" for one in verdict.build_errors]
    found += [
        f"{one.file}, line {one.line} is unsafe: {one.message} {one.fix}".strip()
        for one in examined.hazards
        if one.severity == "critical"
    ]
    if verdict.report is not None:
        found += [f"In a browser, at {one.route}: {one.message}" for one in verdict.report.problems]
    return [*found, *examined.audit.grave][:MOST_DETAILS]


def _checks(examined: Examination) -> Iterator[Check]:
    verdict = examined.verdict
    yield _code_check("types", "Types are consistent", verdict.types, verdict)
    yield _code_check("lint", "The linter finds nothing", verdict.lint, verdict)
    yield _check("build", "Builds for production", map(sentence, verdict.build_errors))
    yield _check("security", "No critical or high findings in the security scan", _grave_hazards(examined.hazards))
    yield _browser_check(verdict)
    yield _acceptance_check(verdict)
    yield _package_check(examined.audit)


def _check(name: str, title: str, found: Iterable[str]) -> Check:
    details = tuple(found)[:MOST_DETAILS]
    return Check(name, title, "failed" if details else "passed", details)


def _code_check(name: str, title: str, found: tuple[Diagnostic, ...], verdict: Verdict) -> Check:
    errors = [one for one in found if one.severity == "error"]
    if verdict.why_unread:
        return Check(name, title, "skipped", (verdict.why_unread,))
    return _check(name, title, map(sentence, errors))


def _grave_hazards(hazards: tuple[Finding, ...]) -> Iterator[str]:
    for one in hazards:
        if one.severity in ("critical", "high"):
            yield f"{one.file}, line {one.line}: {one.message}"


def _browser_check(verdict: Verdict) -> Check:
    title = "Opens in a browser without errors"
    if verdict.report is None:
        return Check("browser", title, "skipped", (verdict.why_skipped or "It does not build.",))
    found = [f"{one.route}: {one.message}" for one in verdict.report.problems]
    if not found and not verdict.report.routes:
        return Check("browser", title, "skipped", ("There was no time to open it.",))
    pages = count_words(len(verdict.report.routes), "page")
    return _check("browser", title, found) if found else Check("browser", title, "passed", (f"{pages} opened",))


def _acceptance_check(verdict: Verdict) -> Check:
    title = "Does what it promises"
    if verdict.asked == 0:
        return Check("acceptance", title, "skipped", ("The app came with no acceptance checks.",))
    if verdict.report is None:
        return Check("acceptance", title, "skipped", (verdict.why_skipped or "It does not build.",))
    failed = [f"{one.title}: {one.why}" for one in verdict.report.results if not one.passed]
    if failed:
        return _check("acceptance", title, failed)
    result: Result = "passed" if verdict.report.results else "skipped"
    done = f"{len(verdict.report.results)} of {count_words(verdict.asked, 'acceptance check')} tried"
    return Check("acceptance", title, result, (done,))


def _package_check(audit: Audit) -> Check:
    title = "No known problems in its packages"
    if audit.why_not:
        return Check("packages", title, "skipped", (audit.why_not,))
    found = [f"{one.name} {one.version}: {problem}" for one in audit.packages for problem in one.problems]
    return _check("packages", title, found)


def _performance(measured: Measured | None) -> Score | None:
    return speed(measured.timings) if measured and measured.timings else None


def _hazard(found: Finding) -> Hazard:
    return Hazard(found.severity, found.rule, found.message, f"{found.file}, line {found.line}")


def _not_checked(examined: Examination) -> Iterator[str]:
    verdict, measured = examined.verdict, examined.measured
    if verdict.report is None:
        yield f"Not run in a browser: {verdict.why_skipped or 'it does not build.'}"
    elif measured is None:
        yield f"Speed and accessibility were not measured: {examined.why_unmeasured}"
    else:
        if measured.timings is None:
            yield "Speed was not measured: the page was not painted in time on a slow phone."
        if not measured.routes:
            yield "Accessibility was not measured: axe-core is not installed on this instance, or the page hung."
    if verdict.why_unread:
        yield f"Types and code were not read: {verdict.why_unread}"
    if verdict.untried:
        yield f"{count_words(verdict.untried, 'acceptance check')} not tried: there was no time for more."
    if examined.audit.why_not:
        yield examined.audit.why_not
    if verdict.report is not None and verdict.report.hosts:
        yield f"Other hosts were not reached from the check: {', '.join(verdict.report.hosts[:5])}."
