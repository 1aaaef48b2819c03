"""The models of one turn: the lists of the team, at the providers that it and the person can use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, select

from overskill.clients.breakers import Breakers
from overskill.clients.connections import Connections
from overskill.clients.models import ModelRole
from overskill.clients.providers import Provider
from overskill.clients.routed_model import Candidate, RoutedModel
from overskill.config import Settings
from overskill.models import App, Team
from overskill.services.providers.roles import Entry, role_lists
from overskill.services.providers.sources import keys_beside, keys_in, known_addresses, providers_for, with_keys


@dataclass(frozen=True, slots=True)
class Stop:
    """One model of a list, at a provider that can be asked."""

    provider: Provider
    model: str


@dataclass(frozen=True)
class RoutedModels:
    by_role: Mapping[ModelRole, Sequence[Candidate]]
    breakers: Breakers
    answered: dict[str, str] = field(default_factory=dict)  # what models call themselves -> who that was

    def of(self, role: ModelRole, *, avoid: Sequence[str] = ()) -> RoutedModel:
        targets = {self.answered.get(name) for name in avoid}

        def is_avoided(candidate: Candidate) -> bool:
            return candidate.target in targets or candidate.model.name in avoid

        return RoutedModel(sorted(self.by_role[role], key=is_avoided), self.breakers, answered=self.answered)


def stops_for(
    session: Session, team_id: UUID, user_id: UUID, *, settings: Settings
) -> Mapping[ModelRole, Sequence[Stop]]:
    """Each role's models that can be asked at all. A role without any takes those that build, or whatever there is."""
    providers = providers_for(session, team_id, user_id, settings=settings)
    return _stops(providers, session.get_one(Team, team_id).models, settings)


def stops_beside() -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns for a query of apps and users, for `stops_in`."""
    return keys_beside(), select(Team.models).where(Team.id == App.team_id).scalar_subquery()


def stops_in(columns: Sequence[Any], settings: Settings) -> Mapping[ModelRole, Sequence[Stop]]:
    """As `stops_for`."""
    keys, models = columns
    return _stops(with_keys(keys_in(keys), settings=settings), models, settings)


def _stops(
    providers: Mapping[str, Provider], models: Mapping[str, Sequence[str]], settings: Settings
) -> Mapping[ModelRole, Sequence[Stop]]:
    lists = role_lists(settings, {*providers, *known_addresses(settings)}, models)
    stops = {role: _usable(found.entries, providers) for role, found in lists.items()}
    spare = stops[ModelRole.BUILD] or next((found for found in stops.values() if found), [])
    return {role: found or spare for role, found in stops.items()}


def _usable(entries: Sequence[Entry], providers: Mapping[str, Provider]) -> Sequence[Stop]:
    return [Stop(providers[entry.provider], entry.model) for entry in entries if entry.provider in providers]


def models_for(
    session: Session,
    team_id: UUID,
    user_id: UUID,
    *,
    settings: Settings,
    connections: Connections,
    breakers: Breakers,
) -> RoutedModels | None:
    """None where no model can be asked: neither a key of theirs nor one of the instance."""
    stops = stops_for(session, team_id, user_id, settings=settings)
    if not stops[ModelRole.BUILD]:
        return None

    def candidates(found: Sequence[Stop]) -> Sequence[Candidate]:
        return [
            Candidate(
                connections.model(stop.provider, stop.model, is_alone=len(found) == 1),
                stop.provider.target(stop.model),
                stop.provider.is_own_key,
            )
            for stop in found
        ]

    return RoutedModels({role: candidates(found) for role, found in stops.items()}, breakers)
