"""What things cost: one discount counts, nothing goes below zero, and nobody is asked for what can't be charged."""

import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session

from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import Bundle, BundleItem, Coupon, Listing, Offer, PriceModel, utc_now
from overskill.services.market.prices import check_amount, discount_of, quote, quote_bundle, quote_each
from tests.market_rows import make_creator, make_listing, make_offer

NOW = utc_now()


@pytest.fixture
def listing(session: Session) -> Listing:
    return make_listing(session)


@pytest.fixture
def offer(session: Session, listing: Listing) -> Offer:
    return make_offer(session, listing, amount=2000)


def add_coupon(session: Session, listing: Listing, *, everywhere: bool = False, **facts: Any) -> Coupon:
    listing_id = None if everywhere else listing.id
    started = {"starts_at": NOW - timedelta(days=1)}
    coupon = Coupon(creator_id=listing.creator_id, listing_id=listing_id, **(started | facts))
    session.add(coupon)
    session.flush()
    return coupon


def test_without_a_discount_an_offer_costs_what_it_is_listed_at(session: Session, offer: Offer) -> None:
    price = quote(session, [offer.id], now=NOW)
    assert (price.listed, price.discount, price.amount, price.currency) == (2000, 0, 2000, "usd")
    assert price.coupon_id is None


def test_a_launch_discount_needs_no_code(session: Session, listing: Listing, offer: Offer) -> None:
    launch = add_coupon(session, listing, percent=25)
    price = quote(session, [offer.id], now=NOW)
    assert (price.discount, price.amount, price.coupon_id) == (500, 1500, launch.id)


def test_a_code_is_taken_however_it_is_typed(session: Session, listing: Listing, offer: Offer) -> None:
    add_coupon(session, listing, code="SPRING", amount=300, currency="usd", everywhere=True)
    assert quote(session, [offer.id], coupon=" spring ", now=NOW).amount == 1700


def test_only_the_best_discount_counts(session: Session, listing: Listing, offer: Offer) -> None:
    launch = add_coupon(session, listing, percent=50)
    add_coupon(session, listing, code="TEN", percent=10)
    price = quote(session, [offer.id], coupon="TEN", now=NOW)
    assert (price.amount, price.coupon_id) == (1000, launch.id)


def test_a_discount_of_more_than_the_price_makes_it_free(session: Session, listing: Listing, offer: Offer) -> None:
    add_coupon(session, listing, code="ALL", amount=5000, currency="usd")
    price = quote(session, [offer.id], coupon="ALL", now=NOW)
    assert (price.discount, price.amount) == (2000, 0)


def test_a_price_is_never_one_that_can_not_be_charged(session: Session, listing: Listing, offer: Offer) -> None:
    add_coupon(session, listing, code="MOST", percent=99)
    assert quote(session, [offer.id], coupon="MOST", now=NOW).amount == 50


@pytest.mark.parametrize(
    ("percent", "listed", "off"), [(33, 100, 33), (50, 25, 13), (50, 1, 1), (10, 4, 0), (100, 99_999_999, 99_999_999)]
)
def test_a_percentage_is_rounded_to_the_smallest_unit(percent: int, listed: int, off: int) -> None:
    assert discount_of(Coupon(creator_id=uuid4(), percent=percent), listed, "jpy") == off


@pytest.mark.parametrize(
    "facts",
    [
        {"ended_at": NOW},
        {"ends_at": NOW},
        {"starts_at": NOW + timedelta(hours=1)},
        {"most_uses": 3, "use_count": 3},
    ],
    ids=["ended", "over", "not yet", "used up"],
)
def test_a_code_that_does_not_count_is_refused_with_the_reason(
    session: Session, listing: Listing, offer: Offer, facts: dict[str, Any]
) -> None:
    add_coupon(session, listing, code="LATE", percent=10, **facts)
    with pytest.raises(InvalidInput, match="That code") as refusal:
        quote(session, [offer.id], coupon="LATE", now=NOW)
    assert refusal.value.field == "coupon"


def test_a_launch_discount_that_is_over_is_forgotten(session: Session, listing: Listing, offer: Offer) -> None:
    add_coupon(session, listing, percent=10, ends_at=NOW)
    assert quote(session, [offer.id], now=NOW).amount == 2000


def test_a_code_of_another_creator_listing_or_currency_is_none(
    session: Session, listing: Listing, offer: Offer
) -> None:
    add_coupon(session, make_listing(session), code="THEIRS", percent=90, everywhere=True)
    add_coupon(session, listing, code="EURO", amount=100, currency="eur")
    for code in ("THEIRS", "EURO", "NONE"):
        with pytest.raises(InvalidInput):
            quote(session, [offer.id], coupon=code, now=NOW)


def test_who_pays_what_they_want_pays_the_least_or_more(session: Session, listing: Listing) -> None:
    offer = make_offer(session, listing, amount=500, price_model=PriceModel.PAY_WHAT_YOU_WANT)
    offer.suggested_amount = 1500
    add_coupon(session, listing, percent=50)
    assert quote(session, [offer.id], now=NOW).amount == 1500
    assert quote(session, [offer.id], amount=700, now=NOW).amount == 700
    with pytest.raises(InvalidInput, match=r"at least \$5\.00"):
        quote(session, [offer.id], amount=499, now=NOW)


def test_what_somebody_would_pay_does_not_change_a_price_that_is_fixed(session: Session, offer: Offer) -> None:
    assert quote(session, [offer.id], amount=1, now=NOW).amount == 2000


@pytest.mark.parametrize("amount", [1, 49, -1, 100_000_000])
def test_an_amount_that_can_not_be_charged_is_refused(amount: int) -> None:
    with pytest.raises(InvalidInput):
        check_amount(amount, "usd")


@pytest.mark.parametrize(("amount", "currency"), [(0, "usd"), (50, "usd"), (99_999_999, "usd"), (50, "jpy")])
def test_an_amount_that_can_be_charged_is_taken(amount: int, currency: str) -> None:
    check_amount(amount, currency)


def test_several_offers_share_a_discount_to_the_last_cent(session: Session) -> None:
    creator = make_creator(session)
    listings = [make_listing(session, creator, title=f"App{number}") for number in range(3)]
    ids = [make_offer(session, listing, amount=333).id for listing in listings]
    add_coupon(session, listings[0], code="ODD", amount=100, currency="usd", everywhere=True)
    price = quote(session, ids, coupon="ODD", now=NOW)
    assert price.amount == 899 == sum(line.amount for line in price.lines)
    assert [line.offer_id for line in price.lines] == ids


def test_offers_of_two_creators_are_not_paid_together(session: Session, offer: Offer) -> None:
    other = make_offer(session, make_listing(session), amount=100)
    with pytest.raises(InvalidInput, match="together"):
        quote(session, [offer.id, other.id], now=NOW)


def test_an_offer_that_ended_or_never_was_can_not_be_had(session: Session, offer: Offer) -> None:
    with pytest.raises(NotFound):
        quote(session, [uuid4()], now=NOW)
    offer.ended_at = NOW
    session.flush()
    with pytest.raises(Conflict, match="ended"):
        quote(session, [offer.id], now=NOW)


def test_each_offer_of_a_listing_has_its_own_price(session: Session, listing: Listing, offer: Offer) -> None:
    free = make_offer(session, listing, license="use")
    add_coupon(session, listing, percent=10)
    prices = quote_each(session, [offer.id, free.id], now=NOW)
    assert (prices[offer.id].amount, prices[free.id].amount) == (1800, 0)


def test_a_bundle_costs_what_it_says_and_each_app_its_part(session: Session) -> None:
    creator = make_creator(session)
    offers = [make_offer(session, make_listing(session, creator), amount=amount) for amount in (1000, 3000)]
    bundle = Bundle(creator_id=creator.id, slug="both", title="Both", amount=3001, currency="usd")
    session.add(bundle)
    session.flush()
    session.add_all(BundleItem(bundle_id=bundle.id, offer_id=offer.id) for offer in offers)
    session.flush()
    price = quote_bundle(session, bundle.id)
    assert (price.listed, price.discount, price.amount) == (4000, 999, 3001)
    assert sorted(line.amount for line in price.lines) == [750, 2251]


def test_whatever_the_discounts_a_price_is_between_nothing_and_what_is_listed(session: Session) -> None:
    chance = random.Random(6)  # noqa: S311
    creator = make_creator(session)
    listings = [make_listing(session, creator, title=f"App{number}") for number in range(3)]
    ids = [make_offer(session, one, amount=chance.choice([0, 50, 999, 99_999_999 // 3])).id for one in listings]
    for number in range(25):
        percent = chance.randint(0, 1) * chance.randint(1, 100)
        facts = {"percent": percent} if percent else {"amount": chance.randint(1, 10_000), "currency": "usd"}
        add_coupon(session, chance.choice(listings), code=f"C{number}", everywhere=chance.random() < 0.5, **facts)
    for number in range(25):
        try:
            price = quote(session, ids, coupon=f"C{number}", now=NOW)
        except InvalidInput:
            continue
        assert 0 <= price.amount <= price.listed
        assert price.listed - price.discount == price.amount == sum(line.amount for line in price.lines)
        assert all(0 <= line.amount <= line.listed for line in price.lines)
        assert price.amount == 0 or price.amount >= 50
