"""What is unsafe in the code of a version: scanned once, kept on its row, read by whoever publishes or shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Bundler, Finding
from overskill.db import transaction
from overskill.errors import Conflict
from overskill.models import AppVersion
from overskill.services.apps.versions import find_version, version_files

_MOST_IN_A_REPORT = 10


def keep_findings(session: Session, version: AppVersion, findings: Iterable[Finding]) -> None:
    """Remember what a scan of this version found; an empty list means that nothing is wrong."""
    version.findings = [asdict(finding) for finding in findings]
    session.add(version)


def known_findings(version: AppVersion) -> tuple[Finding, ...] | None:
    """What the scan of this version found, the worst first; None when it was not scanned yet."""
    return findings_of(version.findings)


def findings_of(kept: Sequence[Mapping[str, Any]] | None) -> tuple[Finding, ...] | None:
    """As they are kept on the row of a version."""
    return None if kept is None else tuple(Finding(**one) for one in kept)


def scan_version(app_id: UUID, number: int, bundler: Bundler) -> tuple[Finding, ...]:
    """What is unsafe in a version, scanned unless it was before. No transaction is open meanwhile."""
    with transaction() as session:
        known = known_findings(find_version(session, app_id, number))
        files = version_files(session, app_id, number) if known is None else {}
    if known is not None:
        return known
    findings = bundler.scan(files)
    with transaction() as session:
        keep_findings(session, find_version(session, app_id, number), findings)
    return findings


def refuse_critical(findings: Iterable[Finding]) -> None:
    """Raises Conflict, naming the first critical finding, when there is one."""
    critical = [finding for finding in findings if finding.severity == "critical"]
    if not critical:
        return
    first, others = critical[0], len(critical) - 1
    more = f" There are {others} more like it." if others > 1 else " There is one more like it." if others else ""
    raise Conflict(
        f"Not published, because {first.file}, line {first.line} is unsafe: {first.message} {first.fix}{more}"
    )


def fix_request(findings: Sequence[Finding]) -> str:
    """The message that asks for the findings to be put right, the worst of them first; "" when there are none."""
    if not findings:
        return ""
    lines = [
        f"- {finding.file}, line {finding.line} ({finding.severity}): {finding.message} {finding.fix}"
        for finding in findings[:_MOST_IN_A_REPORT]
    ]
    return "\n".join(["Please fix what the security scan found:", *lines])
