"""What the staff decides of listings, reviews and creators: with a reason and evidence, and open to an appeal.

    act(session, admin_id, kind, subject_id, act, reason=…, evidence=…, queue=…)    the decision, its effect, the mail
    appeal(session, user_id, act_id, text)                                          whom it concerns disagrees
    decide_appeal(session, admin_id, act_id, is_granted=…, answer=…, queue=…)       granted: its effect is undone

Apps and users are taken down elsewhere: who does it hands in what is to happen as `effects`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import (
    Act,
    AppealStatus,
    CreatorProfile,
    Listing,
    ListingStatus,
    ModerationAct,
    Release,
    ReleaseStatus,
    SubjectKind,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own
from overskill.services.billing import holds
from overskill.services.market import publishing, reports
from overskill.services.market.interests import concerned_by
from overskill.services.market.reviews import hide_review, show_review
from overskill.services.market.subjects import Key, find_subject
from overskill.services.market.words import line, paragraphs

TELL_JOB = "overskill.jobs.market.tell_of_act"
ANSWERED_WITHIN = timedelta(hours=72)
LONGEST_REASON = 1000
LONGEST_APPEAL = 2000
LONGEST_ANSWER = 1000
MOST_EVIDENCE = 10
_LONGEST_EVIDENCE = 500
AGAINST = frozenset({Act.DECLINE, Act.SUSPEND, Act.HIDE, Act.TAKE_DOWN, Act.HOLD})  # what can be appealed
IN_FAVOUR = frozenset({Act.APPROVE, Act.RESTORE, Act.RELEASE, Act.HIDE})  # of somebody: whose review it hides, too
_OPPOSITE = MappingProxyType(
    {
        Act.DECLINE: Act.APPROVE,
        Act.SUSPEND: Act.RESTORE,
        Act.HIDE: Act.RESTORE,
        Act.TAKE_DOWN: Act.RESTORE,
        Act.HOLD: Act.RELEASE,
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an effect is told of."""

    admin_id: UUID
    subject_id: UUID
    reason: str
    queue: JobQueue


Effect = Callable[[Session, Decision], Mapping[str, Any] | None]  # what the audit log keeps of how it was before
Effects = Mapping[tuple[SubjectKind, Act], Effect]
_NO_EFFECTS: Effects = MappingProxyType({})


def act(
    session: Session,
    admin_id: UUID,
    subject_kind: SubjectKind,
    subject_id: UUID,
    act: Act,
    *,
    reason: str,
    evidence: Sequence[Mapping[str, Any]] = (),
    queue: JobQueue,
    effects: Effects = _NO_EFFECTS,
) -> ModerationAct:
    """Decide, with effect at once. Who is concerned hears why by mail, and who reported it that it was acted upon.

    Each of the evidence has a kind, a text and perhaps a link. Raises NotAllowed, NotFound, Conflict, InvalidInput.
    """
    _check_admin(session, admin_id)
    reason = paragraphs(reason, "A reason", most=LONGEST_REASON, field="reason", least=1)
    subject = find_subject(session, subject_kind, subject_id)
    effect = {**_EFFECTS, **effects}.get((subject_kind, act))
    if subject is None:
        raise NotFound("What you decide on is not there any more.")
    if effect is None:
        raise InvalidInput(f"“{act.value}” is nothing that can be done to a {subject_kind.value}.", field="act")
    own = _as_own(session, admin_id, (subject_kind, subject_id)) if act in IN_FAVOUR else {}
    before = effect(session, Decision(admin_id, subject_id, reason, queue))
    row = ModerationAct(
        subject_kind=subject_kind,
        subject_id=subject_id,
        concerns_id=subject.owner_id,
        actor_id=admin_id,
        act=act,
        reason=reason,
        evidence=[_evidence(one) for one in evidence[:MOST_EVIDENCE]],
    )
    session.add(row)
    session.flush()
    record(
        session,
        f"moderation.{act.value}",
        admin_id,
        subject=f"{subject_kind.value}:{subject_id}",
        details={"reason": reason, **(before or {}), **own},
    )
    if act in AGAINST and act is not Act.HOLD:
        reports.uphold_all(session, admin_id, subject_kind, subject_id, reason, queue=queue)
    after_commit(session, partial(queue.enqueue, TELL_JOB, str(row.id), queue="low"))
    return row


def is_own(session: Session, viewer_id: UUID, subject_kind: SubjectKind, subject_id: UUID, act: Act) -> bool:
    """Before it is decided: whether it would be in favour of who decides, and nobody else can. Raises NotAllowed where
    another admin can."""
    return act in IN_FAVOUR and bool(_as_own(session, viewer_id, (subject_kind, subject_id)))


def appeal(session: Session, user_id: UUID, act_id: UUID, text: str = "") -> ModerationAct:
    """One click; words are welcome and not needed. Raises NotFound for what concerns somebody else, Conflict for what
    was appealed before or is not against anybody."""
    row = session.get(ModerationAct, act_id, with_for_update=True)
    if row is None or row.concerns_id != user_id:
        raise NotFound("There is no such notice, or it isn't yours.")
    if row.act not in AGAINST:
        raise Conflict("There is nothing to appeal: this was decided in your favour.")
    if row.appeal is not AppealStatus.NONE:
        raise Conflict("You appealed this already. The notice says where it stands.")
    now = utc_now()
    row.appeal, row.appealed_at, row.appeal_due_at = AppealStatus.OPEN, now, now + ANSWERED_WITHIN
    row.appeal_text = paragraphs(text, "An appeal", most=LONGEST_APPEAL, field="text")
    session.add(row)
    record(session, "moderation.appealed", user_id, subject=f"act:{row.id}")
    return row


def open_appeals(session: Session) -> list[ModerationAct]:
    """For the staff: what is due first."""
    rows = select(ModerationAct).where(ModerationAct.appeal == AppealStatus.OPEN)
    return list(session.exec(rows.order_by(col(ModerationAct.appeal_due_at)).limit(100)))


def decide_appeal(
    session: Session,
    admin_id: UUID,
    act_id: UUID,
    *,
    is_granted: bool,
    answer: str,
    queue: JobQueue,
    effects: Effects = _NO_EFFECTS,
) -> ModerationAct:
    """Granted, what was decided is undone at once. Raises NotAllowed, NotFound, Conflict, InvalidInput."""
    _check_admin(session, admin_id)
    row = session.get(ModerationAct, act_id, with_for_update=True)
    if row is None or row.appeal is AppealStatus.NONE:
        raise NotFound("There is no such appeal.")
    if row.appeal is not AppealStatus.OPEN:
        raise Conflict("Somebody has answered this appeal already. Reload the page.")
    own = _as_own(session, admin_id, (row.subject_kind, row.subject_id), row.concerns_id)
    row.appeal = AppealStatus.GRANTED if is_granted else AppealStatus.REFUSED
    row.appeal_answer = paragraphs(answer, "An answer", most=LONGEST_ANSWER, field="answer", least=1)
    row.appeal_decided_by_id, row.appeal_decided_at = admin_id, utc_now()
    session.add(row)
    before = _undo(session, admin_id, row, queue=queue, effects=effects) if is_granted else None
    record(
        session,
        f"moderation.appeal_{row.appeal.value}",
        admin_id,
        subject=f"act:{row.id}",
        details={
            "reason": row.appeal_answer,
            "of": f"{row.subject_kind.value}:{row.subject_id}",
            **(before or {}),
            **own,
        },
    )
    after_commit(session, partial(queue.enqueue, TELL_JOB, str(row.id), queue="low"))
    return row


def _undo(
    session: Session, admin_id: UUID, row: ModerationAct, *, queue: JobQueue, effects: Effects
) -> Mapping[str, Any] | None:
    """How it was before."""
    opposite = (row.subject_kind, _OPPOSITE[row.act])
    effect = {**_EFFECTS, **effects}.get(opposite)
    if effect is None:
        raise InvalidInput("This can't be undone from here. Undo it where it was done, then answer the appeal.")
    if row.act is Act.DECLINE:
        return None  # its draft is there, and can be submitted again
    before = effect(session, Decision(admin_id, row.subject_id, row.appeal_answer, queue))
    session.add(
        ModerationAct(
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            concerns_id=row.concerns_id,
            actor_id=admin_id,
            act=_OPPOSITE[row.act],
            reason=row.appeal_answer,
        )
    )
    return before


def _approve(session: Session, decision: Decision) -> None:
    listing = _locked_listing(session, decision.subject_id)
    publishing.approve(session, listing, queue=decision.queue)
    reports.dismiss_own(session, decision.admin_id, SubjectKind.LISTING, listing.id, queue=decision.queue)


def _decline(session: Session, decision: Decision) -> None:
    listing = _locked_listing(session, decision.subject_id)
    if listing.status not in (ListingStatus.REVIEW, ListingStatus.PUBLISHED):
        raise Conflict("Nothing of this listing waits to be looked at. Reload the page.")
    publishing.send_back(session, listing, decision.reason)


def _suspend_listing(session: Session, decision: Decision) -> None:
    listing = _locked_listing(session, decision.subject_id)
    if listing.status is ListingStatus.SUSPENDED:
        raise Conflict("This listing is suspended already. Reload the page.")
    listing.status, listing.status_reason = ListingStatus.SUSPENDED, decision.reason
    session.add(listing)


def _restore_listing(session: Session, decision: Decision) -> None:
    """As it was sold; one that never was goes back to its draft."""
    listing = _locked_listing(session, decision.subject_id)
    if listing.status is not ListingStatus.SUSPENDED:
        raise Conflict("This listing is not suspended. Reload the page.")
    sold = session.get(Release, listing.release_id) if listing.release_id else None
    is_sold = sold is not None and sold.status is ReleaseStatus.READY
    listing.status, listing.status_reason = (ListingStatus.PUBLISHED if is_sold else ListingStatus.DRAFT), ""
    session.add(listing)


def _suspend_creator(session: Session, decision: Decision) -> None:
    """None of their listings is shown or sold meanwhile."""
    creator = session.get_one(CreatorProfile, decision.subject_id, with_for_update=True)
    if creator.suspended_at is not None:
        raise Conflict("This creator is suspended already. Reload the page.")
    creator.suspended_at = utc_now()
    session.add(creator)


def _restore_creator(session: Session, decision: Decision) -> None:
    creator = session.get_one(CreatorProfile, decision.subject_id, with_for_update=True)
    if creator.suspended_at is None:
        raise Conflict("This creator is not suspended. Reload the page.")
    creator.suspended_at = None
    session.add(creator)


def _hold(session: Session, decision: Decision) -> None:
    creator = session.get_one(CreatorProfile, decision.subject_id, with_for_update=True)
    holds.hold(session, decision.admin_id, creator, reason=decision.reason)


def _release(session: Session, decision: Decision) -> None:
    creator = session.get_one(CreatorProfile, decision.subject_id, with_for_update=True)
    holds.release(session, decision.admin_id, creator, reason=decision.reason)


_EFFECTS: Effects = MappingProxyType(
    {
        (SubjectKind.LISTING, Act.APPROVE): _approve,
        (SubjectKind.LISTING, Act.DECLINE): _decline,
        (SubjectKind.LISTING, Act.SUSPEND): _suspend_listing,
        (SubjectKind.LISTING, Act.RESTORE): _restore_listing,
        (SubjectKind.REVIEW, Act.HIDE): lambda session, decision: hide_review(session, decision.subject_id),
        (SubjectKind.REVIEW, Act.RESTORE): lambda session, decision: show_review(session, decision.subject_id),
        (SubjectKind.CREATOR, Act.SUSPEND): _suspend_creator,
        (SubjectKind.CREATOR, Act.RESTORE): _restore_creator,
        (SubjectKind.CREATOR, Act.HOLD): _hold,
        (SubjectKind.CREATOR, Act.RELEASE): _release,
    }
)


def _locked_listing(session: Session, listing_id: UUID) -> Listing:
    return session.get_one(Listing, listing_id, with_for_update=True, populate_existing=True)


def _as_own(session: Session, admin_id: UUID, key: Key, *also: UUID | None) -> dict[str, bool]:
    return decided_as_own(session, admin_id, {*concerned_by(session, [key])[key], *also})


def _check_admin(session: Session, admin_id: UUID) -> None:
    admin = session.get(User, admin_id)
    if admin is None or not admin.is_admin:
        raise NotAllowed("Only the staff decides on listings, reviews and creators.")


def _evidence(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "kind": line(str(one.get("kind", "note")), "A kind of evidence", most=40, field="evidence"),
        "text": line(str(one.get("text", "")), "Evidence", most=_LONGEST_EVIDENCE, field="evidence"),
        "link": line(str(one.get("link", "")), "A link", most=_LONGEST_EVIDENCE, field="evidence"),
    }
