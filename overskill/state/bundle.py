"""A bundle's page, for who may buy it."""

import asyncio
import json

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound
from overskill.services.billing.checkout import Wish, begin_checkout
from overskill.services.locales import locale_in
from overskill.services.market.bundles import BundleView, view_bundle
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.sell_bundles import ChoiceRow, choice_row
from overskill.state.session import current_user

_GONE = "There is no such bundle, or it has ended."


class BundleState(rx.State):
    is_loaded: bool = False
    is_missing: bool = False
    can_be_had: bool = False
    id: str = ""
    slug: str = ""
    title: str = ""
    text: str = ""
    amount: int = 0
    apart: int = 0
    currency: str = ""
    creator: str = ""
    username: str = ""
    items: list[ChoiceRow] = []
    refused: str = ""
    refusal: str = ""

    @rx.var
    def page_title(self) -> str:
        return f"{self.title or 'A bundle'} · OverSkill"

    @rx.event
    async def load(self) -> None:
        parts = self.router.url.path.split("/")
        try:
            view = await in_thread(view_bundle, parts[2] if len(parts) > 2 else "")
        except NotFound:
            assign(self, is_loaded=True, is_missing=True)
            return
        _show(self, view)

    @rx.event
    async def buy(self, form: dict[str, str]) -> EventType[()] | None:
        """To the payment page; with what is free, at once to where it is being installed."""
        user = await current_user(self)
        services, visitor = container.get(), self.router.session.client_ip
        await asyncio.to_thread(count_attempt, services.redis, "buy", visitor, limit="60/hour")
        try:
            url = await asyncio.to_thread(
                begin_checkout,
                Wish(bundle_id=id_in(self.id, _GONE)),
                buyer_id=user.id if user else None,
                email=form.get("email", ""),
                locale=locale_in(self.router.headers.accept_language),
                payments=services.payments,
                settings=services.settings,
                queue=services.queue,
            )
        except InvalidInput as error:
            assign(self, refused=error.field, refusal=error.message)
            return None
        return rx.call_script(f"location.assign({json.dumps(url)})")  # a whole page load: it may be another site's


def _show(state: BundleState, view: BundleView) -> None:
    assign(
        state,
        is_loaded=True,
        is_missing=False,
        can_be_had=view.can_be_had,
        id=str(view.id),
        slug=view.slug,
        title=view.title,
        text=view.text,
        amount=view.amount,
        apart=view.apart,
        currency=view.currency,
        creator=view.creator,
        username=view.username,
        items=[choice_row(one) for one in view.items],
    )
