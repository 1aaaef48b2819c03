"""The proof of a release as pages show it, in plain values. Not a state: states hold one, or NO_PROOF."""

from dataclasses import dataclass

from overskill.services.figures import count_words, size_words
from overskill.services.market.proofs import AuditedPackage, Proof, Score

_GOOD, _FAIR = 90, 50


@dataclass(frozen=True)
class CheckLine:
    title: str
    result: str  # "passed" or "failed"
    words: str  # the same, for screen readers
    details: list[str]


@dataclass(frozen=True)
class LeftOut:
    """What was not checked for one reason."""

    titles: str  # "Opens in a browser without errors, Does what it promises"
    why: str


@dataclass(frozen=True)
class FigureLine:
    name: str
    value: str
    tone: str


@dataclass(frozen=True)
class ScoreRing:
    is_there: bool
    value: int
    tone: str  # "positive", "warning" or "danger"
    words: str  # "77 of 100"
    how: str
    figures: list[FigureLine]


@dataclass(frozen=True)
class PackageLine:
    name: str
    version: str
    licence: str
    problems: list[str]


@dataclass(frozen=True)
class FoundLine:
    """A barrier, or something that the security scan found."""

    grade: str  # "serious"
    tone: str
    text: str
    place: str


@dataclass(frozen=True)
class ProofCard:
    is_there: bool
    headline: str  # "6 of 7 checks passed"
    is_flawless: bool
    version: int
    checked_at: str  # ISO time
    checks: list[CheckLine]  # that were made
    left_out: list[LeftOut]
    unmeasured: str  # "Speed and accessibility were not measured."; ""
    performance: ScoreRing
    accessibility: ScoreRing
    load: str  # "153 KB"; "" where it does not build
    load_words: str
    barriers: list[FoundLine]
    hazards: list[FoundLine]
    packages: list[PackageLine]
    audit: str
    hosts: str
    screenshot: str  # its address, or ""
    not_checked: list[str]


_NO_SCORE = ScoreRing(is_there=False, value=0, tone="", words="", how="", figures=[])
NO_PROOF = ProofCard(
    is_there=False, headline="", is_flawless=False, version=0, checked_at="", checks=[],
    left_out=[], unmeasured="", performance=_NO_SCORE,
    accessibility=_NO_SCORE, load="", load_words="", barriers=[], hazards=[], packages=[], audit="", hosts="",
    screenshot="", not_checked=[],
)  # fmt: skip
_NO_BROWSER = "This site does not open apps in a browser to check them."
_NO_REGISTRY = "The registry that knows of such problems did not answer when this was checked."
_RESULTS = {"passed": "Passed", "failed": "Not passed"}
_TONES = {"critical": "danger", "high": "danger", "serious": "danger", "moderate": "warning", "medium": "warning"}


def proof_card_of(proof: Proof | None) -> ProofCard:
    if proof is None:
        return NO_PROOF
    load = proof.first_load
    done = [check for check in proof.checks if check.result != "skipped"]
    return ProofCard(
        is_there=True,
        headline=_headline(proof.passed, len(done), len(proof.checks) - len(done)),
        is_flawless=proof.passed == len(done),
        version=proof.version,
        checked_at=proof.checked_at.isoformat(),
        checks=[CheckLine(check.title, check.result, _RESULTS[check.result], list(check.details)) for check in done],
        left_out=_left_out(proof),
        unmeasured=_unmeasured(proof),
        performance=_ring(proof.performance),
        accessibility=_ring(proof.accessibility),
        load=size_words(load.brotli) if load else "",
        load_words=_load_words(proof),
        barriers=[
            FoundLine(one.impact, _tone_of(one.impact), one.help, f"{count_words(one.count, 'element')} at {one.route}")
            for one in proof.barriers
        ],
        hazards=[FoundLine(one.severity, _tone_of(one.severity), one.message, one.place) for one in proof.hazards],
        packages=[_package(one) for one in proof.packages],
        audit=proof.audit,
        hosts=", ".join(proof.hosts),
        screenshot=f"/media/{proof.screenshot}.webp" if proof.screenshot else "",
        not_checked=_further(proof),
    )


def _headline(passed: int, done: int, left_out: int) -> str:
    if passed == done:
        words = f"Passed all {count_words(done, 'check')}" if done > 1 else "Passed its check"
    else:
        words = f"{passed} of {count_words(done, 'check')} passed"
    return f"{words} that could be made" if left_out else words


def _left_out(proof: Proof) -> list[LeftOut]:
    by_reason: dict[str, list[str]] = {}
    for check in proof.checks:
        if check.result == "skipped":
            by_reason.setdefault(_for_buyers(" ".join(check.details)), []).append(check.title)
    return [LeftOut(", ".join(titles), why) for why, titles in by_reason.items()]


def _unmeasured(proof: Proof) -> str:
    missing = [
        name for name, score in (("speed", proof.performance), ("accessibility", proof.accessibility)) if not score
    ]
    if not missing:
        return ""
    return f"{' and '.join(missing).capitalize()} {'were' if len(missing) > 1 else 'was'} not measured."


def _further(proof: Proof) -> list[str]:
    """What is not said by a check that was left out."""
    said = {_for_buyers(" ".join(check.details)) for check in proof.checks if check.result == "skipped"}
    lines = [_for_buyers(line) for line in proof.not_checked]
    return [line for line in lines if line not in said]


def _for_buyers(words: str) -> str:
    """What concerns whoever runs the site is left out: buyers can change nothing of it."""
    if any(sign in words for sign in ("OVERSKILL_", "No Chromium", "sudo ")):
        return _NO_BROWSER
    return _NO_REGISTRY if words.startswith("Known problems of packages were not looked up") else words


def _ring(score: Score | None) -> ScoreRing:
    if score is None:
        return _NO_SCORE
    figures = [FigureLine(one.name, one.value, _tone(one.score)) for one in score.figures]
    return ScoreRing(True, score.value, _tone(score.value), f"{score.value} of 100", score.how, figures)


def _tone(score: int) -> str:
    return "positive" if score >= _GOOD else "warning" if score >= _FAIR else "danger"


def _tone_of(grade: str) -> str:
    return _TONES.get(grade, "neutral")


def _load_words(proof: Proof) -> str:
    load = proof.first_load
    if load is None:
        return ""
    return (
        f"{count_words(load.files, 'file')} before the start page is there: {size_words(load.brotli)} with Brotli, "
        f"{size_words(load.gzip)} with gzip, {size_words(load.plain)} unpacked"
    )


def _package(one: AuditedPackage) -> PackageLine:
    return PackageLine(one.name, one.version, one.licence or "licence not stated", list(one.problems))
