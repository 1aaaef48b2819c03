"""Reporting a listing, a review or a creator: one dialog of a page, whatever it is opened for."""

from typing import Any
from uuid import UUID

import reflex as rx
from reflex.event import EventType
from sqlmodel import Session

from overskill.db import in_thread
from overskill.errors import InvalidInput, NotFound
from overskill.models import Report
from overskill.services.market.reports import LONGEST_DETAILS, REASONS, report
from overskill.services.market.subjects import subject_called
from overskill.state.limits import limit
from overskill.state.session import require_user
from overskill.state.toasts import done

LONGEST_REPORT = LONGEST_DETAILS
REASON_CHOICES = [(reason.value, words) for reason, words in REASONS.items()]
_GONE = "What you want to report is not there any more. Reload the page."


class ReportState(rx.State):
    is_open: bool = False
    title: str = ""  # of what is reported
    refused: str = ""  # the field that can't be taken: "reason" or "details"
    refusal: str = ""
    _kind: str = ""
    _key: str = ""

    @rx.event
    async def open(self, kind: str, key: str, title: str) -> None:
        """`key` is a listing's slug, a creator's username, or a review's id."""
        await require_user(self)
        self._kind, self._key, self.title = kind, key, title[:80]
        self.refused, self.refusal, self.is_open = "", "", True

    @rx.event
    async def set_open(self, is_open: bool) -> None:
        self.is_open = is_open

    @rx.event
    async def send(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "report")
        reason, details = str(form.get("reason", "")), str(form.get("details", ""))
        try:
            await in_thread(_report, user.id, self._kind, self._key, reason, details)
        except InvalidInput as refusal:
            self.refused, self.refusal = refusal.field, refusal.message
            return None
        self.is_open = False
        return done("Thank you. Somebody looks at it, and you hear the answer by mail.")


def _report(session: Session, user_id: UUID, kind: str, key: str, reason: str, details: str) -> Report:
    subject = subject_called(session, kind, key)
    if subject is None:
        raise NotFound(_GONE)
    return report(session, user_id, subject.kind, subject.id, reason, details)
