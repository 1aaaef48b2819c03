"""The lists of models that a team chose for itself."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from overskill.clients.models import ModelRole
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, LimitReached
from overskill.models import Team
from overskill.services.accounts.audit import record
from overskill.services.providers.access import team_to_change
from overskill.services.providers.roles import MOST_ENTRIES, Entry, RoleList, role_lists
from overskill.services.providers.sources import known_addresses, providers_for

LONGEST_NAME = 120

Move = Literal["up", "down"]


def lists_of_team(session: Session, team: Team, user_id: UUID, *, settings: Settings) -> dict[ModelRole, RoleList]:
    names = {*providers_for(session, team.id, user_id, settings=settings), *known_addresses(settings)}
    return role_lists(settings, names, team.models)


def add_model(
    session: Session, team_id: UUID, user_id: UUID, role: ModelRole, entry: Entry, *, settings: Settings
) -> None:
    """Put a model at the end of a list."""
    model = entry.model.strip()
    if not model or len(model) > LONGEST_NAME or any(mark.isspace() or mark == "," for mark in model):
        raise InvalidInput("Give the model's name as its provider lists it, such as moonshotai/kimi-k2.", field="model")
    team, entries = _of(session, team_id, user_id, role, settings)
    added = Entry(entry.provider, model)
    if added in entries:
        raise InvalidInput("This model is in the list already.", field="model")
    if len(entries) >= MOST_ENTRIES:
        raise LimitReached(f"A list holds {MOST_ENTRIES} models at most. Remove one first.")
    _save(session, team, user_id, role, [*entries, added])


def remove_model(
    session: Session, team_id: UUID, user_id: UUID, role: ModelRole, text: str, *, settings: Settings
) -> None:
    """Take a model out; a list that is empty is the instance's again."""
    team, entries = _of(session, team_id, user_id, role, settings)
    _save(session, team, user_id, role, [entry for entry in entries if str(entry) != text])


def move_model(
    session: Session, team_id: UUID, user_id: UUID, role: ModelRole, text: str, move: Move, *, settings: Settings
) -> None:
    team, entries = _of(session, team_id, user_id, role, settings)
    place = next((place for place, entry in enumerate(entries) if str(entry) == text), None)
    if place is None:
        raise Conflict("The list has changed meanwhile. Look at it again.")
    other = place + (-1 if move == "up" else 1)
    if 0 <= other < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
        _save(session, team, user_id, role, entries)


def use_usual_models(session: Session, team_id: UUID, user_id: UUID, role: ModelRole) -> None:
    """Forget the team's own list of a role."""
    _save(session, team_to_change(session, team_id, user_id), user_id, role, [])


def _of(
    session: Session, team_id: UUID, user_id: UUID, role: ModelRole, settings: Settings
) -> tuple[Team, list[Entry]]:
    """The team, and what the role's list is now. A first change begins with what was asked so far."""
    team = team_to_change(session, team_id, user_id)
    providers = providers_for(session, team.id, user_id, settings=settings)
    found = role_lists(settings, {*providers, *known_addresses(settings)}, team.models)[role]
    if found.source == "team":
        return team, list(found.entries)
    return team, [entry for entry in found.entries if entry.provider in providers]


def _save(session: Session, team: Team, user_id: UUID, role: ModelRole, entries: Sequence[Entry]) -> None:
    others = {name: models for name, models in team.models.items() if name != role}
    team.models = others | ({role.value: [str(entry) for entry in entries]} if entries else {})
    session.add(team)
    record(session, "team.models", user_id, subject=f"team:{team.id}")
    session.flush()
