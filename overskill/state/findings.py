"""What a security scan found, as pages show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from overskill.clients.bundler import Finding, Severity

MOST_SHOWN = 20
SEVERITIES: dict[Severity, str] = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low"}


@dataclass(frozen=True)
class FindingRow:
    severity: str
    words: str  # the severity, in words
    place: str  # "src/App.tsx:12"
    message: str
    fix: str


def rows_of(findings: Sequence[Finding]) -> list[FindingRow]:
    """The first of them, which are the worst."""
    return [
        FindingRow(found.severity, SEVERITIES[found.severity], f"{found.file}:{found.line}", found.message, found.fix)
        for found in findings[:MOST_SHOWN]
    ]


def scan_of(findings: Sequence[Finding] | None) -> str:
    """ "" before a scan, "clean", "found", or "blocked" when publishing is refused."""
    if findings is None:
        return ""
    if any(found.severity == "critical" for found in findings):
        return "blocked"
    return "found" if findings else "clean"


def count_by_severity(findings: Sequence[Finding]) -> str:
    """ "2 critical · 1 low" """
    counts = Counter(found.severity for found in findings)
    return " · ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
