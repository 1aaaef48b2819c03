"""Keys of one's own: added, tried, listed by their last characters, removed. Nothing gives one back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from overskill.clients.models import Cause, ModelFailed
from overskill.clients.providers import ModelLists, Provider
from overskill.clients.public_address import is_ones_own_network, is_private_by_name
from overskill.config import Settings
from overskill.errors import InvalidInput, LimitReached, NotFound, OverskillError, Unavailable
from overskill.models import ProviderKey
from overskill.services.accounts.audit import record
from overskill.services.providers.access import team_to_change
from overskill.services.providers.roles import SERVER
from overskill.services.providers.sealing import seal
from overskill.services.providers.sources import PURPOSE, connection_of, known_addresses, own_provider

MOST_KEYS = 20  # of one owner
_NAME = re.compile(r"[a-z][a-z0-9-]{0,38}")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_KEY = re.compile(r"[\x21-\x7e]{8,500}")
_GONE = "That key is not there any more. Reload the page."


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """Of the person who asks, or of a team that they look after."""

    user_id: UUID
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class KeyView:
    id: UUID
    provider: str
    base_url: str
    hint: str
    is_of_team: bool


def checked_connection(provider: str, base_url: str, key: str, *, settings: Settings, is_admin: bool) -> Provider:
    """The connection that somebody typed in. Raises InvalidInput, naming the field, where it can't be one."""
    name, key = provider.strip().lower(), key.strip()
    if not _NAME.fullmatch(name) or name == SERVER:
        raise InvalidInput("Use a short name: a letter, then letters, digits and dashes.", field="provider")
    known = known_addresses(settings).get(name)
    base_url = known or base_url.strip().rstrip("/").removesuffix("/chat/completions")
    if not _ADDRESS.fullmatch(base_url) or len(base_url) > 300:
        raise InvalidInput("Give the whole address, such as https://api.example.com/v1.", field="base_url")
    if not known:
        _check_reach(base_url, settings=settings, is_admin=is_admin)
    if not _KEY.fullmatch(key):
        raise InvalidInput("Paste the whole key, without spaces.", field="key")
    return connection_of(name, base_url, key, settings=settings)


def _check_reach(base_url: str, *, settings: Settings, is_admin: bool) -> None:
    if is_private_by_name(base_url):
        if settings.is_production or not is_admin or not is_ones_own_network(base_url):
            raise InvalidInput(
                "That address leads into a private network. Whoever runs this OverSkill can connect a model server "
                "there, with AI_PROVIDERS in .env.",
                field="base_url",
            )
    elif settings.is_production and not base_url.startswith("https://"):
        raise InvalidInput("Use an https:// address: the key would travel in the open otherwise.", field="base_url")


def try_connection(provider: Provider, *, lists: ModelLists) -> int:
    """How many models the provider lists with this key. Raises InvalidInput or Unavailable that say what is wrong.

    It asks the provider, so it belongs outside of a transaction.
    """
    try:
        found = lists.models(provider)
    except ModelFailed as error:
        raise _refused(provider, error) from error
    if not found:
        raise Unavailable(f"{provider.name} lists no models with this key. Check what the key may do there.")
    return len(found)


def _refused(provider: Provider, error: ModelFailed) -> OverskillError:
    match error.cause:
        case Cause.KEY | Cause.REFUSED:
            return InvalidInput(f"{provider.name} does not accept this key. Copy it again from there.", field="key")
        case Cause.UNUSABLE | Cause.MODEL:
            return InvalidInput(
                "What answers there is no OpenAI-compatible server. The address usually ends in /v1.", field="base_url"
            )
        case Cause.UNREACHABLE:
            return InvalidInput("Nothing answers at that address. Check it for typos.", field="base_url")
        case _:
            return Unavailable(f"{provider.name} could not be asked: it is busy or slow. Try again in a minute.")


def save_key(session: Session, owner: KeyOwner, connection: Provider, *, settings: Settings) -> KeyView:
    """Keep a connection that was tried; it takes the place of one with the same name."""
    if owner.team_id is not None:
        team_to_change(session, owner.team_id, owner.user_id)
    rows = _rows(session, owner)
    row = next((row for row in rows if row.provider == connection.name), None)
    if row is None:
        if len(rows) >= MOST_KEYS:
            raise LimitReached(f"That is {MOST_KEYS} keys already. Remove one that you don't need.")
        row = ProviderKey(
            id=uuid4(),
            team_id=owner.team_id,
            user_id=None if owner.team_id else owner.user_id,
            provider=connection.name,
            base_url="",
            sealed_key="",
            hint="",
        )
    row.base_url = connection.base_url
    row.sealed_key = seal(connection.key, settings=settings, purpose=PURPOSE, owner=str(row.id))
    row.hint = connection.key[-4:]
    session.add(row)
    record(session, "provider_key.save", owner.user_id, subject=f"provider_key:{row.id}")
    session.flush()
    return _view(row)


def remove_key(session: Session, user_id: UUID, key_id: UUID) -> None:
    row = _own_row(session, user_id, key_id)
    record(session, "provider_key.remove", user_id, subject=f"provider_key:{row.id}")
    session.delete(row)


def saved_connection(session: Session, user_id: UUID, key_id: UUID, *, settings: Settings) -> Provider:
    """The connection of a key, to try it again."""
    provider = own_provider(_own_row(session, user_id, key_id), settings=settings)
    if provider is None:
        raise Unavailable("This key can't be read any more: OVERSKILL_SECRET_KEY has changed. Add it again.")
    return provider


def list_keys(rows: Sequence[ProviderKey]) -> list[KeyView]:
    """One's own first, then the team's."""
    return [_view(row) for row in sorted(rows, key=lambda row: row.team_id is not None)]


def _rows(session: Session, owner: KeyOwner) -> Sequence[ProviderKey]:
    mine = ProviderKey.team_id == owner.team_id if owner.team_id else ProviderKey.user_id == owner.user_id
    return session.exec(select(ProviderKey).where(mine).order_by(col(ProviderKey.created_at))).all()


def _own_row(session: Session, user_id: UUID, key_id: UUID) -> ProviderKey:
    """A key that this person may change. Raises NotFound: whether it exists is nobody else's business."""
    row = session.get(ProviderKey, key_id)
    if row is None or row.user_id not in (None, user_id):
        raise NotFound(_GONE)
    if row.team_id is not None:
        team_to_change(session, row.team_id, user_id)
    return row


def _view(row: ProviderKey) -> KeyView:
    return KeyView(row.id, row.provider, row.base_url, row.hint, row.team_id is not None)
