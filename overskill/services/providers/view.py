"""What the page about models shows: the lists of a team, and the keys there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from overskill.clients.models import ModelRole
from overskill.clients.providers import Provider
from overskill.config import Settings
from overskill.errors import NotAllowed
from overskill.services.accounts.teams import TeamView, teams_of
from overskill.services.providers.keys import KeyView, list_keys
from overskill.services.providers.roles import Entry, RoleList, role_lists
from overskill.services.providers.sources import keys_for, known_addresses, with_keys


@dataclass(frozen=True, slots=True)
class ModelsView:
    teams: Sequence[TeamView]
    team: TeamView
    lists: Mapping[ModelRole, RoleList]
    keys: Sequence[KeyView]
    providers: Mapping[str, Provider] = field(repr=False)  # with their keys: for services only

    @property
    def entries(self) -> list[Entry]:
        return [entry for found in self.lists.values() for entry in found.entries]

    @property
    def writer(self) -> Entry | None:
        """What builds apps first; None for recipes."""
        found = (entry for entry in self.lists[ModelRole.BUILD].entries if entry.provider in self.providers)
        return next(found, None)


def view_models(session: Session, user_id: UUID, team_id: UUID | None, *, settings: Settings) -> ModelsView:
    """`team_id` None: one's own team. Two queries."""
    view = _view(session, user_id, team_id, settings=settings)
    if view is None:
        raise NotAllowed("You are in no team, and models belong to teams. Ask your owner for an invitation.")
    return view


def writer_for(session: Session, user_id: UUID, *, settings: Settings) -> Entry | None:
    """What builds apps of one's own team first; None for recipes."""
    view = _view(session, user_id, None, settings=settings)
    return view.writer if view else None


def _view(session: Session, user_id: UUID, team_id: UUID | None, *, settings: Settings) -> ModelsView | None:
    """None for who is in no team."""
    teams = teams_of(session, user_id)
    if not teams:
        return None
    team = next((team for team in teams if team.id == team_id), teams[0])
    rows = keys_for(session, team.id, user_id)
    providers = with_keys(rows, settings=settings)
    lists = role_lists(settings, {*providers, *known_addresses(settings)}, team.models)
    return ModelsView(teams, team, lists, list_keys(rows), providers)
