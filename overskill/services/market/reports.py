"""What people tell the staff of listings, reviews and creators, and what they hear back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from uuid import UUID

from sqlmodel import Session, col, func, select

from overskill.clients.jobs import JobQueue
from overskill.clients.mail import Mail, Message
from overskill.db import after_commit
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed, NotFound
from overskill.models import Report, ReportReason, ReportStatus, SubjectKind, User, utc_now
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own
from overskill.services.market.interests import concerned_by
from overskill.services.market.subjects import Subject, find_subject, find_subjects
from overskill.services.market.words import paragraphs

TELL_JOB = "overskill.jobs.market.tell_of_report"
LONGEST_DETAILS = 2000
LONGEST_ANSWER = 1000
MOST_A_DAY = 20
_SHORTEST_DETAILS = 10
_MOST_LISTED = 100
_NOT_OWN: Mapping[str, bool] = MappingProxyType({})
_REPORTABLE = (SubjectKind.LISTING, SubjectKind.REVIEW, SubjectKind.CREATOR)
REASONS = {
    ReportReason.BROKEN: "It doesn't work",
    ReportReason.MISLEADING: "It isn't what it says it is",
    ReportReason.COPIED: "It is somebody else's work",
    ReportReason.HARMFUL: "It is harmful or unlawful",
    ReportReason.SPAM: "It is spam",
    ReportReason.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class ReportView:
    id: UUID
    subject: Subject
    reason: str  # in words
    details: str
    status: ReportStatus
    reported_at: datetime
    reporter: str  # "" for a check of ours, and for who left
    answer: str


def report(session: Session, user_id: UUID, kind: SubjectKind, subject_id: UUID, reason: str, details: str) -> Report:
    """Tell the staff. Raises NotFound, NotAllowed for what is one's own, Conflict for what one reported already,
    LimitReached, InvalidInput naming the field."""
    subject = find_subject(session, kind, subject_id) if kind in _REPORTABLE else None
    if subject is None:
        raise NotFound("What you want to report is not there any more. Reload the page.")
    if subject.owner_id == user_id:
        raise NotAllowed("This is your own. Change it or take it down instead.")
    row = Report(
        subject_kind=kind,
        subject_id=subject_id,
        reporter_id=user_id,
        reason=_reason(reason),
        details=_details(reason, details),
    )
    of_theirs = select(func.count()).where(Report.reporter_id == user_id)
    same = of_theirs.where(
        Report.subject_kind == kind, Report.subject_id == subject_id, Report.status == ReportStatus.OPEN
    )
    if session.exec(same).one():
        raise Conflict("You reported this already. You hear from us by mail once somebody has looked at it.")
    if session.exec(of_theirs.where(Report.created_at > utc_now() - timedelta(days=1))).one() >= MOST_A_DAY:
        raise LimitReached(f"That is {MOST_A_DAY} reports within a day. Please go on tomorrow.")
    session.add(row)
    session.flush()
    return row


def list_open(session: Session) -> list[ReportView]:
    """For the staff: the oldest first."""
    rows = session.exec(
        select(Report).where(Report.status == ReportStatus.OPEN).order_by(col(Report.created_at)).limit(_MOST_LISTED)
    ).all()
    return _views(session, rows)


def list_own(session: Session, user_id: UUID) -> list[ReportView]:
    """What somebody reported, the newest first."""
    rows = session.exec(
        select(Report).where(Report.reporter_id == user_id).order_by(col(Report.created_at).desc()).limit(_MOST_LISTED)
    ).all()
    return _views(session, rows)


def decide(
    session: Session, admin_id: UUID, report_id: UUID, *, is_upheld: bool, answer: str, queue: JobQueue
) -> Report:
    """The staff's answer; its reporter hears it by mail. Raises NotAllowed, NotFound, Conflict when it was answered."""
    admin = session.get(User, admin_id)
    if admin is None or not admin.is_admin:
        raise NotAllowed("Only the staff answers reports.")
    row = session.get(Report, report_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such report.")
    if row.status is not ReportStatus.OPEN:
        raise Conflict("Somebody has answered this report already. Reload the page.")
    key = (row.subject_kind, row.subject_id)
    own = decided_as_own(session, admin_id, concerned_by(session, [key])[key])
    _close(session, row, admin_id, is_upheld=is_upheld, answer=_answer(answer), queue=queue, own=own)
    return row


def uphold_all(
    session: Session, admin_id: UUID, kind: SubjectKind, subject_id: UUID, answer: str, *, queue: JobQueue
) -> int:
    """Everybody who reported what was acted upon hears so. Returns how many reports that answers."""
    return _close_all(session, admin_id, kind, subject_id, answer, is_upheld=True, queue=queue)


def dismiss_own(session: Session, admin_id: UUID, kind: SubjectKind, subject_id: UUID, *, queue: JobQueue) -> int:
    """What a check of ours reported, and somebody looked at."""
    answer = "Somebody looked at it: it may be published."
    return _close_all(session, admin_id, kind, subject_id, answer, is_upheld=False, queue=queue, only_ours=True)


def tell_of_report(session: Session, report_id: UUID, *, site_url: str, mail: Mail) -> None:
    """Mail the answer to who reported it."""
    row = session.get(Report, report_id)
    if row is None or row.reporter_id is None or row.status is ReportStatus.OPEN:
        return
    subject = find_subject(session, row.subject_kind, row.subject_id)
    title = subject.title if subject else "what you reported"
    outcome = "and acted upon it" if row.status is ReportStatus.UPHELD else "and leave it as it is"
    message = Message(
        to=session.get_one(User, row.reporter_id).email,
        subject=f"Your report of {title}",
        paragraphs=("Hello,", f"Somebody of the staff looked at “{title}”, which you reported, {outcome}.", row.answer),
        button="See what you reported",
        link=f"{site_url}/sell/notices",
        closing="Thank you for telling us.",
    )
    after_commit(session, lambda: mail.send(message))


def _close_all(
    session: Session,
    admin_id: UUID,
    kind: SubjectKind,
    subject_id: UUID,
    answer: str,
    *,
    is_upheld: bool,
    queue: JobQueue,
    only_ours: bool = False,
) -> int:
    rows = select(Report).where(
        Report.subject_kind == kind, Report.subject_id == subject_id, Report.status == ReportStatus.OPEN
    )
    if only_ours:
        rows = rows.where(col(Report.reporter_id).is_(None))
    found = session.exec(rows.with_for_update()).all()
    for row in found:
        _close(session, row, admin_id, is_upheld=is_upheld, answer=answer, queue=queue)
    return len(found)


def _close(
    session: Session,
    row: Report,
    admin_id: UUID,
    *,
    is_upheld: bool,
    answer: str,
    queue: JobQueue,
    own: Mapping[str, bool] = _NOT_OWN,
) -> None:
    row.status = ReportStatus.UPHELD if is_upheld else ReportStatus.DISMISSED
    row.decided_by_id, row.decided_at, row.answer = admin_id, utc_now(), answer[:LONGEST_ANSWER]
    session.add(row)
    subject = f"{row.subject_kind.value}:{row.subject_id}"
    details = {"reason": row.answer, "report": str(row.id), **own}
    record(session, f"report.{row.status.value}", admin_id, subject=subject, details=details)
    if row.reporter_id is not None:
        after_commit(session, partial(queue.enqueue, TELL_JOB, str(row.id), queue="low"))


def _views(session: Session, rows: Sequence[Report]) -> list[ReportView]:
    subjects = find_subjects(session, [(row.subject_kind, row.subject_id) for row in rows])
    reporters = {row.reporter_id for row in rows if row.reporter_id}
    names: dict[UUID, str] = dict(session.exec(select(User.id, User.name).where(col(User.id).in_(reporters))).all())
    return [
        ReportView(
            id=row.id,
            subject=subjects[row.subject_kind, row.subject_id],
            reason=REASONS[row.reason],
            details=row.details,
            status=row.status,
            reported_at=row.created_at,
            reporter=names.get(row.reporter_id, "") if row.reporter_id else "",
            answer=row.answer,
        )
        for row in rows
        if (row.subject_kind, row.subject_id) in subjects
    ]


def _reason(reason: str) -> ReportReason:
    try:
        return ReportReason(reason)
    except ValueError:
        raise InvalidInput("Choose what is wrong.", field="reason") from None


def _details(reason: str, details: str) -> str:
    """Some reasons say nothing by themselves."""
    least = _SHORTEST_DETAILS if reason in (ReportReason.OTHER, ReportReason.COPIED) else 0
    return paragraphs(details, "What is wrong", most=LONGEST_DETAILS, field="details", least=least)


def _answer(answer: str) -> str:
    return paragraphs(answer, "An answer", most=LONGEST_ANSWER, field="answer", least=1)
