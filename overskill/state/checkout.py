"""Back from paying: whether the payment came, and what was bought on its way, until it can be opened."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotFound, OverskillError
from overskill.models import InstallStatus, PurchaseStatus
from overskill.services.billing.purchase_progress import NO_PURCHASE, InstallProgress, PurchaseProgress, view_progress
from overskill.services.billing.purchases import purchase_topic, settle
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.outages import outlast
from overskill.state.session import greet

LONGEST_WATCH_SECONDS = 1800
_LOOK_SECONDS = 1.0  # an install tells of its steps elsewhere, and takes seconds
_STEPS = {
    InstallStatus.QUEUED: (10, "Waiting for its turn"),
    InstallStatus.COPYING: (45, "Making your own copy"),
    InstallStatus.PUBLISHING: (75, "Putting it on the air"),
    InstallStatus.LIVE: (100, "Ready"),
    InstallStatus.FAILED: (100, "It could not be installed"),
    InstallStatus.REMOVED: (100, "Uninstalled"),
}


@dataclass(frozen=True)
class InstallRow:
    title: str
    listing: str
    percent: int
    words: str
    status: str
    url: str
    address: str
    studio: str
    error: str


class CheckoutDoneState(rx.State):
    is_loaded: bool = False
    is_missing: bool = False
    status: str = ""  # waiting, paid, unpaid, given-back
    error: str = ""
    email: str = ""
    total: int = 0
    currency: str = "usd"
    is_test: bool = False
    is_signed_in: bool = False
    needs_password: bool = False
    is_ready: bool = False  # everything can be opened
    rows: list[InstallRow] = []
    purchase_id: str = ""
    _claim: str = ""
    _user_id: UUID | None = None  # None: a guest, or who is signed out
    _is_final: bool = False
    _is_payable: bool = False  # Stripe was not asked yet
    _mark: int | None = None  # from before what is shown was read

    @rx.event
    async def load(self) -> EventType[()] | None:
        user = await greet(self)
        self._user_id = user.id if user else None
        self._claim = str(self.router.url.query_parameters.get("claim", ""))[:100]
        assign(self, is_signed_in=user is not None, is_missing=False)
        try:
            self.purchase_id = str(id_in(self.router.url.path.rstrip("/").rpartition("/")[2], NO_PURCHASE))
            await self._show()
        except NotFound:
            assign(self, is_loaded=True, is_missing=True)
            return None
        return None if self._is_final else CheckoutDoneState.watch

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Ask Stripe at once: who comes back need not wait until it tells us. Then show what happens."""
        async with self:
            if not self.purchase_id or self.is_missing:
                return
            purchase_id, user_id, claim = UUID(self.purchase_id), self._user_id, self._claim
            is_payable, mark = self._is_payable, self._mark
            assign(self, _is_payable=False, _mark=None)
        if is_payable:
            await _ask_stripe(purchase_id)
        until = time.monotonic() + LONGEST_WATCH_SECONDS
        log = container.get().progress
        async for _ in log.changes(purchase_topic(purchase_id), at_least_every=_LOOK_SECONDS, since=mark):
            look = partial(in_thread, view_progress, purchase_id, user_id=user_id, claim=claim)
            seen = await outlast(self, look)
            async with self:
                self._keep(seen)
                if seen.is_final or time.monotonic() > until:
                    return

    async def _show(self) -> None:
        mark = await asyncio.to_thread(container.get().progress.mark)
        seen = await in_thread(view_progress, UUID(self.purchase_id), user_id=self._user_id, claim=self._claim)
        self._keep(seen)
        assign(self, _is_payable=seen.is_payable, _mark=mark)

    def _keep(self, seen: PurchaseProgress) -> None:
        rows = [_row(each) for each in seen.installs]
        assign(
            self,
            is_loaded=True,
            status=_status(seen.status),
            error=seen.error,
            email=seen.email,
            total=seen.total,
            currency=seen.currency,
            is_test=seen.is_test,
            needs_password=seen.needs_password,
            is_ready=seen.status.is_paid and all(row.status == InstallStatus.LIVE for row in rows),
            rows=rows,
            _is_final=seen.is_final,
        )


async def _ask_stripe(purchase_id: UUID) -> None:
    """For who was found to see it. What goes wrong is no matter: Stripe tells us, too, and the sweep asks again."""
    services = container.get()
    try:
        await asyncio.to_thread(count_attempt, services.redis, "ask-stripe", str(purchase_id), limit="20/minute")
        await in_thread(settle, purchase_id, payments=services.payments, queue=services.queue)
    except OverskillError:
        return


def _status(status: PurchaseStatus) -> str:
    if status is PurchaseStatus.PENDING:
        return "waiting"
    if status.is_paid:
        return "paid"
    return "unpaid" if status in (PurchaseStatus.EXPIRED, PurchaseStatus.FAILED) else "given-back"


def _row(each: InstallProgress) -> InstallRow:
    percent, words = _STEPS[each.status]
    return InstallRow(
        title=each.title,
        listing=each.listing,
        percent=percent,
        words=words,
        status=each.status.value,
        url=each.url,
        address=each.url.partition("://")[2],
        studio=f"/studio/{each.app}" if each.app else "",
        error=each.error,
    )
