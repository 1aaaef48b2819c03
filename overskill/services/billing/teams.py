"""Whose credits somebody may see and manage."""

from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import InvalidInput, NotAllowed, NotFound
from overskill.models import App, Membership
from overskill.services.accounts.audit import record
from overskill.services.accounts.teams import TeamView, teams_of
from overskill.services.billing.amounts import CREDIT
from overskill.services.billing.credit_ledger import lock_team

LARGEST_BUDGET = 1_000_000  # credits


def chosen_team(teams: list[TeamView], team_id: UUID | None) -> TeamView:
    """The one with this id, or the first. Raises NotFound for a team that is not theirs."""
    for team in teams:
        if team_id in (None, team.id):
            return team
    raise NotFound("There is no such team, or you are not in it.")


def team_in_view(session: Session, user_id: UUID, slug: str) -> UUID | None:
    """The team that a page about this app speaks of: the app's; their own where no app of theirs is shown."""
    if slug:
        team_id = session.exec(
            select(App.team_id)
            .join(Membership, col(Membership.team_id) == col(App.team_id))
            .where(App.slug == slug, Membership.user_id == user_id)
        ).first()
        if team_id is not None:
            return team_id
    teams = teams_of(session, user_id)
    return teams[0].id if teams else None


def set_monthly_budget(session: Session, user_id: UUID, team_id: UUID, wanted: str) -> None:
    """`wanted` in credits, as it was typed; empty for no limit. Owners and admins only."""
    team = chosen_team(teams_of(session, user_id), team_id)
    if not team.may_change:
        raise NotAllowed("Only an owner or admin of the team can change its budget.")
    budget = _clean_budget(wanted)
    row = lock_team(session, team_id)
    row.monthly_budget = budget
    session.add(row)
    record(session, "team.budget", user_id, subject=f"team:{team_id}")


def _clean_budget(wanted: str) -> int | None:
    text = wanted.strip().replace(",", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > LARGEST_BUDGET:
        raise InvalidInput(
            f"Type a whole number of credits, {LARGEST_BUDGET:,} at most, or leave it empty for no limit.",
            field="budget",
        )
    return int(text) * CREDIT
