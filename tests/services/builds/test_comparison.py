"""What builders are compared by."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from overskill.models import BuildAttempt, Deployment
from overskill.models.base import utc_now
from overskill.services.builds.comparison import BuilderFigures, compare_builders
from tests.factories import make_app, make_user

Attempt = Callable[..., None]
YESTERDAY = timedelta(days=1)


@pytest.fixture
def attempt(session: Session) -> Attempt:
    app = make_app(session, make_user(session), versions=1)
    deployment = Deployment(app_id=app.id, user_id=app.creator_id, version=1)
    session.add(deployment)
    session.flush()

    def add(builder: str, seconds: float, **facts: object) -> None:
        row = {"deployment_id": deployment.id, "builder": builder, "seconds": seconds, "succeeded": True, **facts}
        session.add(BuildAttempt.model_validate(row))
        session.flush()

    return add


def test_each_builder_is_told_apart_and_its_experiment_too(session: Session, attempt: Attempt) -> None:
    for seconds in (1.0, 2.0, 3.0):
        attempt("local", seconds)
    attempt("lambda", 4.0, cost_micro=100, is_experiment=True)
    attempt("lambda", 60.0, cost_micro=1000, is_experiment=True, succeeded=False)
    attempt("lambda", 5.0, cost_micro=150)
    assert compare_builders(session, utc_now() - YESTERDAY) == [
        BuilderFigures("lambda", False, 1, 0, 5.0, 5.0, 150),
        BuilderFigures("lambda", True, 2, 1, 4.0, 4.0, 1100),
        BuilderFigures("local", False, 3, 0, 2.0, pytest.approx(2.9), 0),
    ]


def test_a_builder_that_never_worked_has_failures_and_no_time(session: Session, attempt: Attempt) -> None:
    attempt("github", 30.0, succeeded=False)
    (found,) = compare_builders(session, utc_now() - YESTERDAY)
    assert (found.failure_percent, found.median_seconds) == (100.0, 0.0)


def test_what_was_before_does_not_count(session: Session, attempt: Attempt) -> None:
    attempt("local", 1.0, created_at=utc_now() - 2 * YESTERDAY)
    assert compare_builders(session, utc_now() - YESTERDAY) == []
