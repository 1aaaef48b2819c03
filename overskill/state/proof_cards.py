"""The proof of a release as pages show it, in plain values. Not a state: states hold one, or NO_PROOF."""

from dataclasses import dataclass

from overskill.services.figures import count_words, size_words
from overskill.services.market.proofs import AuditedPackage, Proof, Score

_GOOD, _FAIR = 90, 50


@dataclass(frozen=True)
class CheckLine:
    title: str
    result: str  # "passed", "failed" or "skipped"
    words: str  # the same, for screen readers
    details: list[str]


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
    checks: list[CheckLine]
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
    is_there=False, headline="", is_flawless=False, version=0, checked_at="", checks=[], performance=_NO_SCORE,
    accessibility=_NO_SCORE, load="", load_words="", barriers=[], hazards=[], packages=[], audit="", hosts="",
    screenshot="", not_checked=[],
)  # fmt: skip
_RESULTS = {"passed": "Passed", "failed": "Not passed", "skipped": "Not checked"}
_TONES = {"critical": "danger", "high": "danger", "serious": "danger", "moderate": "warning", "medium": "warning"}


def proof_card_of(proof: Proof | None) -> ProofCard:
    if proof is None:
        return NO_PROOF
    load = proof.first_load
    done = [check for check in proof.checks if check.result != "skipped"]
    return ProofCard(
        is_there=True,
        headline=f"{proof.passed} of {count_words(len(done), 'check')} passed",
        is_flawless=proof.passed == len(done),
        version=proof.version,
        checked_at=proof.checked_at.isoformat(),
        checks=[
            CheckLine(check.title, check.result, _RESULTS[check.result], list(check.details)) for check in proof.checks
        ],
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
        not_checked=list(proof.not_checked),
    )


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
