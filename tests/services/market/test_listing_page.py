from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session

from overskill.errors import NotFound
from overskill.models import (
    Coupon,
    Follow,
    LicenseKind,
    LicenseStatus,
    Listing,
    ListingMedia,
    ListingStatus,
    User,
    utc_now,
)
from overskill.services.accounts.sessions import SignedIn
from overskill.services.market.listing_page import Gone, ListingPage, view_listing
from tests.factories import make_user
from tests.market_rows import make_creator, make_license, make_listing, make_offer, make_purchase
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def seen_by(user: User) -> SignedIn:
    return SignedIn(user.id, uuid4(), user.email, user.name, user.is_admin, has_password=True)


def view(session: Session, listing: Listing, user: User | None = None) -> ListingPage:
    session.flush()
    return view_listing(session, listing.slug, seen_by(user) if user else None, now=utc_now())


def own(session: Session, listing: Listing, *, status: LicenseStatus = LicenseStatus.ACTIVE) -> User:
    buyer = make_user(session)
    _, item = make_purchase(session, buyer, make_offer(session, listing))
    make_license(session, buyer, item).status = status
    return buyer


def test_a_page_is_read_in_six_queries_with_that_of_the_session(session: Session) -> None:
    listing = make_listing(session)
    buyer = own(session, listing)
    for _ in range(3):
        make_listing(session)
    session.flush()
    session.expire_all()
    reader = seen_by(session.merge(buyer))
    slug = listing.slug

    with counted_queries() as sent:
        view_listing(session, slug, reader, now=utc_now())

    assert sent.count <= MOST_OF_A_PAGE - 1, sent


def test_pictures_and_releases_come_in_their_order(session: Session) -> None:
    listing = make_listing(session)
    for position, checksum in ((1, "b" * 64), (0, "a" * 64)):
        session.add(
            ListingMedia(
                listing_id=listing.id, position=position, checksum=checksum, width=1280, height=800, alt="Week"
            )
        )

    page = view(session, listing)

    assert [picture.checksum[0] for picture in page.pictures] == ["a", "b"]
    assert [note.number for note in page.releases] == [1]
    assert page.releases[0].released_at is not None


def test_a_launch_discount_is_part_of_the_price(session: Session) -> None:
    listing = make_listing(session)
    make_offer(session, listing, amount=2000)
    ends = utc_now() + timedelta(days=2)
    session.add(Coupon(creator_id=listing.creator_id, listing_id=listing.id, percent=25, ends_at=ends))

    (offer,) = view(session, listing).offers

    assert (offer.listed, offer.amount, offer.discount_ends_at) == (2000, 1500, ends)


def test_the_smallest_licence_comes_first(session: Session) -> None:
    listing = make_listing(session)
    for kind in (LicenseKind.SOURCE, LicenseKind.USE, LicenseKind.COPY):
        make_offer(session, listing, license=kind, amount=1000)

    assert [offer.license for offer in view(session, listing).offers] == ["use", "copy", "source"]


def test_a_draft_is_seen_by_its_creator_and_by_admins_alone(session: Session) -> None:
    listing = make_listing(session, status=ListingStatus.DRAFT)
    admin = make_user(session, is_admin=True)
    page = view(session, listing, admin)

    assert "draft" in page.notice
    assert not page.can_be_had
    assert view(session, listing, session.get_one(User, page.creator.user_id)).viewing.is_creator
    for stranger in (None, make_user(session)):
        with pytest.raises(NotFound) as refused:
            view(session, listing, stranger)
        assert refused.value.status == 404


def test_a_suspended_listing_is_gone_also_for_who_bought_it(session: Session) -> None:
    listing = make_listing(session, status=ListingStatus.SUSPENDED)
    for visitor in (None, own(session, listing)):
        with pytest.raises(Gone):
            view(session, listing, visitor)


def test_what_a_suspended_creator_made_is_gone(session: Session) -> None:
    creator = make_creator(session)
    creator.suspended_at = utc_now()

    with pytest.raises(Gone) as refused:
        view(session, make_listing(session, creator))

    assert refused.value.status == 410


def test_who_has_a_withdrawn_app_still_sees_its_page(session: Session) -> None:
    listing = make_listing(session, status=ListingStatus.WITHDRAWN)

    page = view(session, listing, own(session, listing))

    assert "keeps it" in page.notice
    assert not page.can_be_had
    with pytest.raises(Gone):
        view(session, listing)


def test_a_licence_that_was_taken_back_owns_nothing(session: Session) -> None:
    listing = make_listing(session)
    viewing = view(session, listing, own(session, listing, status=LicenseStatus.REVOKED)).viewing

    assert (viewing.owned, viewing.may_review) == ((), False)


def test_a_subscription_that_ended_may_still_be_reviewed(session: Session) -> None:
    listing = make_listing(session)
    viewing = view(session, listing, own(session, listing, status=LicenseStatus.EXPIRED)).viewing

    assert (viewing.owned, viewing.may_review) == ((), True)


def test_a_follower_is_known(session: Session) -> None:
    listing, user = make_listing(session), make_user(session)
    session.add(Follow(user_id=user.id, creator_id=listing.creator_id))

    assert view(session, listing, user).viewing.follows
    assert not view(session, listing).viewing.follows


def test_similar_apps_are_of_its_category_and_speak_of_the_same(session: Session) -> None:
    listing, *others = (make_listing(session) for _ in range(3))
    for row, title in zip((listing, *others), ("Habit tracker", "Invoices", "Habit garden"), strict=True):
        row.title = title
    make_listing(session, status=ListingStatus.DRAFT)

    assert [card.title for card in view(session, listing).similar] == ["Habit garden", "Invoices"]


@pytest.mark.parametrize("slug", ["", "no-such-app", "x" * 64, "a\x00b", "..", "ä"])
def test_an_unknown_name_is_not_found(session: Session, slug: str) -> None:
    with pytest.raises(NotFound) as refused:
        view_listing(session, slug, None, now=utc_now())
    assert refused.value.status == 404


def test_a_family_is_shown_and_is_one_more_query(session: Session) -> None:
    listing = make_listing(session)
    remix = make_listing(session, parent=listing)
    make_offer(session, remix, amount=1000)
    session.flush()
    slug = remix.slug
    session.expire_all()

    with counted_queries() as sent:
        page = view_listing(session, slug, None, now=utc_now())

    assert sent.count <= MOST_OF_A_PAGE - 1, sent
    assert [(each.depth, each.slug == slug) for each in page.family] == [(0, False), (1, True)]
    assert view(session, make_listing(session)).family == ()
