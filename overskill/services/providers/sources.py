"""The providers somebody can use: the instance's, then the team's keys, then their own, each by its name."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from overskill.clients.models import OPENROUTER_URL
from overskill.clients.providers import Provider
from overskill.clients.public_address import is_ones_own_network
from overskill.config import Settings
from overskill.errors import Unavailable
from overskill.models import App, ProviderKey, User
from overskill.models.columns import rows_beside, rows_in
from overskill.services.providers.roles import OPENROUTER, SERVER
from overskill.services.providers.sealing import Unreadable, unseal

PURPOSE = "provider keys"

log = logging.getLogger(__name__)


def instance_providers(settings: Settings) -> dict[str, Provider]:
    """What the settings name."""
    found = {}
    openrouter_key = settings.openrouter_api_key.get_secret_value()
    if openrouter_key:
        found[OPENROUTER] = Provider(OPENROUTER, OPENROUTER_URL, openrouter_key)
    if settings.ai_base_url:
        url = settings.ai_base_url.rstrip("/")
        key = settings.ai_api_key.get_secret_value() or (openrouter_key if url == OPENROUTER_URL else "")
        found[SERVER] = Provider(SERVER, url, key)
    for entry in settings.providers():
        found[entry.name] = Provider(entry.name, entry.base_url, entry.key)
    return found


def providers_for(
    session: Session, team_id: UUID, user_id: UUID | None, *, settings: Settings
) -> Mapping[str, Provider]:
    return with_keys(keys_for(session, team_id, user_id), settings=settings)


def keys_for(session: Session, team_id: UUID, user_id: UUID | None) -> Sequence[ProviderKey]:
    """The team's, and one's own; the oldest first."""
    owners = or_(col(ProviderKey.team_id) == team_id, col(ProviderKey.user_id) == user_id)
    query = select(ProviderKey).where(owners if user_id else col(ProviderKey.team_id) == team_id)
    return session.exec(query.order_by(col(ProviderKey.created_at))).all()


def keys_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps and users: as `keys_for`, for `keys_in`."""
    is_theirs = or_(col(ProviderKey.team_id) == App.team_id, col(ProviderKey.user_id) == User.id)
    return rows_beside(ProviderKey, is_theirs, in_order=(col(ProviderKey.created_at),))


def keys_in(column: Sequence[Mapping[str, Any]] | None) -> Sequence[ProviderKey]:
    return rows_in(ProviderKey, column)


def with_keys(rows: Sequence[ProviderKey], *, settings: Settings) -> Mapping[str, Provider]:
    """One's own key wins over the team's, and that over the instance's."""
    found = instance_providers(settings)
    for row in sorted(rows, key=lambda row: row.user_id is not None):
        provider = own_provider(row, settings=settings)
        if provider is not None:
            found[row.provider] = provider
    return found


def own_provider(row: ProviderKey, *, settings: Settings) -> Provider | None:
    """None for a key that can't be read any more."""
    try:
        key = unseal(row.sealed_key, settings=settings, purpose=PURPOSE, owner=str(row.id))
    except (Unreadable, Unavailable):  # sealed with another secret, or this process knows none
        log.warning("a provider key can't be unsealed", extra={"provider_key": str(row.id)})
        return None
    return connection_of(row.provider, row.base_url, key, settings=settings, scope=f"key-{row.id}")


def connection_of(name: str, base_url: str, key: str, *, settings: Settings, scope: str = "") -> Provider:
    """A provider with a key of one's own.

    What the instance itself is connected to, users may reach too, with their key. Elsewhere only public addresses,
    but for a private number or localhost in development: only an admin of the instance can have saved that.
    """
    is_known = base_url in known_addresses(settings).values()
    may_be_private = is_known or (not settings.is_production and is_ones_own_network(base_url))
    return Provider(name, base_url, key, scope=scope, is_own_key=True, is_public_only=not may_be_private)


def known_addresses(settings: Settings) -> Mapping[str, str]:
    """Providers whose address nobody has to type."""
    return {OPENROUTER: OPENROUTER_URL} | {name: found.base_url for name, found in instance_providers(settings).items()}
