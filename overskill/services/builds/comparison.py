"""How builders compare: what each took, how often it failed, what it cost. What an experiment is judged by."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Float, cast, func, select
from sqlmodel import Session, col

from overskill.models import BuildAttempt


@dataclass(frozen=True, slots=True)
class BuilderFigures:
    builder: str
    is_experiment: bool
    tries: int
    failures: int  # that were the builder's fault
    median_seconds: float  # of those that worked
    p95_seconds: float
    cost_micro: int

    @property
    def failure_percent(self) -> float:
        return 100 * self.failures / self.tries


def compare_builders(session: Session, since: datetime) -> list[BuilderFigures]:
    """One row for each builder, and one more for its tries in an experiment; by name, the usual ones first."""
    worked = col(BuildAttempt.succeeded)
    seconds = cast(col(BuildAttempt.seconds), Float)
    rows = session.connection().execute(
        select(
            col(BuildAttempt.builder),
            col(BuildAttempt.is_experiment),
            func.count(),
            func.count().filter(~worked),
            func.percentile_cont(0.5).within_group(seconds).filter(worked),
            func.percentile_cont(0.95).within_group(seconds).filter(worked),
            func.sum(col(BuildAttempt.cost_micro)),
        )
        .where(col(BuildAttempt.created_at) >= since)
        .group_by(col(BuildAttempt.builder), col(BuildAttempt.is_experiment))
        .order_by(col(BuildAttempt.builder), col(BuildAttempt.is_experiment))
    )
    return [
        BuilderFigures(builder, is_experiment, tries, failures, median or 0.0, p95 or 0.0, int(cost))
        for builder, is_experiment, tries, failures, median, p95, cost in rows
    ]
