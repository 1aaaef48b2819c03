"""A team's credits on one page: what is left, where it went, and every entry of the ledger."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.models import App, AppStatus, CreditCause, CreditEntry, Generation, Purse
from overskill.services.accounts.teams import TeamView, teams_of
from overskill.services.billing.amounts import CREDIT, Tariff
from overskill.services.billing.credit_ledger import Balance, balance
from overskill.services.billing.spending import Spending, recent_spending
from overskill.services.billing.teams import chosen_team, team_in_view

PAGE_SIZE = 20
MOST_EXPORTED = 50_000
_MESSAGE_LENGTH = 120
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger, and the turn it is about."""

    at: datetime
    cause: CreditCause
    purse: Purse
    amount: int
    reason: str
    message: str  # the beginning of what was asked for; "" when it is no turn's entry, or the turn is gone
    app_name: str
    app_slug: str  # "" where it can't be opened


@dataclass(frozen=True, slots=True)
class Statement:
    teams: Sequence[TeamView]
    team: TeamView
    balance: Balance
    spending: Spending
    lines: Sequence[Line]
    has_more: bool


def view_statement(
    session: Session, user_id: UUID, tariff: Tariff, *, team_id: UUID | None = None, page: int = 0
) -> Statement:
    """Four queries, however much there is. Raises NotFound for a team that is not theirs."""
    teams = teams_of(session, user_id)
    team = chosen_team(teams, team_id)
    lines = ledger_lines(session, team.id, limit=PAGE_SIZE + 1, offset=page * PAGE_SIZE)
    return Statement(
        teams=teams,
        team=team,
        balance=balance(session, team.id, tariff),
        spending=recent_spending(session, team.id),
        lines=lines[:PAGE_SIZE],
        has_more=len(lines) > PAGE_SIZE,
    )


def credits_left(session: Session, user_id: UUID, slug: str, tariff: Tariff) -> Balance:
    """Of the team that a page about this app speaks of; of the user's own elsewhere."""
    team_id = team_in_view(session, user_id, slug)
    return balance(session, team_id, tariff) if team_id else Balance(0, 0)


def ledger_lines(session: Session, team_id: UUID, *, limit: int, offset: int = 0) -> list[Line]:
    """The newest first."""
    rows = session.execute(
        sa.select(
            CreditEntry,
            sa.func.left(col(Generation.prompt), _MESSAGE_LENGTH + 1),
            col(App.name),
            sa.case((col(App.status) != AppStatus.DELETED, col(App.slug)), else_=""),
        )
        .outerjoin(Generation, col(Generation.id) == col(CreditEntry.generation_id))
        .outerjoin(App, col(App.id) == col(Generation.app_id))
        .where(col(CreditEntry.team_id) == team_id)
        .order_by(col(CreditEntry.created_at).desc(), col(CreditEntry.key))
        .limit(limit)
        .offset(offset)
    ).all()
    return [
        Line(
            at=entry.created_at,
            cause=entry.cause,
            purse=entry.purse,
            amount=entry.amount,
            reason=entry.reason,
            message=_shortened(prompt or ""),
            app_name=app_name or "",
            app_slug=slug or "",
        )
        for entry, prompt, app_name, slug in rows
    ]


def _shortened(prompt: str) -> str:
    text = " ".join(prompt.split())
    return text if len(text) <= _MESSAGE_LENGTH else f"{text[: _MESSAGE_LENGTH - 1].rstrip()}…"


def statement_csv(session: Session, user_id: UUID, team_id: UUID | None = None) -> str:
    """The ledger for a spreadsheet, amounts in credits, times in UTC."""
    team = chosen_team(teams_of(session, user_id), team_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["time", "entry", "purse", "app", "message", "reason", "credits"])
    for line in ledger_lines(session, team.id, limit=MOST_EXPORTED):
        texts = (line.app_name, line.message, line.reason)
        writer.writerow(
            [
                line.at.isoformat(timespec="seconds"),
                line.cause,
                line.purse,
                *(inert(text) for text in texts),
                f"{line.amount / CREDIT:.3f}",
            ]
        )
    return out.getvalue()


def inert(text: str) -> str:
    """Spreadsheets run what looks like a formula, and messages are typed by anybody of the team."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
