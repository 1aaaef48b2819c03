"""The proof of a release: what the platform itself found out about exactly these files, and what it could not.

proof = proof_of(session, release, app_id)   what may be shown, or None: there is none, or the files are others now
proof.to_json()                      for releases.proof
digest_of(session, app_id, version)  what a proof is of
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session

from overskill.models import Release
from overskill.services.apps.versions import held_files

Result = Literal["passed", "failed", "skipped"]


_OF_THE_CODE = frozenset({"build", "security", "browser", "packages"})  # what a release is refused for


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `details` are sentences: what was found, or why it was not looked at."""

    name: str  # "types", "lint", "build", "security", "browser", "acceptance", "packages"
    title: str
    result: Result
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """What a visitor's browser loads before the start page is there, in bytes."""

    files: int
    plain: int
    gzip: int
    brotli: int


@dataclass(frozen=True, slots=True)
class Figure:
    name: str  # "Largest Contentful Paint"
    value: str  # "1.9 s"
    score: int  # 0 … 100


@dataclass(frozen=True, slots=True)
class Score:
    """0 … 100, from what, and how it was computed."""

    value: int
    how: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Barrier:
    """A rule of axe that the app breaks."""

    rule: str
    impact: str  # "critical", "serious", "moderate", "minor"
    help: str
    count: int  # of elements
    route: str


@dataclass(frozen=True, slots=True)
class AuditedPackage:
    name: str
    version: str
    licence: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hazard:
    """What the security scan found."""

    severity: str
    rule: str
    message: str
    place: str  # "src/App.tsx, line 3"


@dataclass(frozen=True, slots=True)
class Proof:
    files_hash: str
    version: int
    checked_at: datetime
    checks: tuple[Check, ...] = ()
    first_load: FirstLoad | None = None
    performance: Score | None = None  # None: not measured, and `not_checked` says why
    accessibility: Score | None = None
    barriers: tuple[Barrier, ...] = ()
    packages: tuple[AuditedPackage, ...] = ()
    audit: str = ""  # what was asked of the packages, and when
    hazards: tuple[Hazard, ...] = ()
    hosts: tuple[str, ...] = ()  # of others, which the app calls
    screenshot: str = ""  # checksum
    not_checked: tuple[str, ...] = field(default=())

    @property
    def asks_for_mending(self) -> bool:
        """Whether something of the code can have kept it from being sold."""
        return any(one.result == "failed" and one.name in _OF_THE_CODE for one in self.checks)

    @property
    def is_complete(self) -> bool:
        return all(check.result != "skipped" for check in self.checks)

    @property
    def passed(self) -> int:
        return sum(check.result == "passed" for check in self.checks)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "checked_at": self.checked_at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """`data` is ours, as it was kept."""
        return cls(
            files_hash=data["files_hash"],
            version=data["version"],
            checked_at=datetime.fromisoformat(data["checked_at"]),
            checks=tuple(Check(**{**one, "details": tuple(one["details"])}) for one in data["checks"]),
            first_load=FirstLoad(**data["first_load"]) if data["first_load"] else None,
            performance=_score(data["performance"]),
            accessibility=_score(data["accessibility"]),
            barriers=tuple(Barrier(**one) for one in data["barriers"]),
            packages=tuple(AuditedPackage(**{**one, "problems": tuple(one["problems"])}) for one in data["packages"]),
            audit=data["audit"],
            hazards=tuple(Hazard(**one) for one in data["hazards"]),
            hosts=tuple(data["hosts"]),
            screenshot=data["screenshot"],
            not_checked=tuple(data["not_checked"]),
        )


def proof_of(session: Session, release: Release, app_id: UUID | None) -> Proof | None:
    """The release's proof while it is of what the release holds. Void when the files change: then there is none."""
    if not release.proof or app_id is None:
        return None
    proof = Proof.from_json(release.proof)
    return proof if proof.files_hash == digest_of(session, app_id, release.version) else None


def digest_of(session: Session, app_id: UUID, version: int) -> str:
    """SHA-256 of a version's paths and their checksums: one query, however large the app is."""
    held = held_files(app_id, version).subquery()
    line = held.c.path + literal("\n") + held.c.checksum + literal("\n")
    joined = func.coalesce(func.string_agg(line, aggregate_order_by(literal(""), held.c.path.collate("C"))), "")
    return str(session.scalar(select(func.encode(func.sha256(func.convert_to(joined, "UTF8")), "hex"))))


def _score(data: Mapping[str, Any] | None) -> Score | None:
    return Score(data["value"], data["how"], tuple(Figure(**one) for one in data["figures"])) if data else None
