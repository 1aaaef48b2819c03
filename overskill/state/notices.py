"""What the staff decided about somebody, with the way to disagree; and what became of what they reported."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill import container
from overskill.db import in_thread
from overskill.errors import NotAllowed, NotFound
from overskill.models import AppealStatus, ReportStatus
from overskill.services.market.appeal_links import LONGEST_TOKEN
from overskill.services.market.moderation import LONGEST_APPEAL, appeal
from overskill.services.market.notices import Notice, appeal_by_link, list_notices, read_decision
from overskill.services.market.reports import ReportView, list_own
from overskill.services.rate_limits import count_attempt
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import greet_user, require_user
from overskill.state.toasts import done

LONGEST_APPEAL_TEXT = LONGEST_APPEAL
_APPEALED = "Appealed. Somebody answers within 72 hours, and you hear it by mail."
_NONE = "There is no such notice, or it isn't yours."
_ICONS = {
    "approve": "circle_check",
    "restore": "circle_check",
    "release": "circle_check",
    "decline": "undo_2",
    "hold": "wallet",
    "hide": "eye_off",
}
_REPORTS = {
    ReportStatus.OPEN: "Somebody will look at it",
    ReportStatus.UPHELD: "Acted upon",
    ReportStatus.DISMISSED: "Left as it is",
}


@dataclass(frozen=True)
class EvidenceLine:
    text: str
    link: str


@dataclass(frozen=True)
class NoticeCard:
    id: str
    title: str
    link: str
    words: str  # "was suspended"
    icon: str
    is_against: bool
    reason: str
    evidence: list[EvidenceLine]
    at: str  # ISO time
    can_appeal: bool
    appeal: str  # "none", "open", "granted" or "refused"
    appeal_text: str
    due_at: str  # ISO time, or ""
    answer: str


NO_NOTICE = NoticeCard("", "", "", "", "", False, "", [], "", False, "none", "", "", "")


@dataclass(frozen=True)
class ReportCard:
    title: str
    link: str
    reason: str
    details: str
    status: str
    is_open: bool
    answer: str
    at: str


class NoticesState(rx.State):
    is_loaded: bool = False
    notices: list[NoticeCard] = []
    reports: list[ReportCard] = []

    @rx.event
    async def load(self) -> None:
        user = await greet_user(self)
        notices, reports = await in_thread(_both, user.id)
        assign(self, notices=[_notice(one) for one in notices], reports=[_report(one) for one in reports])
        assign(self, is_loaded=True)

    @rx.event
    async def appeal(self, form: dict[str, Any]) -> list[EventType[()]]:
        """One click: words may be left out."""
        user = await require_user(self)
        await limit(user, "report")
        act_id = id_in(str(form.get("notice", "")), _NONE)
        await in_thread(appeal, user.id, act_id, str(form.get("text", "")))
        return [NoticesState.load, done(_APPEALED)]


class AppealState(rx.State):
    """One decision by a mail's link. Nobody has to be signed in: who is suspended can't be."""

    is_loaded: bool = False
    notice: NoticeCard = NO_NOTICE
    problem: str = ""  # why the link shows nothing

    @rx.event
    async def load(self) -> None:
        await _count(self)
        try:
            found = await in_thread(read_decision, _token(self), settings=container.get().settings)
            assign(self, notice=_notice(found), problem="")
        except (NotAllowed, NotFound) as error:
            assign(self, notice=NO_NOTICE, problem=error.message)
        assign(self, is_loaded=True)

    @rx.event
    async def appeal(self, form: dict[str, Any]) -> EventType[()]:
        """One click: words may be left out."""
        await _count(self)
        text = str(form.get("text", ""))
        found = await in_thread(appeal_by_link, _token(self), text, settings=container.get().settings)
        assign(self, notice=_notice(found), problem="")
        return done(_APPEALED)


def _token(state: rx.State) -> str:
    return state.router.url.query_parameters.get("token", "")[:LONGEST_TOKEN]


async def _count(state: rx.State) -> None:
    """Raises LimitReached: an address that tries many links guesses them."""
    ip = state.router.session.client_ip
    await asyncio.to_thread(count_attempt, container.get().redis, "appeal-link", ip, limit="60/hour")


def _both(session: Session, user_id: UUID) -> tuple[list[Notice], list[ReportView]]:
    return list_notices(session, user_id), list_own(session, user_id)


def _notice(one: Notice) -> NoticeCard:
    return NoticeCard(
        id=str(one.id),
        title=one.title,
        link=one.link,
        words=one.words,
        icon=_ICONS.get(one.act.value, "octagon_x"),
        is_against=one.is_against,
        reason=one.reason,
        evidence=[EvidenceLine(each.text, each.link) for each in one.evidence if each.text],
        at=_iso(one.at),
        can_appeal=one.can_appeal,
        appeal=one.appeal.value,
        appeal_text=one.appeal_text,
        due_at=_iso(one.due_at) if one.appeal is AppealStatus.OPEN else "",
        answer=one.answer,
    )


def _report(one: ReportView) -> ReportCard:
    return ReportCard(
        title=one.subject.title,
        link=one.subject.link,
        reason=one.reason,
        details=one.details,
        status=_REPORTS[one.status],
        is_open=one.status is ReportStatus.OPEN,
        answer=one.answer,
        at=_iso(one.reported_at),
    )


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
