"""Nobody of the staff decides in favour of themselves while another admin could; else the audit log says so."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill.clients.jobs import FakeJobQueue
from overskill.errors import NotAllowed
from overskill.models import (
    Act,
    App,
    AuditEvent,
    CreatorProfile,
    License,
    Listing,
    ListingStatus,
    Membership,
    Purchase,
    Refund,
    RefundStatus,
    Review,
    Role,
    SubjectKind,
    Transfer,
    TransferStatus,
    User,
    utc_now,
)
from overskill.services.admin import (
    app_list,
    collections_desk,
    licenses_desk,
    market_desk,
    money_desk,
    people,
    sales_desk,
)
from overskill.services.billing import refunds
from overskill.services.market import collections, reports
from overskill.services.market.moderation import Effects, act, appeal, decide_appeal, is_own
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import make_sale, transfers_of

QUEUE = FakeJobQueue()
WHY = "Because."
LISTING, REVIEW, CREATOR, APP = SubjectKind.LISTING, SubjectKind.REVIEW, SubjectKind.CREATOR, SubjectKind.APP


@dataclass
class Market:
    """What an admin sells, and what they bought of somebody else."""

    session: Session
    seller: User
    listing: Listing
    sale: Purchase  # of the admin's listing
    bought: Purchase  # by the admin
    elsewhere: Listing  # that they bought
    review: Review  # of the admin's listing

    @property
    def creator(self) -> CreatorProfile:
        return self.session.get_one(CreatorProfile, self.listing.creator_id)

    @property
    def transfer(self) -> Transfer:
        return transfers_of(self.session, self.sale)[0]

    def license_of(self, purchase: Purchase) -> License:
        of_it = refunds.buyers_of_each(self.session, [purchase])[purchase.id]
        return self.session.exec(select(License).where(License.holder_id == of_it.pop())).one()


@pytest.fixture
def market(session: Session) -> Market:
    seller = make_user(session, email="seller@example.com", is_admin=True)
    listing, elsewhere = make_listing(session, make_creator(session, seller)), make_listing(session)
    sale, bought = make_sale(session, listing=listing), make_sale(session, listing=elsewhere, buyer=seller)
    review = Review(
        listing_id=listing.id,
        user_id=sale.buyer_id or seller.id,
        license_id=session.exec(select(License).where(License.listing_id == listing.id)).one().id,
        rating=1,
        text="It lost my data",
    )
    listing.rating_sum, listing.rating_count = 1, 1
    session.add_all([review, listing])
    session.flush()
    return Market(session, seller, listing, sale, bought, elsewhere, review)


def wait_for_review(market: Market) -> None:
    market.listing.status, market.listing.release_id = ListingStatus.REVIEW, None


def suspended(market: Market) -> None:
    market.listing.status = ListingStatus.SUSPENDED


def hidden(market: Market) -> None:
    judge(market, None, REVIEW, market.review.id, Act.HIDE)


def taken_down(market: Market) -> None:
    market.session.get_one(App, market.listing.app_id).suspended_at = utc_now()


def held(market: Market) -> None:
    row = market.transfer
    row.status, row.hold_reason, market.creator.hold_reason = TransferStatus.HELD, WHY, WHY


def in_debt(market: Market) -> None:
    row = market.transfer
    row.status, row.sent_amount = TransferStatus.SENT, row.amount
    row.reversed_amount = row.owed_amount = 500


def judge(market: Market, who: UUID | None, kind: SubjectKind, subject_id: UUID, what: Act) -> None:
    effects: Effects = {(APP, Act.RESTORE): lambda *_: None}
    decider = who or make_user(market.session, is_admin=True).id
    act(market.session, decider, kind, subject_id, what, reason=WHY, queue=QUEUE, effects=effects)


def answer_report(market: Market, who: UUID, kind: SubjectKind, subject_id: UUID) -> None:
    told = reports.report(market.session, make_user(market.session).id, kind, subject_id, "misleading", "")
    reports.decide(market.session, who, told.id, is_upheld=kind is REVIEW, answer=WHY, queue=QUEUE)


def answer_appeal(market: Market, who: UUID) -> None:
    judged = make_user(market.session)
    judged.is_admin = True
    row = act(market.session, judged.id, LISTING, market.listing.id, Act.SUSPEND, reason=WHY, queue=QUEUE)
    judged.is_admin = False
    appeal(market.session, market.seller.id, row.id)
    decide_appeal(market.session, who, row.id, is_granted=True, answer=WHY, queue=QUEUE)


def grant_refund(market: Market, who: UUID) -> None:
    row = Refund(purchase_id=market.bought.id, source="sale", amount=100, currency="usd", status=RefundStatus.ASKED)
    market.session.add(row)
    market.session.flush()
    refunds.decide(market.session, who, row.id, is_granted=True, decision=WHY, queue=QUEUE)


def give_back(market: Market, who: UUID) -> None:
    sales_desk.give_back(market.session, who, market.bought.id, "1.00", WHY, queue=QUEUE)


def add_to_collection(market: Market, who: UUID) -> None:
    made = collections.create_collection(market.session, title="Picks", text="", is_shown=True)
    collections_desk.add_item(market.session, who, made.id, market.listing.id)


Deed = Callable[[Market, UUID], object]
NOTHING: Callable[[Market], None] = lambda _: None  # noqa: E731
DEEDS: dict[str, tuple[Callable[[Market], None], Deed]] = {
    "approves": (wait_for_review, lambda m, who: judge(m, who, LISTING, m.listing.id, Act.APPROVE)),
    "restores a listing": (suspended, lambda m, who: judge(m, who, LISTING, m.listing.id, Act.RESTORE)),
    "restores an app": (taken_down, lambda m, who: judge(m, who, APP, m.listing.app_id or m.seller.id, Act.RESTORE)),
    "hides a review": (NOTHING, lambda m, who: judge(m, who, REVIEW, m.review.id, Act.HIDE)),
    "restores a review": (hidden, lambda m, who: judge(m, who, REVIEW, m.review.id, Act.RESTORE)),
    "releases all": (held, lambda m, who: judge(m, who, CREATOR, m.creator.id, Act.RELEASE)),
    "releases one": (held, lambda m, who: money_desk.release_transfer(m.session, who, m.transfer.id, WHY)),
    "forgives": (in_debt, lambda m, who: money_desk.write_off(m.session, who, m.creator.id, "usd", WHY)),
    "answers a report": (NOTHING, lambda m, who: answer_report(m, who, LISTING, m.listing.id)),
    "answers one of a review": (NOTHING, lambda m, who: answer_report(m, who, REVIEW, m.review.id)),
    "answers an appeal": (NOTHING, answer_appeal),
    "picks": (NOTHING, lambda m, who: market_desk.choose_feature(m.session, who, m.listing.id, True)),
    "collects": (NOTHING, add_to_collection),
    "grants a refund": (NOTHING, grant_refund),
    "gives back": (NOTHING, give_back),
    "gives credits": (NOTHING, lambda m, who: people.give_credits(m.session, who, m.seller.id, "5", WHY)),
    "limits a key of theirs": (
        NOTHING,
        lambda m, who: licenses_desk.limit_activations(m.session, who, m.license_of(m.bought).id, "", WHY),
    ),
    "limits a key they sold": (
        NOTHING,
        lambda m, who: licenses_desk.limit_activations(m.session, who, m.license_of(m.sale).id, "1", WHY),
    ),
}


def noted_as_own(session: Session, who: UUID) -> int:
    rows = session.exec(select(AuditEvent).where(AuditEvent.actor_id == who)).all()
    return sum((row.details or {}).get("own") is True for row in rows)


def alone(market: Market) -> None:
    for other in market.session.exec(select(User).where(User.id != market.seller.id)):
        other.is_admin = False
    market.session.flush()


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_one_s_own_is_left_to_another_admin(market: Market, name: str) -> None:
    before, deed = DEEDS[name]
    before(market)
    make_user(market.session, is_admin=True)
    market.session.flush()
    with pytest.raises(NotAllowed, match="Ask another admin"):
        deed(market, market.seller.id)


@pytest.mark.parametrize("name", DEEDS)
def test_the_only_admin_decides_and_the_audit_log_says_that_it_was_their_own(market: Market, name: str) -> None:
    before, deed = DEEDS[name]
    before(market)
    alone(market)
    deed(market, market.seller.id)
    assert noted_as_own(market.session, market.seller.id)


@pytest.mark.parametrize("name", DEEDS)
def test_another_admin_decides_and_nothing_is_noted(market: Market, name: str) -> None:
    before, deed = DEEDS[name]
    before(market)
    other = make_user(market.session, is_admin=True).id
    market.session.flush()
    deed(market, other)
    assert not noted_as_own(market.session, other)


def test_who_is_suspended_or_runs_the_same_team_is_no_other_admin(market: Market) -> None:
    suspended(market)
    away, partner = make_user(market.session, is_admin=True), make_user(market.session, is_admin=True)
    away.suspended_at = utc_now()
    team_id = market.session.get_one(App, market.listing.app_id).team_id
    market.session.add(Membership(team_id=team_id, user_id=partner.id, role=Role.ADMIN))
    market.session.flush()
    judge(market, market.seller.id, LISTING, market.listing.id, Act.RESTORE)
    assert market.listing.status is ListingStatus.PUBLISHED
    assert noted_as_own(market.session, market.seller.id) == 1


def test_who_runs_the_team_of_an_app_is_one_of_its_sellers(market: Market) -> None:
    suspended(market)
    partner, viewer = make_user(market.session, is_admin=True), make_user(market.session, is_admin=True)
    team_id = market.session.get_one(App, market.listing.app_id).team_id
    for who, role in ((partner, Role.ADMIN), (viewer, Role.VIEWER)):
        market.session.add(Membership(team_id=team_id, user_id=who.id, role=role))
    market.session.flush()
    with pytest.raises(NotAllowed):
        judge(market, partner.id, LISTING, market.listing.id, Act.RESTORE)
    judge(market, viewer.id, LISTING, market.listing.id, Act.RESTORE)


def test_what_is_against_oneself_needs_nobody_else(market: Market) -> None:
    make_user(market.session, is_admin=True)
    who, shop = market.seller.id, market.listing
    for kind, subject_id, what in (
        (LISTING, shop.id, Act.SUSPEND),
        (CREATOR, shop.creator_id, Act.HOLD),
        (CREATOR, shop.creator_id, Act.SUSPEND),
    ):
        judge(market, who, kind, subject_id, what)
        assert not is_own(market.session, who, kind, subject_id, what)
    people.give_credits(market.session, who, who, "-1", WHY)
    sales_desk.give_back(market.session, who, market.sale.id, "1.00", WHY, queue=QUEUE)  # to their buyer


def test_a_guest_s_purchase_is_theirs_whose_address_it_has(market: Market) -> None:
    make_user(market.session, is_admin=True)
    market.bought.buyer_id = None
    market.session.flush()
    with pytest.raises(NotAllowed):
        give_back(market, market.seller.id)


def test_the_lists_say_which_rows_another_admin_decides(market: Market) -> None:
    session, who = market.session, market.seller.id
    held(market)
    make_user(session, is_admin=True)
    reports.report(session, make_user(session).id, LISTING, market.listing.id, "spam", "")
    reports.report(session, make_user(session).id, LISTING, market.elsewhere.id, "spam", "")
    session.flush()

    def seen() -> dict[str, list[bool]]:
        found = {
            "listings": market_desk.find_listings(session, who, "Habits"),
            "reports": market_desk.list_reports(session, who),
            "sales": sales_desk.find_sales(session, who, ""),
            "transfers": money_desk.list_transfers(session, who, ""),
            "holds": market_desk.list_holds(session, who),
            "apps": app_list.find_apps(session, who, ""),
            "users": people.find_users(session, who, "seller@"),
            "keys": licenses_desk.licenses_of(session, who, market.bought.id),
            "to add": collections_desk.find_to_add(session, who, ""),
        }
        return {name: sorted(row.is_own for row in rows) for name, rows in found.items()}

    one_of_two = [False, True]
    assert seen() == {
        **dict.fromkeys(("listings", "reports", "sales", "transfers", "apps", "to add"), one_of_two),
        **{name: [True] for name in ("holds", "users", "keys")},
    }
    alone(market)
    assert not any(each for rows in seen().values() for each in rows)
