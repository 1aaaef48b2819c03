"""Offers, coupons and bundles as their creators make them, and pictures as they are shown."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image
from sqlmodel import Session

from overskill.clients.objects import FakeObjectStore
from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound
from overskill.models import App, Bundle, CreatorProfile, LicenseKind, Listing, ListingStatus, Offer, utc_now
from overskill.services.apps.thumbnails import save_thumbnail
from overskill.services.market import media
from overskill.services.market.bundles import bundles_of, choices, end_bundle, make_bundle, view_bundle
from overskill.services.market.coupons import CouponDraft, count_use, end_coupon, list_coupons, make_coupon
from overskill.services.market.desk import view_parts
from overskill.services.market.offers import OfferDraft, list_offers, set_offers
from overskill.services.market.prices import quote
from tests.market_rows import make_creator, make_listing, make_offer


@pytest.fixture
def creator(session: Session) -> CreatorProfile:
    return make_creator(session)


@pytest.fixture
def listing(session: Session, creator: CreatorProfile) -> Listing:
    return make_listing(session, creator)


def picture(colour: str = "red", size: tuple[int, int] = (640, 400)) -> bytes:
    result = io.BytesIO()
    Image.new("RGB", size, colour).save(result, "PNG")
    return result.getvalue()


def test_a_listing_is_sold_with_one_offer_a_licence(session: Session, listing: Listing) -> None:
    drafts = [
        OfferDraft("source", "one_time", "99.50"),
        OfferDraft("copy", "subscription", "5", interval="month"),
        OfferDraft("use", "free"),
    ]
    offers = set_offers(session, listing, "eur", drafts)
    assert [(one.license, one.amount, one.currency) for one in offers] == [
        ("use", 0, "eur"),
        ("copy", 500, "eur"),
        ("source", 9950, "eur"),
    ]
    assert (listing.currency, listing.lowest_amount) == ("eur", 0)


def test_another_limit_is_another_offer_and_the_same_is_the_same(session: Session, listing: Listing) -> None:
    def sell(places: str) -> Offer:
        return set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "10", places=places)])[0]

    unlimited, limited = sell(" "), sell("3")
    assert (unlimited.most_activations, limited.most_activations) == (None, 3)
    assert unlimited.ended_at is not None
    assert sell("3").id == limited.id


@pytest.mark.parametrize("places", ["0", "-1", "1001", "two", "1.5", "\u0663", "9" * 4500])
def test_a_limit_that_no_key_can_have_is_refused(session: Session, listing: Listing, places: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 1,000 places") as refusal:
        set_offers(session, listing, "usd", [OfferDraft("use", "free", places=places)])
    assert refusal.value.field == "use.places"


def test_another_price_is_another_offer_and_the_same_is_the_same(session: Session, listing: Listing) -> None:
    draft, other = OfferDraft("copy", "one_time", "10"), OfferDraft("source", "one_time", "50")
    before = set_offers(session, listing, "usd", [draft, other])
    after = set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "12"), other])
    assert [one.id for one in after] != [one.id for one in before]
    assert after[1].id == before[1].id
    session.refresh(before[0])
    assert before[0].ended_at is not None
    assert before[0].amount == 1000


def test_another_currency_ends_all_offers(session: Session, listing: Listing) -> None:
    (before,) = set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "10")])
    (after,) = set_offers(session, listing, "jpy", [OfferDraft("copy", "one_time", "1000")])
    assert (after.amount, after.currency) == (1000, "jpy")
    session.refresh(before)
    assert before.ended_at is not None


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (OfferDraft("copy", "one_time", "0.01"), "copy.price"),
        (OfferDraft("copy", "one_time", "1000000"), "copy.price"),
        (OfferDraft("copy", "one_time", "-5"), "copy.price"),
        (OfferDraft("copy", "one_time", "five"), "copy.price"),
        (OfferDraft("copy", "one_time", ""), "copy.price"),
        (OfferDraft("use", "subscription", "5", interval="day"), "use.interval"),
        (OfferDraft("copy", "pay_what_you_want", "5", suggested="3"), "copy.suggested"),
        (OfferDraft("theft", "one_time", "5"), "currency"),
    ],
    ids=["a cent", "a million", "below zero", "words", "nothing", "each day", "suggested less", "no such licence"],
)
def test_a_price_that_can_not_be_charged_is_refused_at_its_field(
    session: Session, listing: Listing, draft: OfferDraft, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_offers(session, listing, "usd", [draft])
    assert refusal.value.field == field
    assert list_offers(session, listing.id) == []


def test_the_largest_price_can_be_charged(session: Session, listing: Listing) -> None:
    (offer,) = set_offers(session, listing, "usd", [OfferDraft("copy", "one_time", "999,999.99")])
    assert offer.amount == 99_999_999


def test_yen_have_no_decimals(session: Session, listing: Listing) -> None:
    with pytest.raises(InvalidInput, match="no decimal places"):
        set_offers(session, listing, "jpy", [OfferDraft("copy", "one_time", "10.50")])


def test_a_currency_that_is_not_taken_is_refused(session: Session, listing: Listing) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_offers(session, listing, "xxx", [OfferDraft("copy", "free")])
    assert refusal.value.field == "currency"


def test_a_code_lowers_the_price_until_it_ends(session: Session, listing: Listing) -> None:
    offer = make_offer(session, listing, amount=1000)
    coupon = make_coupon(session, listing, CouponDraft(code="spring-25", percent="25", days="7", most_uses="100"))
    assert quote(session, [offer.id], coupon="SPRING-25", now=utc_now()).amount == 750
    with pytest.raises(InvalidInput, match="already"):
        make_coupon(session, listing, CouponDraft(code="SPRING-25", percent="50"))
    count_use(session, coupon.id)
    session.refresh(coupon)
    assert coupon.use_count == 1
    end_coupon(session, listing, coupon.id)
    with pytest.raises(InvalidInput, match="ended"):
        quote(session, [offer.id], coupon="SPRING-25", now=utc_now() + timedelta(seconds=1))
    assert make_coupon(session, listing, CouponDraft(code="SPRING-25", amount="2")).id == coupon.id
    assert quote(session, [offer.id], coupon="SPRING-25", now=utc_now()).amount == 800


def test_a_launch_discount_is_a_coupon_without_a_code(session: Session, listing: Listing) -> None:
    offer = make_offer(session, listing, amount=1000)
    make_coupon(session, listing, CouponDraft(percent="30"), everywhere=True)
    assert quote(session, [offer.id], now=utc_now()).amount == 700
    assert len(list_coupons(session, listing.creator_id, listing.id)) == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (CouponDraft(code="Ä", percent="10"), "code"),
        (CouponDraft(code="X" * 41, percent="10"), "code"),
        (CouponDraft(code="X", percent="101"), "percent"),
        (CouponDraft(code="X", percent="1.5"), "percent"),
        (CouponDraft(code="X"), "percent"),
        (CouponDraft(code="X", percent="10", days="4000"), "days"),
        (CouponDraft(code="X", percent="10", most_uses="0"), "most_uses"),
    ],
    ids=["letters", "long", "more than all", "a part", "nothing off", "for ever", "never"],
)
def test_a_coupon_that_makes_no_sense_is_refused(
    session: Session, listing: Listing, draft: CouponDraft, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        make_coupon(session, listing, draft)
    assert refusal.value.field == field


def test_nobody_ends_a_coupon_of_somebody_else(session: Session, listing: Listing) -> None:
    theirs = make_coupon(session, make_listing(session), CouponDraft(code="X", percent="10"))
    for coupon_id in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            end_coupon(session, listing, coupon_id)


def two_offers(session: Session, creator: CreatorProfile) -> list[Offer]:
    return [make_offer(session, make_listing(session, creator, title=title), amount=1000) for title in ("One", "Two")]


def test_a_bundle_costs_less_than_its_apps(session: Session, creator: CreatorProfile) -> None:
    offers = two_offers(session, creator)
    ids = [one.id for one in offers]
    bundle = make_bundle(session, creator, title="Both of them", text="", price="15", offer_ids=ids)
    view = view_bundle(session, bundle.slug)
    assert (view.amount, view.apart, view.currency, view.can_be_had) == (1500, 2000, "usd", True)
    assert {item.title for item in view.items} == {"One", "Two"}
    with pytest.raises(InvalidInput, match="a bundle costs less"):
        make_bundle(session, creator, title="Both", text="", price="20.01", offer_ids=ids)
    with pytest.raises(InvalidInput, match="at least"):
        make_bundle(session, creator, title="Both", text="", price="0.01", offer_ids=ids)


def test_a_bundle_has_published_apps_of_its_creator_only(session: Session, creator: CreatorProfile) -> None:
    mine, draft = two_offers(session, creator)
    theirs = make_offer(session, make_listing(session), amount=100)
    session.get_one(Listing, draft.listing_id).status = ListingStatus.DRAFT
    session.flush()
    assert [one.offer_id for one in choices(session, creator.id)] == [mine.id]
    for other in (theirs.id, draft.id, uuid4(), mine.id):
        with pytest.raises(InvalidInput):
            make_bundle(session, creator, title="Both", text="", price="1", offer_ids=[mine.id, other])


@pytest.mark.parametrize("slug", ["", "a\x00b", "a" * 500, "../x"])
def test_there_is_no_bundle_at_an_address_that_can_not_be_one(session: Session, slug: str) -> None:
    with pytest.raises(NotFound):
        view_bundle(session, slug)


def test_another_price_of_one_of_its_apps_ends_a_bundle(session: Session, creator: CreatorProfile) -> None:
    offers = two_offers(session, creator)
    bundle = make_bundle(session, creator, title="Both", text="", price="15", offer_ids=[one.id for one in offers])
    listing = session.get_one(Listing, offers[0].listing_id)
    set_offers(session, listing, "usd", [OfferDraft(LicenseKind.COPY, "one_time", "20")])
    session.expire_all()
    assert session.get_one(Bundle, bundle.id).ended_at is not None
    with pytest.raises(NotFound):
        view_bundle(session, bundle.slug)


def test_nobody_ends_a_bundle_of_somebody_else(session: Session, creator: CreatorProfile) -> None:
    offers = two_offers(session, creator)
    bundle = make_bundle(session, creator, title="Both", text="", price="15", offer_ids=[one.id for one in offers])
    with pytest.raises(NotFound):
        end_bundle(session, make_creator(session), bundle.id)
    end_bundle(session, creator, bundle.id)
    assert bundles_of(session, creator.id) == []


def test_pictures_are_kept_as_webp_and_the_first_is_the_cover(session: Session, listing: Listing) -> None:
    objects = FakeObjectStore()
    first = media.add_picture(session, listing, media.draw(picture("red")), objects, alt="Home")
    second = media.add_picture(session, listing, media.draw(picture("blue")), objects)
    assert listing.cover == first.checksum
    assert objects.get(media.media_key(first.checksum)).startswith(b"RIFF")
    media.order_pictures(session, listing, [second.id, uuid4()])
    assert [one.id for one in media.list_media(session, listing.id)] == [second.id, first.id]
    assert listing.cover == second.checksum
    media.remove_picture(session, listing, second.id, objects)
    assert listing.cover == first.checksum
    with pytest.raises(Conflict, match="already"):
        media.add_picture(session, listing, media.draw(picture("red")), objects)


def test_a_listing_has_at_most_eight_pictures(session: Session, listing: Listing) -> None:
    objects = FakeObjectStore()
    for shade in range(media.MOST_PICTURES):
        media.add_picture(session, listing, media.draw(picture(f"#0000{shade * 30:02x}", (20, 20))), objects)
    with pytest.raises(LimitReached):
        media.add_picture(session, listing, media.draw(picture(size=(20, 20))), objects)


def test_what_is_no_picture_is_refused(session: Session, listing: Listing) -> None:
    for upload in (b"", b"<svg onload=alert(1)>", b"x" * (media.LARGEST_UPLOAD + 1)):
        with pytest.raises(InvalidInput):
            media.add_picture(session, listing, media.draw(upload), FakeObjectStore())


def test_the_apps_own_pictures_come_with_a_click(session: Session, creator: CreatorProfile, listing: Listing) -> None:
    objects = FakeObjectStore()
    app = session.get_one(App, listing.app_id)
    checksum = save_thumbnail(session, app, picture(), objects)
    assert view_parts(session, creator.user_id, listing.slug).own_pictures == [checksum]
    media.add_own_picture(session, creator.user_id, listing, checksum, objects)
    assert len(media.list_media(session, listing.id)) == 1
    with pytest.raises(NotFound):
        media.add_own_picture(session, creator.user_id, listing, "0" * 64, objects)


def test_a_picture_is_public_once_its_listing_is(session: Session, creator: CreatorProfile, listing: Listing) -> None:
    objects = FakeObjectStore()
    checksum = media.add_picture(session, listing, media.draw(picture()), objects).checksum
    assert media.read_media(session, None, checksum, objects)[1] is True
    listing.status = ListingStatus.DRAFT
    session.flush()
    assert media.read_media(session, creator.user_id, checksum, objects)[1] is False
    stranger = make_creator(session)
    for user_id in (None, stranger.user_id):
        with pytest.raises(NotFound):
            media.read_media(session, user_id, checksum, objects)
    for nonsense in ("", "../x", "0" * 64):
        with pytest.raises(NotFound):
            media.read_media(session, None, nonsense, objects)


def test_only_pictures_of_the_listing_are_changed(session: Session, listing: Listing) -> None:
    objects = FakeObjectStore()
    theirs = media.add_picture(session, make_listing(session), media.draw(picture()), objects)
    with pytest.raises(NotFound):
        media.remove_picture(session, listing, theirs.id, objects)
    with pytest.raises(NotFound):
        media.describe_picture(session, listing, theirs.id, "mine")
