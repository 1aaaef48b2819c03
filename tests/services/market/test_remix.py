"""Who may sell a copy, what a remix owes, and to whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, LimitReached, NotAllowed
from overskill.models import (
    App,
    CreatorProfile,
    LicenseKind,
    LicenseStatus,
    Listing,
    ListingStatus,
    Offer,
    Purchase,
    RemixTerms,
    User,
)
from overskill.services.apps.branching import branch_app
from overskill.services.billing.standing import restate
from overskill.services.market.licenses import revoke
from overskill.services.market.listings import relist, withdraw
from overskill.services.market.releases import make_release
from overskill.services.market.remix import MOST_DEPTH, agree, check_may_sell, check_share, family, find_origin, split
from overskill.services.market.rights import take_off_sale
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_install, make_license, make_listing, make_offer, make_purchase


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    with transaction() as session:
        yield session


@dataclass
class Copy:
    buyer: User
    creator: CreatorProfile
    app: App


def buy(session: Session, listing: Listing, kind: LicenseKind = LicenseKind.COPY) -> Copy:
    """Somebody else's copy of it."""
    buyer = make_user(session)
    offer = session.exec(select(Offer).where(Offer.listing_id == listing.id)).first()
    _, item = make_purchase(session, buyer, offer or make_offer(session, listing, license=kind))
    app = make_app(session, buyer, versions=1)
    make_install(session, buyer, make_license(session, buyer, item), app)
    return Copy(buyer, make_creator(session, buyer), app)


def remix(session: Session, listing: Listing, services: Container, *, share: int = 2000) -> Listing:
    """A copy of it, listed again by its buyer."""
    copy = buy(session, listing)
    made = make_listing(session, copy.creator, app=copy.app, allows_remix=True, remix_share=share)
    agree(session, copy.buyer.id, made, settings=services.settings)
    return made


def test_an_app_of_ones_own_has_no_origin_and_may_be_sold(session: Session) -> None:
    assert check_may_sell(session, make_app(session, make_user(session))) is None


def test_a_copy_is_not_sold_without_leave(session: Session) -> None:
    copy = buy(session, make_listing(session, title="Streaks"))
    with pytest.raises(NotAllowed, match="began as a copy of “Streaks”"):
        check_may_sell(session, copy.app)


def test_neither_is_a_branch_of_a_copy(session: Session) -> None:
    copy = buy(session, make_listing(session))
    branch = branch_app(session, copy.buyer.id, copy.app.slug, 1)
    with pytest.raises(NotAllowed):
        check_may_sell(session, branch)


def test_with_the_source_licence_it_is_sold_and_nothing_is_owed(session: Session, services: Container) -> None:
    original = make_listing(session)
    copy = buy(session, original, LicenseKind.SOURCE)
    listing = make_listing(session, copy.creator, app=copy.app)
    assert agree(session, copy.buyer.id, listing, settings=services.settings) is None
    assert listing.parent_id == original.id
    assert split(session, listing, settings=services.settings) == []


def test_a_licence_that_was_revoked_allows_nothing(session: Session) -> None:
    copy = buy(session, make_listing(session, allows_remix=True))
    origin = find_origin(session, copy.app.id)
    assert origin is not None
    origin.license.status = LicenseStatus.REVOKED
    session.add(origin.license)
    with pytest.raises(NotAllowed):
        check_may_sell(session, copy.app)


def test_a_remix_owes_what_was_agreed_whatever_is_asked_for_later(session: Session, services: Container) -> None:
    original = make_listing(session, allows_remix=True, remix_share=2500)
    made = remix(session, original, services)
    original.remix_share = 5000
    session.add(original)
    agree(session, made.creator_id, made, settings=services.settings)
    [owed] = split(session, made, settings=services.settings)
    assert owed == {"creator_id": str(original.creator_id), "listing_id": str(original.id), "share": 2500}


def test_a_remix_of_a_remix_shares_up_the_chain_and_its_parent_passes_on(session: Session, services: Container) -> None:
    original = make_listing(session, allows_remix=True, remix_share=2000)
    first = remix(session, original, services, share=5000)
    second = remix(session, first, services)
    owed = split(session, second, settings=services.settings)
    assert [(one["listing_id"], one["share"]) for one in owed] == [(str(first.id), 4000), (str(original.id), 1000)]


def test_generations_above_an_app_are_counted_and_bounded(session: Session, services: Container) -> None:
    listing = make_listing(session, allows_remix=True, remix_share=1000)
    for _ in range(MOST_DEPTH):
        listing = remix(session, listing, services)
    assert session.get_one(RemixTerms, listing.id).depth == MOST_DEPTH
    with pytest.raises(LimitReached):
        remix(session, listing, services)


def test_terms_that_were_changed_behind_our_back_sell_nothing(session: Session, services: Container) -> None:
    made = remix(session, make_listing(session, allows_remix=True, remix_share=2500), services)
    terms = session.get_one(RemixTerms, made.id)
    terms.share = 1
    session.add(terms)
    session.flush()
    with pytest.raises(Conflict, match="not what was agreed"):
        split(session, made, settings=services.settings)


def test_terms_are_still_the_signed_ones_when_they_are_read_again(session: Session, services: Container) -> None:
    made = remix(session, make_listing(session, allows_remix=True, remix_share=2500), services)
    session.flush()
    session.expire_all()
    assert split(session, made, settings=services.settings)


def test_a_family_is_seen_from_each_of_its_members(session: Session, services: Container) -> None:
    original = make_listing(session, allows_remix=True, remix_share=1000)
    first, second = remix(session, original, services), remix(session, original, services)
    third = remix(session, first, services)
    for member in (original, third):
        found = family(session, member)
        assert [one.depth for one in found] == [0, 1, 1, 2]
        assert {one.id for one in found} == {original.id, first.id, second.id, third.id}
    assert found[-1].share == 2000


def test_a_listing_alone_has_no_family(session: Session) -> None:
    assert family(session, make_listing(session)) == []


@pytest.mark.parametrize("share", [-1, 5001])
def test_a_share_that_nobody_may_ask_for_is_refused(share: int) -> None:
    with pytest.raises(InvalidInput):
        check_share(share)


def test_what_was_made_of_a_copy_goes_off_sale_with_its_licence(services: Container, work: Callable[[], int]) -> None:
    """And what was made of a branch of it; its seller reads why, on their desk and by mail."""
    with transaction() as session:
        original = make_listing(session, title="Streaks", allows_remix=True)
        copy = buy(session, original)
        branch = branch_app(session, copy.buyer.id, copy.app.slug, 1)
        made = [make_listing(session, copy.creator, app=app, parent=original) for app in (copy.app, branch)]
        origin = find_origin(session, branch.id)
        assert origin is not None
        take_off_sale(session, revoke(session, origin.license, "Refunded"), queue=services.queue)
        assert [listing.status for listing in made] == [ListingStatus.WITHDRAWN] * 2
        assert "“Streaks”, whose licence has ended" in made[0].status_reason
        with pytest.raises(NotAllowed, match="began as a copy"):
            relist(session, made[0])
    work()
    mail = services.mail
    assert isinstance(mail, FakeMail)
    told = [message.subject for message in mail.messages if message.to == copy.buyer.email]
    assert told == [f"{made[0].title} is not sold any more"] * 2


def test_a_copy_of_a_remix_stands_on_its_own_licence(session: Session, services: Container) -> None:
    original = make_listing(session, allows_remix=True)
    copy = buy(session, original)
    first = make_listing(session, copy.creator, app=copy.app, allows_remix=True)
    second_copy = buy(session, first)
    second_copy.app.origin_id = copy.app.id
    second = make_listing(session, second_copy.creator, app=second_copy.app)
    session.flush()
    origin = find_origin(session, copy.app.id)
    assert origin is not None
    gone = take_off_sale(session, revoke(session, origin.license, "Refunded"), queue=services.queue)
    assert [listing.id for listing in gone] == [first.id]
    assert second.status is ListingStatus.PUBLISHED


def test_a_source_licence_that_was_given_back_sells_nothing(session: Session, services: Container) -> None:
    copy = buy(session, make_listing(session), LicenseKind.SOURCE)
    waiting = make_listing(session, copy.creator, app=copy.app, status=ListingStatus.REVIEW)
    origin = find_origin(session, copy.app.id)
    assert origin is not None
    take_off_sale(session, revoke(session, origin.license, "Refunded"), queue=services.queue)
    assert waiting.status is ListingStatus.DRAFT


def test_who_left_the_team_sells_nothing_more_of_its_app(session: Session, services: Container) -> None:
    """What they sold stays listed; another version, or listing it again, is not theirs to decide."""
    listing = make_listing(session)
    app = session.get_one(App, listing.app_id)
    app.team_id = make_app(session, make_user(session)).team_id
    session.flush()
    with pytest.raises(NotAllowed, match="this app's team"):
        make_release(session, listing, notes="", queue=services.queue, version=1)
    withdraw(session, listing)
    with pytest.raises(NotAllowed, match="this app's team"):
        relist(session, listing)


def test_a_refund_takes_what_was_made_of_the_copy_off_sale(session: Session, services: Container) -> None:
    original = make_listing(session, allows_remix=True)
    make_offer(session, original, amount=900)
    copy = buy(session, original)
    made = make_listing(session, copy.creator, app=copy.app, parent=original)
    purchase = session.exec(select(Purchase).where(Purchase.buyer_id == copy.buyer.id)).one()
    purchase.refunded_amount = purchase.total_amount
    restate(session, purchase, queue=services.queue)
    assert made.status is ListingStatus.WITHDRAWN
