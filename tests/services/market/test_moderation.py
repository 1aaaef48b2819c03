"""Decisions of the staff: their effect, who hears of them, and appeals."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import (
    Act,
    AppealStatus,
    AuditEvent,
    CreatorProfile,
    Listing,
    ListingStatus,
    ModerationAct,
    Release,
    ReleaseStatus,
    Report,
    ReportReason,
    ReportStatus,
    Review,
    ReviewStatus,
    SubjectKind,
    User,
)
from overskill.services.market.moderation import act, appeal, decide_appeal, open_appeals
from overskill.services.market.notices import list_notices
from overskill.services.market.reports import decide, list_open, list_own, report
from overskill.services.market.subjects import subject_called
from tests.factories import make_user
from tests.market_rows import make_license, make_listing, make_offer, make_purchase

QUEUE = FakeJobQueue()
EVIDENCE = [{"kind": "note", "text": "The pictures are of another app.", "link": "/apps/other"}]


@pytest.fixture
def admin(session: Session) -> User:
    return make_user(session, is_admin=True)


def owner_of(session: Session, listing: Listing) -> UUID:
    return session.get_one(CreatorProfile, listing.creator_id).user_id


def decided(session: Session, admin: User, listing: Listing, what: Act = Act.SUSPEND) -> ModerationAct:
    return act(
        session, admin.id, SubjectKind.LISTING, listing.id, what, reason="Misleading", evidence=EVIDENCE, queue=QUEUE
    )


def make_review(session: Session) -> Review:
    listing = make_listing(session)
    buyer = make_user(session)
    _, item = make_purchase(session, buyer, make_offer(session, listing))
    licence = make_license(session, buyer, item)
    review = Review(listing_id=listing.id, user_id=buyer.id, license_id=licence.id, rating=5, text="Buy my pills")
    listing.rating_sum, listing.rating_count = 5, 1
    session.add(review)
    session.flush()
    return review


def test_a_suspended_listing_says_why_and_is_restored_as_it_was(session: Session, admin: User) -> None:
    listing = make_listing(session)
    decided(session, admin, listing)
    assert (listing.status, listing.status_reason) == (ListingStatus.SUSPENDED, "Misleading")
    decided(session, admin, listing, Act.RESTORE)
    assert (listing.status, listing.status_reason) == (ListingStatus.PUBLISHED, "")


def test_what_waits_for_the_staff_goes_up_when_it_is_approved(session: Session, admin: User) -> None:
    listing = make_listing(session, status=ListingStatus.REVIEW)
    release, listing.release_id = session.get_one(Release, listing.release_id), None
    decided(session, admin, listing, Act.APPROVE)
    assert listing.status is ListingStatus.PUBLISHED
    assert listing.release_id == release.id


@pytest.mark.parametrize("status", [ListingStatus.DRAFT, ListingStatus.WITHDRAWN, ListingStatus.SUSPENDED])
def test_what_its_creator_took_back_is_not_approved(session: Session, admin: User, status: ListingStatus) -> None:
    listing = make_listing(session, status=status)
    listing.release_id = None
    with pytest.raises(Conflict):
        decided(session, admin, listing, Act.APPROVE)
    assert listing.status is status


def test_what_is_declined_goes_back_to_its_draft_with_the_reason(session: Session, admin: User) -> None:
    listing = make_listing(session, status=ListingStatus.REVIEW)
    release, listing.release_id = session.get_one(Release, listing.release_id), None
    decided(session, admin, listing, Act.DECLINE)
    assert (listing.status, listing.status_reason) == (ListingStatus.DRAFT, "Misleading")
    assert release.status is ReleaseStatus.REFUSED


def test_a_hidden_review_counts_no_more(session: Session, admin: User) -> None:
    review = make_review(session)
    act(session, admin.id, SubjectKind.REVIEW, review.id, Act.HIDE, reason="Spam", queue=QUEUE)
    listing = session.get_one(Listing, review.listing_id, populate_existing=True)
    assert (review.status, listing.rating_count) == (ReviewStatus.HIDDEN, 0)


def test_a_suspended_creator_is_marked_so(session: Session, admin: User) -> None:
    creator = session.get_one(CreatorProfile, make_listing(session).creator_id)
    act(session, admin.id, SubjectKind.CREATOR, creator.id, Act.SUSPEND, reason="Fraud", queue=QUEUE)
    assert creator.suspended_at is not None


def test_who_takes_down_apps_hands_in_how(session: Session, admin: User) -> None:
    listing = make_listing(session)
    taken: list[UUID] = []
    effects = {(SubjectKind.APP, Act.TAKE_DOWN): lambda _, decision: taken.append(decision.subject_id)}
    assert listing.app_id is not None
    row = act(
        session,
        admin.id,
        SubjectKind.APP,
        listing.app_id,
        Act.TAKE_DOWN,
        reason="Phishing",
        queue=QUEUE,
        effects=effects,
    )
    assert (taken, row.concerns_id) == ([listing.app_id], owner_of(session, listing))


def test_only_the_staff_decides_and_only_with_a_reason(session: Session, admin: User) -> None:
    listing = make_listing(session)
    with pytest.raises(NotAllowed):
        decided(session, make_user(session), listing)
    with pytest.raises(InvalidInput, match="reason is missing"):
        act(session, admin.id, SubjectKind.LISTING, listing.id, Act.SUSPEND, reason=" ", queue=QUEUE)
    with pytest.raises(InvalidInput, match="nothing that can be done"):
        act(session, admin.id, SubjectKind.REVIEW, make_review(session).id, Act.HOLD, reason="x", queue=QUEUE)
    with pytest.raises(Conflict, match="not suspended"):
        decided(session, admin, listing, Act.RESTORE)


def test_whom_it_concerns_reads_why_and_appeals_with_one_click(session: Session, admin: User) -> None:
    listing = make_listing(session)
    row = decided(session, admin, listing)
    user_id = owner_of(session, listing)
    (notice,) = list_notices(session, user_id)
    assert (notice.title, notice.words, notice.reason, notice.can_appeal) == (
        "Habits",
        "was suspended",
        "Misleading",
        True,
    )
    assert notice.evidence[0].text == EVIDENCE[0]["text"]
    appeal(session, user_id, row.id)
    (notice,) = list_notices(session, user_id)
    assert notice.due_at is not None
    assert notice.appealed_at is not None
    assert notice.due_at - notice.appealed_at == timedelta(hours=72)
    assert [one.id for one in open_appeals(session)] == [row.id]
    with pytest.raises(Conflict, match="appealed this already"):
        appeal(session, user_id, row.id)


def test_nobody_appeals_for_somebody_else(session: Session, admin: User) -> None:
    row = decided(session, admin, make_listing(session))
    with pytest.raises(NotFound):
        appeal(session, make_user(session).id, row.id)
    assert list_notices(session, make_user(session).id) == []


def test_a_granted_appeal_undoes_what_was_decided(session: Session, admin: User) -> None:
    listing = make_listing(session)
    row = decided(session, admin, listing)
    appeal(session, owner_of(session, listing), row.id, "It is mine.")
    decide_appeal(session, admin.id, row.id, is_granted=True, answer="You are right.", queue=QUEUE)
    assert (row.appeal, listing.status) == (AppealStatus.GRANTED, ListingStatus.PUBLISHED)
    assert {one.words for one in list_notices(session, owner_of(session, listing))} == {"was suspended", "was restored"}
    with pytest.raises(Conflict, match="answered"):
        decide_appeal(session, admin.id, row.id, is_granted=False, answer="No.", queue=QUEUE)


def test_an_answered_appeal_says_in_the_audit_log_of_what_and_why(session: Session, admin: User) -> None:
    listing = make_listing(session)
    row = decided(session, admin, listing)
    appeal(session, owner_of(session, listing), row.id)
    decide_appeal(session, admin.id, row.id, is_granted=True, answer="You are right.", queue=QUEUE)
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "moderation.appeal_granted")).one()
    assert (event.actor_id, event.subject) == (admin.id, f"act:{row.id}")
    assert event.details == {"reason": "You are right.", "of": f"listing:{listing.id}"}


def test_an_answered_report_says_in_the_audit_log_why(session: Session, admin: User) -> None:
    listing = make_listing(session)
    told = report(session, make_user(session).id, SubjectKind.LISTING, listing.id, "broken", "It does not start.")
    decide(session, admin.id, told.id, is_upheld=False, answer="It starts here.", queue=QUEUE)
    event = session.exec(select(AuditEvent).where(AuditEvent.action == "report.dismissed")).one()
    assert event.details == {"reason": "It starts here.", "report": str(told.id)}


def test_nobody_of_the_staff_clears_themselves_while_another_can_look_at_it(session: Session, admin: User) -> None:
    listing = make_listing(session)
    owner = session.get_one(User, owner_of(session, listing))
    row = decided(session, admin, listing)
    appeal(session, owner.id, row.id)
    told = report(session, make_user(session).id, SubjectKind.LISTING, listing.id, "broken", "It does not start.")
    owner.is_admin = True
    session.flush()
    with pytest.raises(NotAllowed, match="another admin"):
        decided(session, owner, listing, Act.RESTORE)
    with pytest.raises(NotAllowed, match="another admin"):
        decide_appeal(session, owner.id, row.id, is_granted=True, answer="Of course.", queue=QUEUE)
    with pytest.raises(NotAllowed, match="another admin"):
        decide(session, owner.id, told.id, is_upheld=False, answer="It starts here.", queue=QUEUE)
    assert (listing.status, told.status) == (ListingStatus.SUSPENDED, ReportStatus.OPEN)


def test_who_is_the_only_admin_has_nobody_else_to_ask(session: Session, admin: User) -> None:
    listing = make_listing(session)
    owner = session.get_one(User, owner_of(session, listing))
    row = decided(session, admin, listing)
    appeal(session, owner.id, row.id)
    owner.is_admin, admin.is_admin = True, False
    session.flush()
    decide_appeal(session, owner.id, row.id, is_granted=True, answer="There is only me.", queue=QUEUE)
    assert listing.status is ListingStatus.PUBLISHED


def test_a_refused_appeal_leaves_it(session: Session, admin: User) -> None:
    listing = make_listing(session)
    row = decided(session, admin, listing)
    appeal(session, owner_of(session, listing), row.id)
    decide_appeal(session, admin.id, row.id, is_granted=False, answer="The pictures still are.", queue=QUEUE)
    assert (row.appeal, listing.status) == (AppealStatus.REFUSED, ListingStatus.SUSPENDED)


def test_mails_tell_both_sides(services: Container, work: Callable[[], int]) -> None:
    with transaction() as session:
        listing, reporter, admin = make_listing(session), make_user(session), make_user(session, is_admin=True)
        report(session, reporter.id, SubjectKind.LISTING, listing.id, "misleading", "")
        row = act(
            session, admin.id, SubjectKind.LISTING, listing.id, Act.SUSPEND, reason="Misleading", queue=services.queue
        )
        owner = session.get_one(User, row.concerns_id)
        expected = {(owner.email, "Habits was suspended"), (reporter.email, "Your report of Habits")}
    work()
    assert isinstance(services.mail, FakeMail)
    assert {(message.to, message.subject) for message in services.mail.messages} == expected


def test_a_report_is_taken_once_and_its_reporter_hears_the_answer(session: Session, admin: User) -> None:
    listing, reporter = make_listing(session), make_user(session)
    row = report(session, reporter.id, SubjectKind.LISTING, listing.id, "copied", "It is a copy of my own app.")
    with pytest.raises(Conflict, match="reported this already"):
        report(session, reporter.id, SubjectKind.LISTING, listing.id, "spam", "")
    assert [(one.subject.title, one.reporter) for one in list_open(session)] == [("Habits", reporter.name)]
    decide(session, admin.id, row.id, is_upheld=False, answer="They look alike and aren't.", queue=QUEUE)
    assert [(one.status, one.answer) for one in list_own(session, reporter.id)] == [
        (ReportStatus.DISMISSED, "They look alike and aren't.")
    ]
    with pytest.raises(Conflict):
        decide(session, admin.id, row.id, is_upheld=True, answer="Again", queue=QUEUE)


def test_one_s_own_listing_and_what_is_gone_can_t_be_reported(session: Session) -> None:
    listing = make_listing(session)
    with pytest.raises(NotAllowed):
        report(session, owner_of(session, listing), SubjectKind.LISTING, listing.id, "spam", "")
    with pytest.raises(NotFound):
        report(session, make_user(session).id, SubjectKind.CREATOR, listing.id, "spam", "")
    with pytest.raises(NotFound):
        report(session, make_user(session).id, SubjectKind.USER, owner_of(session, listing), "spam", "")


def test_nobody_learns_of_a_draft_by_reporting_it(session: Session) -> None:
    draft = make_listing(session, status=ListingStatus.DRAFT)
    assert subject_called(session, "listing", draft.slug) is None


@pytest.mark.parametrize(("reason", "details"), [("nonsense", ""), ("other", "short"), ("spam", "x" * 2001)])
def test_a_report_says_what_is_wrong(session: Session, reason: str, details: str) -> None:
    with pytest.raises(InvalidInput):
        report(session, make_user(session).id, SubjectKind.LISTING, make_listing(session).id, reason, details)


def test_nobody_reports_without_end(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overskill.services.market.reports.MOST_A_DAY", 1)
    reporter = make_user(session)
    report(session, reporter.id, SubjectKind.LISTING, make_listing(session).id, "spam", "")
    with pytest.raises(Exception, match="within a day"):
        report(session, reporter.id, SubjectKind.LISTING, make_listing(session).id, "spam", "")


def test_what_a_check_of_ours_reported_is_dismissed_by_an_approval(session: Session, admin: User) -> None:
    listing = make_listing(session, status=ListingStatus.REVIEW)
    listing.release_id = None
    session.add(Report(subject_kind=SubjectKind.LISTING, subject_id=listing.id, reason=ReportReason.COPIED))
    session.flush()
    decided(session, admin, listing, Act.APPROVE)
    assert session.exec(select(Report.status)).one() is ReportStatus.DISMISSED
