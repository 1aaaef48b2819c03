"""Who writes for whom: a model where the team or the person has one, else the recipes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from overskill.clients.breakers import Breakers
from overskill.clients.connections import Connections
from overskill.clients.models import ModelRole
from overskill.config import Settings
from overskill.services.generation.events import Author, Terms
from overskill.services.generation.model_author import ModelAuthor
from overskill.services.generation.recipes import RecipeAuthor
from overskill.services.generation.thoughts import KeptThoughts, NoThoughts, Thoughts
from overskill.services.providers.routes import Stop, models_for, stops_beside, stops_for, stops_in


@dataclass(frozen=True)
class ModelsOrRecipes:
    settings: Settings
    connections: Connections
    breakers: Breakers
    recipes: Author = field(default_factory=lambda: RecipeAuthor(pause=time.sleep))

    def author_for(self, session: Session, team_id: UUID, user_id: UUID) -> Author:
        models = models_for(
            session,
            team_id,
            user_id,
            settings=self.settings,
            connections=self.connections,
            breakers=self.breakers,
        )
        return ModelAuthor(models, self._thoughts()) if models else self.recipes

    def _thoughts(self) -> Thoughts:
        return KeptThoughts() if self.settings.reuse_briefs == "on" else NoThoughts()

    def terms_for(self, session: Session, team_id: UUID, user_id: UUID) -> Terms:
        """The price of the model that builds, if it is not asked with a key of their own."""
        return self._terms(stops_for(session, team_id, user_id, settings=self.settings)[ModelRole.BUILD])

    def terms_beside(self) -> tuple[sa.ScalarSelect[Any], ...]:
        return stops_beside()

    def terms_in(self, columns: Sequence[Any]) -> Terms:
        return self._terms(stops_in(columns, self.settings)[ModelRole.BUILD])

    def _terms(self, stops: Sequence[Stop]) -> Terms:
        if not stops:
            return Terms()
        if stops[0].provider.is_own_key:
            return Terms("model")
        facts = self.connections.facts(stops[0].provider, stops[0].model)
        return Terms("model", facts if facts.price_out else None)
