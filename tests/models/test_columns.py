"""Rows that come as a column of another's query are those rows, whatever their fields are."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from overskill.models import (
    App,
    AppEnvironment,
    Deployment,
    DeploymentEnvironment,
    Domain,
    DomainStatus,
    EnvVar,
    ProviderKey,
    Repository,
    UsageDaily,
    utc_now,
)
from overskill.models.columns import rows_beside, rows_in
from tests.factories import make_app, make_user

NOW = utc_now()
STAGING = DeploymentEnvironment.STAGING


@pytest.fixture
def app(session: Session) -> App:
    return make_app(session, make_user(session))


def row_of(app: App, model: type[SQLModel]) -> SQLModel:
    """With something in every kind of field, and nothing in some."""
    facts: dict[type[SQLModel], dict[str, Any]] = {
        Domain: {"host": "ä.example.com", "token": 't"', "status": DomainStatus.ACTIVE, "verified_at": NOW},
        UsageDaily: {"environment": STAGING, "day": NOW.date(), "requests": 2**40},
        Deployment: {"version": 3, "environment": STAGING, "log": [{"text": "Built\n", "at": 0.25}]},
        AppEnvironment: {"environment": STAGING, "egress": ["api.example.com"], "requests_per_second": 5},
        EnvVar: {"environment": STAGING, "name": "A", "sealed_value": "x=", "is_public": True},
        Repository: {"installation_id": 2**40, "external_id": 7, "full_name": "a/b", "conflicts": ["src/App.tsx"]},
        ProviderKey: {"team_id": app.team_id, "provider": "mine", "base_url": "", "sealed_key": "", "hint": "1234"},
    }
    names = model.model_fields.keys()
    owners = {"app_id": app.id, "user_id": app.creator_id}
    if model is ProviderKey:
        owners = {}
    return model(**{name: key for name, key in owners.items() if name in names}, **facts[model])


def facts_of(row: SQLModel) -> dict[str, tuple[type, Any]]:
    return {name: (type(value), value) for name, value in row.model_dump().items()}


@pytest.mark.parametrize(
    "model", [Domain, UsageDaily, Deployment, AppEnvironment, EnvVar, Repository, ProviderKey], ids=lambda m: m.__name__
)
def test_they_are_the_rows(session: Session, app: App, model: type[SQLModel]) -> None:
    kept = row_of(app, model)
    session.add(kept)
    session.flush()
    session.refresh(kept)
    (read,) = rows_in(model, session.scalar(select(rows_beside(model))))
    assert facts_of(read) == facts_of(kept)
    assert read not in session


def test_they_are_those_of_the_query_s_own_row_in_their_order(session: Session, app: App) -> None:
    other = make_app(session, make_user(session))
    for number, of in enumerate((app, other, app)):
        facts = {"user_id": of.creator_id, "token": "t", "created_at": NOW - timedelta(days=number)}
        session.add(Domain(app_id=of.id, host=f"{number}.example.com", **facts))
    session.flush()
    column = rows_beside(Domain, col(Domain.app_id) == col(App.id), in_order=(col(Domain.created_at),))
    found = session.execute(sa.select(App.id, column)).all()
    assert {key: [row.host for row in rows_in(Domain, rows)] for key, rows in found} == {
        app.id: ["2.example.com", "0.example.com"],
        other.id: ["1.example.com"],
    }


def test_none_is_none(session: Session, app: App) -> None:
    assert rows_in(Domain, session.scalar(select(rows_beside(Domain)))) == []
