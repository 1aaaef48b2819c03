"""What of the marketplace waits for the staff: listings, reports, appeals, refunds and holds."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.services.admin import market_desk
from overskill.services.admin.suspending import Switchboard
from overskill.services.billing import refunds
from overskill.services.market import moderation, reports
from overskill.state.admin import enter
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done

_GONE = "This is not there any more. Reload the page."


@dataclass(frozen=True)
class ListingRow:
    id: str
    slug: str
    title: str
    tagline: str
    creator: str
    creator_id: str
    status: str
    reason: str
    is_featured: bool
    is_own: bool
    at: str  # ISO


@dataclass(frozen=True)
class WaitingRow:
    """A report, an appeal, or a refund that is asked for."""

    id: str
    kind: str  # "report", "appeal" or "refund"
    title: str
    link: str
    why: str
    text: str
    at: str  # ISO
    amount: int
    currency: str
    subject_kind: str
    subject_id: str
    is_own: bool


@dataclass(frozen=True)
class HoldRow:
    creator_id: str
    name: str
    username: str
    reason: str
    until: str  # ISO; "" until it is released
    is_own: bool


class ListingsState(rx.State):
    is_loaded: bool = False
    words: str = ""
    rows: list[ListingRow] = []

    @rx.event
    async def load(self) -> None:
        if admin := await enter(self):
            await _read_listings(self, admin.id, self.words)

    @rx.event
    async def search(self, form: dict[str, str]) -> None:
        admin = await require_admin(self)
        await _read_listings(self, admin.id, form.get("q", ""))

    @rx.event
    async def feature(self, listing_id: str, is_featured: bool) -> EventType[()]:
        admin = await require_admin(self)
        await in_thread(market_desk.choose_feature, admin.id, id_in(listing_id, _GONE), is_featured)
        await _read_listings(self, admin.id, self.words)
        return done("It is a staff pick." if is_featured else "It is no staff pick any more.")


class ReportsState(rx.State):
    is_loaded: bool = False
    view: str = "reports"  # or "appeals", "refunds", "holds"
    waiting: list[WaitingRow] = []
    holds: list[HoldRow] = []
    chosen: str = ""  # "report", "appeal" or "refund" that is answered; "" for none
    chosen_id: str = ""
    is_granted: bool = False
    refusal: str = ""

    @rx.event
    async def load(self) -> None:
        if admin := await enter(self):
            await _read_waiting(self, admin.id)

    @rx.event
    async def show(self, view: str) -> None:
        admin = await require_admin(self)
        await _read_waiting(self, admin.id, view)

    @rx.event
    async def choose(self, kind: str, row_id: str, is_granted: bool) -> None:
        await require_admin(self)
        assign(self, chosen=kind, chosen_id=row_id, is_granted=is_granted, refusal="")

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, chosen="", refusal="")

    @rx.event
    async def answer(self, form: dict[str, str]) -> list[EventType[()]]:
        """What was chosen, with these words."""
        admin = await require_admin(self)
        words, row_id, queue = form.get("reason", ""), id_in(self.chosen_id, _GONE), container.get().queue
        granted = self.is_granted
        if not words.strip():
            assign(self, refusal="Say why: whom it concerns gets it by mail.")
            return []
        try:
            if self.chosen == "report":
                await in_thread(reports.decide, admin.id, row_id, is_upheld=granted, answer=words, queue=queue)
            elif self.chosen == "appeal":
                await in_thread(
                    moderation.decide_appeal,
                    admin.id,
                    row_id,
                    is_granted=granted,
                    answer=words,
                    queue=queue,
                    effects=_effects(),
                )
            else:
                await in_thread(refunds.decide, admin.id, row_id, is_granted=granted, decision=words, queue=queue)
        except InvalidInput as error:
            assign(self, refusal=error.message)
            return []
        assign(self, chosen="")
        await _read_waiting(self, admin.id)
        return [done("Answered. They hear of it by mail.")]


def _effects() -> moderation.Effects:
    services = container.get()
    return Switchboard(services.publisher, services.shares, services.redis).effects


async def _read_listings(state: ListingsState, admin_id: UUID, words: str) -> None:
    found = await in_thread(market_desk.find_listings, admin_id, words[:100])
    rows = [
        ListingRow(
            id=each.id,
            slug=each.slug,
            title=each.title,
            tagline=each.tagline,
            creator=each.creator,
            creator_id=each.creator_id,
            status=each.status,
            reason=each.reason,
            is_featured=each.is_featured,
            is_own=each.is_own,
            at=each.changed_at.isoformat(),
        )
        for each in found
    ]
    assign(state, words=words[:100], rows=rows, is_loaded=True)


async def _read_waiting(state: ReportsState, admin_id: UUID, view: str = "") -> None:
    """Only what is looked at: of the rest nothing is asked."""
    view = view or state.view
    waiting: list[WaitingRow] = []
    held: list[HoldRow] = []
    match view:
        case "reports":
            waiting = [_report_row(each) for each in await in_thread(market_desk.list_reports, admin_id)]
        case "appeals":
            waiting = [_appeal_row(each) for each in await in_thread(market_desk.list_appeals, admin_id)]
        case "refunds":
            waiting = [_refund_row(each) for each in await in_thread(market_desk.list_asked_refunds, admin_id)]
        case "holds":
            held = [_hold_row(each) for each in await in_thread(market_desk.list_holds, admin_id)]
        case _:
            raise InvalidInput("Choose one of the lists that are offered.")
    assign(state, view=view, waiting=waiting, holds=held, is_loaded=True)


def _hold_row(hold: market_desk.HoldLine) -> HoldRow:
    until = hold.until.isoformat() if hold.until else ""
    return HoldRow(hold.creator_id, hold.name, hold.username, hold.reason, until, hold.is_own)


def _report_row(line: market_desk.ReportLine) -> WaitingRow:
    report = line.report
    return WaitingRow(
        id=str(report.id),
        kind="report",
        title=report.subject.title,
        link=report.subject.link,
        why=f"{report.reason}, says {report.reporter or 'a check of ours'}",
        text=report.details,
        at=report.reported_at.isoformat(),
        amount=0,
        currency="",
        subject_kind=report.subject.kind.value,
        subject_id=str(report.subject.id),
        is_own=line.is_own,
    )


def _appeal_row(appeal: market_desk.AppealLine) -> WaitingRow:
    why = f"{appeal.title} {appeal.act}: {appeal.reason}"
    at = appeal.due_at.isoformat()
    return WaitingRow(
        appeal.act_id, "appeal", appeal.title, appeal.link, why, appeal.text, at, 0, "", "", "", appeal.is_own
    )


def _refund_row(refund: market_desk.RefundLine) -> WaitingRow:
    why, at = f"{refund.buyer}, bought of {refund.creator}", refund.at.isoformat()
    return WaitingRow(
        id=refund.id,
        kind="refund",
        title=refund.buyer,
        link="",
        why=why,
        text=refund.reason,
        at=at,
        amount=refund.amount,
        currency=refund.currency,
        subject_kind="",
        subject_id="",
        is_own=refund.is_own,
    )
