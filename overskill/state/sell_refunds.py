"""Refunds that buyers ask a creator for, and disputes of banks: what is said, decided and answered."""

from dataclasses import dataclass, replace

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound, OverskillError, SignInRequired
from overskill.models import RefundStatus
from overskill.services.accounts.sessions import SignedIn
from overskill.services.billing import disputes, refunds
from overskill.services.billing.disputes import Evidence
from overskill.services.billing.money import decimal, parse
from overskill.services.billing.refund_desk import DisputeView, RefundView, view_desk
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import greet, require_user
from overskill.state.toasts import done

LONGEST_EVIDENCE = disputes.LONGEST_TEXT
_NO_REFUND = "There is no such refund to decide."
_NO_DISPUTE = "There is no such dispute about a sale of yours."
_WRITTEN = ("text", "description")
_LONGEST_STAMP = 16


@dataclass(frozen=True)
class RefundRow:
    id: str = ""
    title: str = ""
    receipt: str = ""
    amount: int = 0
    paid: int = 0
    currency: str = ""
    suggested: str = ""  # for the input: "12.50"
    words: str = ""
    tone: str = ""
    reason: str = ""
    decision: str = ""
    is_asked: bool = False
    asked_at: str = ""  # ISO


@dataclass(frozen=True)
class DisputeRow:
    id: str = ""
    title: str = ""
    receipt: str = ""
    amount: int = 0
    currency: str = ""
    reason: str = ""
    words: str = ""
    tone: str = ""
    due_at: str = ""  # ISO
    can_be_answered: bool = False
    was_answered: bool = False
    outcome: str = ""  # what the bank decided, and what came of it
    text: str = ""
    description: str = ""


class SellRefundsState(rx.State):
    is_loaded: bool = False
    asked: list[RefundRow] = []
    past: list[RefundRow] = []
    disputes: list[DisputeRow] = []
    decided: list[DisputeRow] = []  # disputes that are over
    question: str = ""  # what is asked of `refund` or `dispute`: "grant", "decline" or "answer"
    refund: RefundRow = RefundRow()
    dispute: DisputeRow = DisputeRow()
    answered: dict[str, str] = {"text": "", "description": ""}  # by field: the stamp of what was kept last
    refusal: str = ""

    @rx.event
    async def load(self) -> None:
        user = await greet(self)
        if user is None:
            raise SignInRequired("You are signed out. Sign in to go on.")
        await _read(self, user)

    @rx.event
    async def ask(self, question: str, refund_id: str) -> None:
        """Before a refund is granted or declined."""
        chosen = next((row for row in self.asked if row.id == refund_id), None)
        if chosen is not None and question in ("grant", "decline"):
            assign(self, question=question, refund=chosen, refusal="")

    @rx.event
    async def write(self, dispute_id: str) -> None:
        """What a bank is to be told."""
        chosen = next((row for row in self.disputes if row.id == dispute_id), None)
        if chosen is not None:
            assign(self, question="answer", dispute=chosen, refusal="")

    @rx.event
    async def keep(self, name: str, value: str, stamp: str = "") -> None:
        """What is written to a bank, when its field is left or the dialog closes, however that comes about."""
        user = await require_user(self)
        await limit(user, "sell")
        if name not in _WRITTEN:
            raise NotFound(_NO_DISPUTE)
        if not self.dispute.id:  # it was sent meanwhile, with this
            return
        row = self.dispute
        written = replace(row, text=value) if name == "text" else replace(row, description=value)
        try:
            await in_thread(
                disputes.answer,
                user.id,
                id_in(written.id, _NO_DISPUTE),
                Evidence(written.text, written.description),
                is_final=False,
                queue=container.get().queue,
            )
        except InvalidInput as error:
            assign(self, refusal=error.message)
        else:
            rows = [written if each.id == written.id else each for each in self.disputes]
            assign(self, dispute=written, disputes=rows, refusal="")
        self.answered[name] = stamp[:_LONGEST_STAMP]

    @rx.event
    async def close(self, is_open: bool) -> None:
        if not is_open:
            self.question = ""

    @rx.event
    async def grant(self, form: dict[str, str]) -> list[EventType[()]]:
        return await self._decide(form, is_granted=True)

    @rx.event
    async def decline(self, form: dict[str, str]) -> list[EventType[()]]:
        return await self._decide(form, is_granted=False)

    async def _decide(self, form: dict[str, str], *, is_granted: bool) -> list[EventType[()]]:
        user = await require_user(self)
        await limit(user, "refund")
        chosen = self.refund
        try:
            await in_thread(
                refunds.decide,
                user.id,
                id_in(chosen.id, _NO_REFUND),
                is_granted=is_granted,
                decision=form.get("decision", "")[: refunds.LONGEST_REASON],
                amount=parse(form.get("amount", ""), chosen.currency, field="amount") if is_granted else None,
                queue=container.get().queue,
            )
        except OverskillError as error:
            self.refusal = error.message
            return []
        self.question = ""
        await _read(self, user)
        return [
            done("The money is on its way back." if is_granted else "Declined. The buyer gets your answer by mail.")
        ]

    @rx.event
    async def answer(self, form: dict[str, str]) -> list[EventType[()]]:
        """To the bank, for good; or kept as a draft."""
        is_final = bool(form.get("is_final"))
        user = await require_user(self)
        await limit(user, "refund")
        try:
            await in_thread(
                disputes.answer,
                user.id,
                id_in(self.dispute.id, _NO_DISPUTE),
                Evidence(form.get("text", ""), form.get("description", "")),
                is_final=is_final,
                queue=container.get().queue,
            )
        except OverskillError as error:
            self.refusal = error.message
            return []
        assign(self, question="", dispute=DisputeRow())
        await _read(self, user)
        return [done("The bank gets it now, with the receipt and what the buyer did." if is_final else "Kept.")]


async def _read(state: SellRefundsState, user: SignedIn) -> None:
    desk = await in_thread(view_desk, user.id)
    rows = [_refund_row(one) for one in desk.refunds]
    assign(
        state,
        asked=[row for row in rows if row.is_asked],
        past=[row for row in rows if not row.is_asked],
        disputes=[_dispute_row(one) for one in desk.disputes if not one.is_over],
        decided=[_dispute_row(one) for one in desk.disputes if one.is_over],
        is_loaded=True,
    )


_REFUNDS = {
    RefundStatus.ASKED: ("To be decided", "warning"),
    RefundStatus.PENDING: ("On its way back", "neutral"),
    RefundStatus.SUCCEEDED: ("Given back", "positive"),
    RefundStatus.FAILED: ("Failed", "danger"),
    RefundStatus.DECLINED: ("Declined", "neutral"),
}


def _refund_row(one: RefundView) -> RefundRow:
    words, tone = _REFUNDS[one.status]
    return RefundRow(
        id=str(one.id),
        title=one.title,
        receipt=one.receipt,
        amount=one.amount,
        paid=one.paid,
        currency=one.currency,
        suggested=decimal(min(one.amount, one.left), one.currency),
        words=words,
        tone=tone,
        reason=one.reason,
        decision=one.decision,
        is_asked=one.status is RefundStatus.ASKED,
        asked_at=one.asked_at.isoformat(),
    )


_DISPUTES = {
    "needs_response": ("Needs your answer", "danger"),
    "warning_needs_response": ("The bank asks", "warning"),
    "under_review": ("The bank decides", "warning"),
    "warning_under_review": ("The bank decides", "warning"),
    "won": ("Won", "positive"),
    "lost": ("Lost", "neutral"),
    "warning_closed": ("Closed", "neutral"),
    "prevented": ("Prevented", "neutral"),
}
_REASONS = {
    "duplicate": "The buyer says they paid twice.",
    "fraudulent": "The buyer says they did not pay this.",
    "product_not_received": "The buyer says they did not get it.",
    "product_unacceptable": "The buyer says it is not as described.",
    "subscription_canceled": "The buyer says they had cancelled it.",
    "unrecognized": "The buyer does not recognise the payment.",
    "credit_not_processed": "The buyer says a refund did not arrive.",
}


def _dispute_row(one: DisputeView) -> DisputeRow:
    words, tone = _DISPUTES.get(one.status, (one.status.replace("_", " ").capitalize(), "neutral"))
    if one.submitted_at is not None and one.can_be_answered is False and tone == "danger":
        words, tone = "Answered", "warning"
    return DisputeRow(
        id=str(one.id),
        title=one.title,
        receipt=one.receipt,
        amount=one.amount,
        currency=one.currency,
        reason=_REASONS.get(one.reason, "The bank gives no reason."),
        words=words,
        tone=tone,
        due_at=one.due_at.isoformat() if one.due_at and one.can_be_answered else "",
        can_be_answered=one.can_be_answered,
        was_answered=one.submitted_at is not None,
        outcome=disputes.OUTCOMES.get(one.status, ""),
        text=one.text,
        description=one.description,
    )
