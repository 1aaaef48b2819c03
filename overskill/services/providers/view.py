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
from overskill.services.providers.access import team_to_read
from overskill.services.providers.keys import KeyOwner, KeyView, list_keys
from overskill.services.providers.roles import Entry, RoleList, role_lists
from overskill.services.providers.sources import known_addresses, providers_for


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
    """`team_id` None: one's own team."""
    teams = teams_of(session, user_id)
    if not teams:
        raise NotAllowed("You are in no team, and models belong to teams. Ask your owner for an invitation.")
    chosen = next((team for team in teams if team.id == team_id), teams[0])
    team = team_to_read(session, chosen.id, user_id)
    providers = providers_for(session, team.id, user_id, settings=settings)
    lists = role_lists(settings, {*providers, *known_addresses(settings)}, team.models)
    keys = [*list_keys(session, KeyOwner(user_id)), *list_keys(session, KeyOwner(user_id, team.id))]
    return ModelsView(teams, chosen, lists, keys, providers)


def writer_for(session: Session, user_id: UUID, *, settings: Settings) -> Entry | None:
    """What builds apps of one's own team first; None for recipes."""
    return view_models(session, user_id, None, settings=settings).writer if teams_of(session, user_id) else None
