"""What the page about models shows of each thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from overskill.clients.models import ModelRole
from overskill.services.providers.checkup import EntryState
from overskill.services.providers.discovery import FoundServer
from overskill.services.providers.keys import KeyView
from overskill.services.providers.roles import Entry, RoleList

_ROLES: Mapping[ModelRole, tuple[str, str]] = {
    ModelRole.BUILD: ("Builds", "Writes and changes apps."),
    ModelRole.FIX: ("Repairs", "Mends what does not work."),
    ModelRole.PLAN: ("Plans", "Thinks a message through, and asks."),
    ModelRole.QUICK: ("Small things", "Names, logos, summaries."),
}
_IN_SHORT = {
    "failing": "It fails at the moment, so the next one is asked.",
    "unreachable": "Its provider does not answer at the moment.",
}
_SOURCES = {"team": "Chosen by the team", "instance": "From the settings", "recommended": "Recommended"}


@dataclass(frozen=True)
class TeamChoice:
    id: str
    name: str


@dataclass(frozen=True)
class ModelRow:
    key: str  # "openrouter:moonshotai/kimi-k2"
    provider: str
    model: str
    state: str = "looking"  # or a checkup.State
    detail: str = ""
    price: str = ""
    context: str = ""
    is_own_key: bool = False
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class RoleRow:
    role: str
    title: str
    text: str
    source: str
    is_teams: bool
    models: list[ModelRow]


@dataclass(frozen=True)
class KeyRow:
    id: str
    provider: str
    address: str
    hint: str
    is_of_team: bool
    may_change: bool


@dataclass(frozen=True)
class LocalModelRow:
    name: str
    facts: str  # "32,768 tokens · calls tools"
    warning: str


@dataclass(frozen=True)
class LocalServerRow:
    name: str
    address: str
    models: list[LocalModelRow]
    snippet: str


def role_rows(lists: Mapping[ModelRole, RoleList], before: Sequence[RoleRow]) -> list[RoleRow]:
    """The lists, with what is known of each model already until it is looked up again."""
    known = {row.key: row for role in before for row in role.models}
    return [_role_row(role, lists[role], known) for role in _ROLES]


def _role_row(role: ModelRole, found: RoleList, known: Mapping[str, ModelRow]) -> RoleRow:
    title, text = _ROLES[role]
    last = len(found.entries) - 1
    models = [
        replace(
            known.get(str(entry)) or ModelRow(str(entry), entry.provider, entry.model),
            is_first=place == 0,
            is_last=place == last,
        )
        for place, entry in enumerate(found.entries)
    ]
    return RoleRow(role.value, title, text, _SOURCES[found.source], found.source == "team", models)


def with_states(row: RoleRow, found: Mapping[Entry, EntryState], *, is_admin: bool) -> RoleRow:
    states = {str(entry): state for entry, state in found.items()}
    models = [_with_state(model, states[model.key], is_admin) if model.key in states else model for model in row.models]
    return replace(row, models=models)


def _with_state(row: ModelRow, state: EntryState, is_admin: bool) -> ModelRow:
    """Why a model of the instance fails is for those who can do something about it."""
    may_see = is_admin or state.is_own_key or state.state in ("no_key", "not_listed")
    return replace(
        row,
        state=state.state,
        detail=state.detail if may_see else _IN_SHORT.get(state.state, ""),
        price=state.price,
        context=state.context,
        is_own_key=state.is_own_key,
    )


def key_row(key: KeyView, *, may_change_team: bool) -> KeyRow:
    return KeyRow(
        str(key.id), key.provider, key.base_url, key.hint, key.is_of_team, may_change_team or not key.is_of_team
    )


def server_row(server: FoundServer) -> LocalServerRow:
    models = [
        LocalModelRow(model.name, " · ".join(filter(None, (model.context, model.tools))), model.warning)
        for model in server.models
    ]
    return LocalServerRow(server.name, server.address, models, server.snippet)
