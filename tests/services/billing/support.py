"""Turns that cost something."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from overskill.clients.model_memory import ModelFacts
from overskill.models import App, CreditEntry, Generation, GenerationMode, GenerationStatus, Team
from overskill.services.billing.credits import Tariff, open_account, settle
from tests.factories import make_app, make_user

PRICE = ModelFacts(price_in=1e-6, price_out=4e-6)
TARIFF = Tariff(daily=100_000, turn=50_000, credit_micro=10_000)


def used(cost_micro: int, role: str = "build", **told: int) -> dict[str, dict[str, Any]]:
    return {role: {"model": "fake/model", "cost_micro": cost_micro, **told}}


def make_paying_app(session: Session, *, budget: int | None = None) -> App:
    app = make_app(session, make_user(session))
    team = session.get_one(Team, app.team_id)
    team.monthly_budget = budget
    session.add(team)
    session.flush()
    return app


def open_turn(session: Session, app: App, *, tariff: Tariff = TARIFF, prompt: str = "a habit tracker") -> Generation:
    turn = Generation(app_id=app.id, user_id=app.creator_id, prompt=prompt)
    session.add(turn)
    session.flush()
    open_account(session, app, turn, tariff, author_kind="model", price=PRICE)
    session.flush()
    return turn


def end_turn(
    session: Session,
    turn: Generation,
    cost_micro: int,
    *,
    tariff: Tariff = TARIFF,
    status: GenerationStatus = GenerationStatus.SUCCEEDED,
) -> int:
    """Returns what was charged."""
    turn.usage = used(cost_micro)
    turn.status = status
    return settle(session, turn, tariff).charged


def make_past_turn(
    session: Session,
    app: App,
    charged: int,
    *,
    app_size: int = 1_000,
    mode: GenerationMode = GenerationMode.BUILD,
    at: datetime | None = None,
) -> Generation:
    """A turn that succeeded and cost so much."""
    turn = Generation(
        app_id=app.id,
        user_id=app.creator_id,
        prompt="x",
        app_size=app_size,
        mode=mode,
        status=GenerationStatus.SUCCEEDED,
        charged=charged,
    )
    if at is not None:
        turn.created_at = at
    session.add(turn)
    session.flush()
    return turn


def ledger(session: Session, app: App) -> list[CreditEntry]:
    return list(
        session.exec(
            select(CreditEntry).where(CreditEntry.team_id == app.team_id).order_by(col(CreditEntry.created_at))
        ).all()
    )
