"""What the staff decided of somebody's listings, reviews, apps and account, as they see it; and the mails that tell."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.mail import Mail, Message
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import NotFound
from overskill.models import Act, AppealStatus, ModerationAct, User, utc_now
from overskill.services.market.appeal_links import act_in, appeal_link
from overskill.services.market.moderation import AGAINST, ANSWERED_WITHIN, appeal
from overskill.services.market.subjects import Subject, find_subject, find_subjects

_MOST_LISTED = 100
_GONE = "Something that is gone"
WORDS = {
    Act.APPROVE: "was approved",
    Act.DECLINE: "was sent back",
    Act.SUSPEND: "was suspended",
    Act.RESTORE: "was restored",
    Act.HIDE: "was hidden",
    Act.TAKE_DOWN: "was taken down",
    Act.HOLD: "has its money held back",
    Act.RELEASE: "has its money released",
}
_APPEAL_WORDS = {
    AppealStatus.GRANTED: "Your appeal was granted",
    AppealStatus.REFUSED: "Your appeal was refused",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    kind: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Notice:
    id: UUID
    title: str
    link: str
    kind: str  # "listing"
    act: Act
    words: str  # "was suspended"
    is_against: bool
    reason: str
    evidence: tuple[Evidence, ...]
    at: datetime
    appeal: AppealStatus
    appeal_text: str
    appealed_at: datetime | None
    due_at: datetime | None
    answer: str

    @property
    def can_appeal(self) -> bool:
        return self.is_against and self.appeal is AppealStatus.NONE


def list_notices(session: Session, user_id: UUID) -> list[Notice]:
    """Everything that concerns this person, the newest first."""
    rows = session.exec(
        select(ModerationAct)
        .where(ModerationAct.concerns_id == user_id)
        .order_by(col(ModerationAct.created_at).desc())
        .limit(_MOST_LISTED)
    ).all()
    subjects = find_subjects(session, [(row.subject_kind, row.subject_id) for row in rows])
    return [_notice(row, subjects.get((row.subject_kind, row.subject_id))) for row in rows]


def read_decision(session: Session, token: str, *, settings: Settings) -> Notice:
    """By a mail's link, without signing in. Raises NotAllowed for one that is forged or too old, and NotFound."""
    return _with_subject(session, _linked(session, token, settings))


def appeal_by_link(session: Session, token: str, text: str, *, settings: Settings) -> Notice:
    """Raises as `read_decision` and `appeal` do."""
    row = _linked(session, token, settings)
    if row.concerns_id is None:
        raise NotFound("Whom this decision concerned is not there any more.")
    return _with_subject(session, appeal(session, row.concerns_id, row.id, text))


def _linked(session: Session, token: str, settings: Settings) -> ModerationAct:
    row = session.get(ModerationAct, act_in(token, settings, utc_now()))
    if row is None:
        raise NotFound("This decision is not there any more.")
    return row


def _with_subject(session: Session, row: ModerationAct) -> Notice:
    return _notice(row, find_subject(session, row.subject_kind, row.subject_id))


def tell_of_act(session: Session, act_id: UUID, *, settings: Settings, mail: Mail) -> None:
    """Mail what was decided, or the answer to an appeal, to whom it concerns."""
    row = session.get(ModerationAct, act_id)
    if row is None or row.concerns_id is None:
        return
    subject = find_subject(session, row.subject_kind, row.subject_id)
    to = session.get_one(User, row.concerns_id).email
    compose = _answered if row.appeal in _APPEAL_WORDS else _decided
    is_against = row.act in AGAINST
    link = appeal_link(row.id, settings, utc_now()) if is_against else f"{settings.site_url}/sell/notices"
    message = compose(row, subject.title if subject else _GONE, to, link)
    after_commit(session, lambda: mail.send(message))


def _notice(row: ModerationAct, subject: Subject | None) -> Notice:
    return Notice(
        id=row.id,
        title=subject.title if subject else _GONE,
        link=subject.link if subject else "",
        kind=row.subject_kind.value,
        act=row.act,
        words=WORDS[row.act],
        is_against=row.act in AGAINST,
        reason=row.reason,
        evidence=tuple(Evidence(one["kind"], one["text"], one.get("link", "")) for one in row.evidence),
        at=row.created_at,
        appeal=row.appeal,
        appeal_text=row.appeal_text,
        appealed_at=row.appealed_at,
        due_at=row.appeal_due_at,
        answer=row.appeal_answer,
    )


def _decided(row: ModerationAct, title: str, to: str, link: str) -> Message:
    evidence = [one["text"] for one in row.evidence if one["text"]]
    hours = int(ANSWERED_WITHIN.total_seconds() // 3600)
    how = (f"If you disagree, appeal with one click: somebody answers within {hours} hours.",)
    return Message(
        to=to,
        subject=f"{title} {WORDS[row.act]}",
        paragraphs=(
            "Hello,",
            f"“{title}” {WORDS[row.act]}.",
            f"The reason: {row.reason}",
            *evidence,
            *(how if row.act in AGAINST else ()),
        ),
        button="Read it, and appeal" if row.act in AGAINST else "Read the notice",
        link=link,
        closing="The link needs no sign-in, so keep this mail to yourself." if row.act in AGAINST else "",
    )


def _answered(row: ModerationAct, title: str, to: str, link: str) -> Message:
    return Message(
        to=to,
        subject=f"{_APPEAL_WORDS[row.appeal]}: {title}",
        paragraphs=("Hello,", f"{_APPEAL_WORDS[row.appeal]}. It is about “{title}”.", row.appeal_answer),
        button="Read the notice",
        link=link,
    )
