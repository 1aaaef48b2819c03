"""A creator's bundles, and the page of one for who may buy it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.models import Bundle
from overskill.services.billing.money import say
from overskill.services.figures import count_words
from overskill.services.market.bundles import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Choice,
    bundles_of,
    choices,
    end_bundle,
    make_bundle,
)
from overskill.services.market.creators import creator_to_change, find_creator
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import require_user
from overskill.state.toasts import done

LONGEST_BUNDLE_TITLE = LONGEST_TITLE
LONGEST_BUNDLE_TEXT = LONGEST_TEXT
MOST_CHOSEN = 100
_GONE = "There is no such bundle, or it has ended."
_LICENSES = {"use": "To use", "copy": "Your own copy", "source": "With the source"}


@dataclass(frozen=True)
class ChoiceRow:
    id: str
    slug: str
    title: str
    license: str
    amount: int
    currency: str


@dataclass(frozen=True)
class BundleRow:
    id: str
    slug: str
    address: str  # whole
    title: str
    amount: int
    currency: str


class SellBundlesState(rx.State):
    is_loaded: bool = False
    bundles: list[BundleRow] = []
    choices: list[ChoiceRow] = []
    apart_words: str = ""  # of what is chosen: what it costs on its own
    refused: str = ""
    refusal: str = ""
    _chosen: list[str] = []
    saved: int = 0  # grows with each that is made: the form begins anew, and never while somebody types

    @rx.event
    async def load(self) -> None:
        await self._look()

    @rx.event
    async def make(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "sell")
        chosen = [one.id for one in self.choices if form.get(f"offer-{one.id}")]
        texts = {name: str(form.get(name) or "") for name in ("title", "text", "price")}
        try:
            await in_thread(_make, user.id, texts, [UUID(one) for one in chosen])
        except InvalidInput as refusal:
            assign(self, refused=refusal.field, refusal=refusal.message)
            return None
        await self._look()
        assign(self, refused="", refusal="", apart_words="", _chosen=[], saved=self.saved + 1)
        return done("The bundle is sold from now on.")

    @rx.event
    async def choose(self, offer_id: str, is_chosen: bool) -> None:
        """Says what the chosen ones cost apart. What is sold is what the form says."""
        others = [one for one in self._chosen if one != offer_id]
        known = {one.id: one for one in self.choices}
        self._chosen = [one for one in [*others, offer_id][:MOST_CHOSEN] if one in known] if is_chosen else others
        assign(self, apart_words=_apart([known[one] for one in self._chosen if one in known]))

    @rx.event
    async def end(self, bundle_id: str) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "sell")
        await in_thread(_end, user.id, id_in(bundle_id, _GONE))
        await self._look()
        return done("It has ended. Its apps are sold on their own.")

    async def _look(self) -> None:
        user = await require_user(self)
        bundles, found = await in_thread(_read, user.id)
        assign(
            self,
            is_loaded=True,
            bundles=[_row(one) for one in bundles],
            choices=[choice_row(one) for one in found],
        )


def _apart(rows: Sequence[ChoiceRow]) -> str:
    if not rows:
        return ""
    if len({one.currency for one in rows}) > 1:
        return "These are of different currencies: a bundle has one price."
    if len({one.slug for one in rows}) < len(rows):
        return "Choose one licence of each app."
    total = say(sum(one.amount for one in rows), rows[0].currency)
    return f"{count_words(len(rows), 'app')}: apart {'it costs' if len(rows) == 1 else 'they cost'} {total}."


def _row(bundle: Bundle) -> BundleRow:
    address = f"{container.get().settings.site_url}/bundles/{bundle.slug}"
    return BundleRow(str(bundle.id), bundle.slug, address, bundle.title, bundle.amount, bundle.currency)


def choice_row(choice: Choice) -> ChoiceRow:
    words = _LICENSES[choice.license.value]
    return ChoiceRow(str(choice.offer_id), choice.slug, choice.title, words, choice.amount, choice.currency)


def _read(session: Session, user_id: UUID) -> tuple[list[Bundle], list[Choice]]:
    creator = find_creator(session, user_id)
    return ([], []) if creator is None else (bundles_of(session, creator.id), choices(session, creator.id))


def _make(session: Session, user_id: UUID, texts: dict[str, str], offer_ids: list[UUID]) -> None:
    make_bundle(session, creator_to_change(session, user_id), **texts, offer_ids=offer_ids)


def _end(session: Session, user_id: UUID, bundle_id: UUID) -> None:
    end_bundle(session, creator_to_change(session, user_id), bundle_id)
