"""What a creator earned: balances, what waits and why, payouts, and the way to their account at Stripe."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventSpec, EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound, SignInRequired
from overskill.models import CreatorProfile, Payout, PayoutStatus, TransferStatus, utc_now
from overskill.services.billing import onboarding, payouts
from overskill.services.billing.earnings import Earnings, Waiting, view_earnings
from overskill.services.billing.payout_countries import PAYOUT_COUNTRIES
from overskill.services.market.creators import find_creator
from overskill.services.market.seeding.people import DOMAIN
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import greet, require_user
from overskill.state.toasts import done

COUNTRIES = tuple(PAYOUT_COUNTRIES.items())
_LOOKED_AT = ("requirements.pending_verification", "under_review", "listed")
_WANTED = {
    "verification.document": "a document that shows who you are",
    "verification.additional_document": "a document that shows where you live",
    "external_account": "your bank account",
    "tos_acceptance": "that you agree to its terms",
    "first_name": "your name",
    "last_name": "your name",
    ".dob.": "your date of birth",
    ".address.": "your address",
    "id_number": "your tax number",
    "ssn_last_4": "your tax number",
}


@dataclass(frozen=True)
class WalletRow:
    """One currency. Amounts are in its smallest unit."""

    currency: str
    available: int
    pending: int
    on_hold: int
    paid_out: int
    owed: int
    royalties: int
    royalties_paid: int


@dataclass(frozen=True)
class WaitingRow:
    id: str
    title: str
    note: str
    amount: int
    currency: str
    until: str  # ISO; "" where nobody knows
    is_on_hold: bool
    is_royalty: bool


@dataclass(frozen=True)
class PayoutRow:
    id: str
    amount: int
    currency: str
    words: str
    tone: str  # "positive", "danger" or "neutral"
    note: str
    at: str  # ISO: when it is, or was to be, at the bank


class EarningsState(rx.State):
    is_loaded: bool = False
    is_creator: bool = False
    account: str = "none"  # "none", "begun", "looked-at", "wanted" (Stripe asks for more), "refused" or "ready"
    wanted: str = ""  # what Stripe asks for, in words
    country: str = ""
    is_test: bool = False
    is_sample: bool = False  # of the samples that seeding makes: what they sold stands in no ledger
    hold_reason: str = ""
    hold_until: str = ""  # ISO
    wallets: list[WalletRow] = []
    waiting: list[WaitingRow] = []
    payouts: list[PayoutRow] = []
    currencies: list[str] = []
    currency: str = ""  # of the chart
    days: list[dict[str, Any]] = []
    earned: int = 0  # in the days shown
    refusal: str = ""
    _days: dict[str, list[dict[str, Any]]] = {}

    @rx.event
    async def load(self) -> None:
        user = await greet(self)
        if user is None:
            raise SignInRequired("You are signed out. Sign in to go on.")
        assign(self, is_sample=user.email.endswith(f"@{DOMAIN}"))
        await _read(self, user.id)

    @rx.event
    async def show_currency(self, currency: str) -> None:
        await require_user(self)
        _draw(self, currency)

    @rx.event
    async def begin_onboarding(self, form: dict[str, str]) -> list[EventSpec]:
        """To Stripe's own pages, where an account is set up or gone on with."""
        user = await require_user(self)
        await limit(user, "onboarding")
        services = container.get()
        try:
            url = await asyncio.to_thread(
                onboarding.begin,
                user.id,
                country=form.get("country", "")[:60],
                payments=services.payments,
                site_url=services.settings.site_url,
            )
        except InvalidInput as error:
            self.refusal = error.message
            return []
        return [_leave_for(url)]

    @rx.event
    async def open_dashboard(self) -> EventSpec:
        """Stripe's page about their own account: bank, balance, tax forms."""
        user = await require_user(self)
        await limit(user, "onboarding")
        url = await asyncio.to_thread(onboarding.dashboard, user.id, payments=container.get().payments)
        return _leave_for(url)

    @rx.event
    async def look_again(self) -> list[EventType[()]]:
        """How the account and its payouts are at Stripe now."""
        user = await require_user(self)
        await limit(user, "onboarding")
        services = container.get()
        creator = await in_thread(find_creator, user.id)
        if creator is None:
            return []
        await asyncio.to_thread(onboarding.look_again, user.id, payments=services.payments, queue=services.queue)
        await asyncio.to_thread(payouts.look_again, creator.id, payments=services.payments)
        await _read(self, user.id)
        return [done("This is how it is at Stripe now.")]


def _leave_for(url: str) -> EventSpec:
    """By a whole page load: it may be another site's, and the test mode's is a plain one."""
    return rx.call_script(f"location.assign({json.dumps(url)})")


async def _read(state: EarningsState, user_id: UUID) -> None:
    assign(state, is_test=container.get().payments.is_test)
    try:
        view = await in_thread(view_earnings, user_id, now=utc_now())
    except NotFound:
        assign(state, is_creator=False, is_loaded=True)
        return
    _show(state, view)
    assign(state, is_creator=True, is_loaded=True)


def _show(state: EarningsState, view: Earnings) -> None:
    creator = view.creator
    state._days = {  # noqa: SLF001 - the state's own
        currency: [{"day": day.isoformat(), "earned": amount} for day, amount in days.items()]
        for currency, days in view.days.items()
    }
    assign(
        state,
        account=_account_words(creator),
        wanted=_wanted_words(creator.requirements),
        country=creator.country,
        hold_reason=creator.hold_reason,
        hold_until=creator.hold_until.isoformat() if creator.hold_until else "",
        wallets=[
            WalletRow(
                currency=one.currency,
                available=one.available,
                pending=one.pending,
                on_hold=one.on_hold,
                paid_out=one.paid_out,
                owed=one.owed,
                royalties=one.royalties,
                royalties_paid=one.royalties_paid,
            )
            for one in view.wallets
        ],
        waiting=[_waiting_row(one) for one in view.waiting],
        payouts=[_payout_row(one) for one in view.payouts],
        currencies=list(view.days),
    )
    _draw(state, state.currency)


def _draw(state: EarningsState, currency: str) -> None:
    known = state._days  # noqa: SLF001
    currency = currency if currency in known else next(iter(known), "")
    rows = known.get(currency, [])
    assign(state, currency=currency, days=rows, earned=sum(row["earned"] for row in rows))


def _account_words(creator: CreatorProfile) -> str:
    if not creator.account_id:
        return "none"
    if creator.disabled_reason.startswith("rejected."):
        return "refused"
    if creator.charges_enabled and creator.payouts_enabled:
        return "ready"
    if creator.disabled_reason in _LOOKED_AT and not creator.requirements:
        return "looked-at"
    return "wanted" if creator.charges_enabled else "begun"


def _wanted_words(requirements: Sequence[str]) -> str:
    """Of what Stripe wants to know, what can be said in words; its own page says the rest."""
    found = (words for end, words in _WANTED.items() if any(end in each for each in requirements))
    return ", ".join(dict.fromkeys(found))


def _waiting_row(one: Waiting) -> WaitingRow:
    return WaitingRow(
        id=str(one.id),
        title=one.title,
        note=_note(one),
        amount=one.amount,
        currency=one.currency,
        until=one.until.isoformat() if one.until and one.status is TransferStatus.HELD else "",
        is_on_hold=one.status is TransferStatus.HELD and one.until is None,
        is_royalty=one.is_royalty,
    )


def _note(one: Waiting) -> str:
    match one.status:
        case TransferStatus.HELD:
            return one.reason
        case TransferStatus.FAILED:
            return one.error or "Stripe did not take it. It is tried again once your account is in order"
        case TransferStatus.SENDING:
            return "On its way"
        case _:
            return one.error or "Sent as soon as your account at Stripe takes it"


_PAYOUTS = {
    PayoutStatus.PENDING: ("On its way", "neutral"),
    PayoutStatus.IN_TRANSIT: ("On its way", "neutral"),
    PayoutStatus.PAID: ("Paid", "positive"),
    PayoutStatus.FAILED: ("Failed", "danger"),
    PayoutStatus.CANCELED: ("Cancelled", "neutral"),
}
_COME_BACK = {
    PayoutStatus.FAILED: "The money is on your account at Stripe again. Set your bank right: then it is paid out.",
    PayoutStatus.CANCELED: "The money is on your account at Stripe again.",
}


def _payout_row(one: Payout) -> PayoutRow:
    words, tone = _PAYOUTS[one.status]
    at = one.arrives_at or one.created_at
    note = f"{one.error} {_COME_BACK.get(one.status, '')}".strip()
    return PayoutRow(str(one.id), one.amount, one.currency, words, tone, note, at.isoformat())
