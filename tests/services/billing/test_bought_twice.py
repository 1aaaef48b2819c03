"""Bought twice, or by more than a code is good for: nobody pays for what they have, nor with what is used up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import run, transaction
from overskill.errors import Conflict, InvalidInput
from overskill.models import Coupon, LicenseKind, Listing, PriceModel, PurchaseStatus, User, utc_now
from overskill.services.billing.purchases import settle
from tests.market_rows import make_offer
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    purchases,
    run_money_jobs,
    session_id,
    what_was_handed_over,
)


async def test_a_guest_who_has_it_already_gets_their_money_back_and_reads_why(services: Container) -> None:
    offer, listing = offer_for(1999)
    who = buyer(email="ada@example.com")
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    double(services).pay(session_id(go_to_pay(services, offer, email="ada@example.com")))
    hear(services)
    run_money_jobs(services)
    first, second = purchases()
    assert (first.status, second.status, second.refunded_amount) == (PurchaseStatus.PAID, PurchaseStatus.REFUNDED, 1999)
    assert what_was_handed_over() == (1, 1)
    assert isinstance(services.mail, FakeMail)
    told = services.mail.messages[-1]
    assert (told.to, told.subject) == ("ada@example.com", "$19.99 is on its way back to you")
    assert "You have this already" in told.text
    assert [message.subject for message in services.mail.messages].count("Your receipt for Habits") == 1
    with transaction() as session:
        assert session.get_one(Listing, listing.id).sale_count == 1


@pytest.mark.parametrize("kind", list(LicenseKind))
async def test_a_guests_second_subscription_to_the_same_is_ended_and_paid_back(
    services: Container, kind: LicenseKind
) -> None:
    offer, _ = offer_for(500, price_model=PriceModel.SUBSCRIPTION, interval="month")
    with transaction() as session:
        offer.license = kind
        session.add(offer)
    ids = []
    for _ in range(2):
        paid = double(services).pay(session_id(go_to_pay(services, offer, email="guest@example.com")))
        ids.append(paid["subscription"])
        hear(services)
        run_money_jobs(services)
    assert [services.payments.subscription(each).status for each in ids] == ["active", "canceled"]
    assert [each.status for each in purchases()] == [PurchaseStatus.PAID, PurchaseStatus.REFUNDED]
    assert what_was_handed_over() == (1, 1)


async def test_a_guest_who_has_less_than_what_they_buy_gets_it(services: Container) -> None:
    small, listing = offer_for(500)
    with transaction() as session:
        small.license = LicenseKind.USE
        session.add(small)
        large = make_offer(session, session.get_one(Listing, listing.id), license=LicenseKind.COPY, amount=900)
    for offer in (small, large):
        double(services).pay(session_id(go_to_pay(services, offer, email="guest@example.com")))
        hear(services)
    assert [each.status for each in purchases()] == [PurchaseStatus.PAID, PurchaseStatus.PAID]
    assert what_was_handed_over() == (2, 2)


async def test_paid_in_two_tabs_at_once_it_is_handed_over_once(services: Container) -> None:
    offer, _ = offer_for(1999)
    for _ in range(2):
        double(services).pay(session_id(go_to_pay(services, offer, email="guest@example.com")))
    settle_each = [
        partial(run, settle, each.id, payments=services.payments, queue=services.queue) for each in purchases()
    ]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(each) for each in settle_each]:
            done.result()
    run_money_jobs(services)
    assert sorted(each.status for each in purchases()) == [PurchaseStatus.PAID, PurchaseStatus.REFUNDED]
    assert what_was_handed_over() == (1, 1)


def limited_coupon(listing: Listing, *, code: str = "HALF", percent: int = 50) -> Coupon:
    with transaction() as session:
        coupon = Coupon(creator_id=listing.creator_id, listing_id=listing.id, code=code, percent=percent, most_uses=1)
        session.add(coupon)
    return coupon


async def test_the_last_use_of_a_code_is_that_of_who_pays_with_it(services: Container) -> None:
    offer, listing = offer_for(2000)
    coupon = limited_coupon(listing)
    first = session_id(go_to_pay(services, offer, buyer(), coupon="half"))
    with pytest.raises(InvalidInput, match="last of it") as refused:
        go_to_pay(services, offer, buyer(), coupon="half")
    assert refused.value.field == "coupon"
    double(services).pay(first)
    hear(services)
    with pytest.raises(InvalidInput, match="used as often"):
        go_to_pay(services, offer, buyer(), coupon="half")
    with transaction() as session:
        assert session.get_one(Coupon, coupon.id).use_count == 1


async def test_a_code_that_nobody_paid_with_is_free_again_after_half_an_hour(services: Container) -> None:
    offer, listing = offer_for(2000)
    limited_coupon(listing)
    go_to_pay(services, offer, buyer(), coupon="half")
    double(services).now = lambda: utc_now() + timedelta(minutes=36)
    double(services).pass_time()
    hear(services)
    double(services).now = utc_now
    assert "/test-checkout/" in go_to_pay(services, offer, buyer(), coupon="half")


async def test_of_many_at_once_only_as_many_pay_with_a_code_as_it_has_uses(services: Container) -> None:
    offer, listing = offer_for(2000)
    limited_coupon(listing)
    people = [buyer() for _ in range(6)]

    def go(who: User) -> bool:
        try:
            double(services).pay(session_id(go_to_pay(services, offer, who, coupon="half")))
        except InvalidInput:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(go, people)) == 1


async def test_a_launch_discount_that_ran_out_meanwhile_is_said_before_anybody_pays(services: Container) -> None:
    offer, listing = offer_for(2000)
    limited_coupon(listing, code="")
    go_to_pay(services, offer, buyer())
    with pytest.raises(Conflict, match="Reload the page"):
        go_to_pay(services, offer, buyer())
