"""Who does what: for each role a list of models, the first that works tried first."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from overskill.clients.models import DEFAULT_FALLBACKS, DEFAULT_MODEL, ModelRole
from overskill.config import Settings

OPENROUTER = "openrouter"
SERVER = "server"  # what AI_BASE_URL is called in a list
MOST_ENTRIES = 10

_ALL = (DEFAULT_MODEL, *DEFAULT_FALLBACKS)
_RECOMMENDED: Mapping[ModelRole, Sequence[str]] = {
    ModelRole.PLAN: _ALL,
    ModelRole.BUILD: _ALL,
    ModelRole.FIX: _ALL,
    ModelRole.QUICK: (DEFAULT_FALLBACKS[1], DEFAULT_FALLBACKS[0]),
}

Source = Literal["team", "instance", "recommended"]


@dataclass(frozen=True, slots=True)
class Entry:
    provider: str
    model: str

    def __str__(self) -> str:
        return f"{self.provider}:{self.model}"


@dataclass(frozen=True, slots=True)
class RoleList:
    entries: tuple[Entry, ...]
    source: Source


def default_provider(settings: Settings) -> str:
    """Where a model is asked that is named without a provider."""
    return SERVER if settings.ai_base_url else OPENROUTER


def entry_of(text: str, names: Collection[str], default: str) -> Entry:
    """`provider:model`, or a model alone: names of models hold colons too, so only a known provider counts."""
    provider, colon, model = text.strip().partition(":")
    if colon and provider in names and model:
        return Entry(provider, model.strip())
    return Entry(default, text.strip())


def role_lists(
    settings: Settings, names: Collection[str], team_models: Mapping[str, Sequence[str]]
) -> dict[ModelRole, RoleList]:
    """What each role's models are. A role without a list of its own takes the one that builds."""
    default = default_provider(settings)

    def read(texts: Sequence[str], source: Source) -> RoleList:
        entries = (entry_of(text, names, default) for text in texts)
        return RoleList(tuple(dict.fromkeys(entries))[:MOST_ENTRIES], source)

    def chosen(role: ModelRole) -> RoleList | None:
        if team_models.get(role):
            return read(team_models[role], "team")
        texts = re.split(r"[\s,]+", str(getattr(settings, f"ai_models_{role}")).strip())
        return read(texts, "instance") if any(texts) else None

    def usual(role: ModelRole) -> RoleList:
        return read([settings.ai_model], "instance") if settings.ai_model else read(_RECOMMENDED[role], "recommended")

    build = chosen(ModelRole.BUILD)
    return {role: chosen(role) or build or usual(role) for role in ModelRole}
