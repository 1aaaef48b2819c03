"""Whether the models of a list are there: listed by their provider, not failing, at which price."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from overskill.clients.breakers import Breakers, BreakerState
from overskill.clients.model_memory import ModelFacts
from overskill.clients.models import ModelFailed
from overskill.clients.providers import ModelLists, Provider
from overskill.config import Settings
from overskill.errors import OverskillError
from overskill.services.providers.roles import Entry, role_lists
from overskill.services.providers.sources import instance_providers, known_addresses

State = Literal["ok", "failing", "not_listed", "unreachable", "no_key"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EntryState:
    entry: Entry
    state: State
    detail: str = ""  # one sentence: what is wrong and what to do
    price: str = ""  # in words; "" where the provider names none
    context: str = ""
    is_own_key: bool = False

    @property
    def is_bad(self) -> bool:
        return self.state != "ok"


def look_at(
    entries: Iterable[Entry], providers: Mapping[str, Provider], *, lists: ModelLists, breakers: Breakers | None = None
) -> dict[Entry, EntryState]:
    """Ask each provider for its list, all at the same time. It takes seconds, so not inside a transaction."""
    wanted = list(dict.fromkeys(entries))
    asked = {entry: providers[entry.provider] for entry in wanted if entry.provider in providers}
    used = list(dict.fromkeys(asked.values()))
    with ThreadPoolExecutor(max_workers=max(1, len(used))) as pool:
        found = dict(zip(used, pool.map(lambda provider: _list(provider, lists), used), strict=True))
    targets = {entry: provider.target(entry.model) for entry, provider in asked.items()}
    broken = breakers.states(targets.values()) if breakers else {}
    return {
        entry: _state(entry, asked[entry], found[asked[entry]], broken.get(targets[entry]))
        if entry in asked
        else EntryState(entry, "no_key", f"There is no key for {entry.provider}. Add one, or remove this model.")
        for entry in wanted
    }


def _list(provider: Provider, lists: ModelLists) -> Mapping[str, ModelFacts] | str:
    """The list, or why there is none."""
    try:
        return lists.models(provider)
    except (ModelFailed, OverskillError) as error:
        return error.message


def _state(
    entry: Entry,
    provider: Provider,
    found: Mapping[str, ModelFacts] | str,
    breaker: BreakerState | None,
) -> EntryState:
    own = provider.is_own_key
    if isinstance(found, str):
        return EntryState(entry, "unreachable", found, is_own_key=own)
    facts = found.get(entry.model)
    price, context = (_price(facts), _context(facts)) if facts else ("", "")
    if breaker and (breaker.is_open or breaker.rounds):
        pause = f" It is tried again in {breaker.seconds_left} s." if breaker.is_open else ""
        return EntryState(entry, "failing", f"{breaker.why}{pause}".strip(), price, context, own)
    if facts is None:
        return EntryState(entry, "not_listed", _not_listed(entry, found), is_own_key=own)
    return EntryState(entry, "ok", "", price, context, own)


def _not_listed(entry: Entry, names: Collection[str]) -> str:
    close = get_close_matches(entry.model, names, n=1, cutoff=0.5)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"{entry.provider} lists no model called {entry.model}.{hint}"


def _price(facts: ModelFacts) -> str:
    """Of a million tokens read and written."""
    if not (facts.price_in or facts.price_out):
        return ""
    return f"${_dollars(facts.price_in)} in, ${_dollars(facts.price_out)} out"


def _dollars(a_token: float) -> str:
    return f"{a_token * 1_000_000:.2f}"


def _context(facts: ModelFacts) -> str:
    return f"{round(facts.context_tokens / 1000):,}k" if facts.context_tokens else ""


def check_instance(settings: Settings, *, lists: ModelLists) -> Sequence[EntryState]:
    """The models that the settings name for everybody, and what is wrong with them."""
    providers = instance_providers(settings)
    if not settings.has_model:
        return []
    found = role_lists(settings, {*providers, *known_addresses(settings)}, {})
    entries = [entry for list_ in found.values() for entry in list_.entries]
    return list(look_at(entries, providers, lists=lists).values())


def warn_of_models(settings: Settings, *, lists: ModelLists) -> None:
    """Say in the log which models of the settings can't be asked. Nothing waits for it."""
    for found in check_instance(settings, lists=lists):
        if found.is_bad:
            log.warning(
                "a model of the settings can't be asked", extra={"model": str(found.entry), "why": found.detail}
            )
