"""Buying: what is written before the buyer leaves, and where they are sent."""

import pytest
from sqlmodel import select

from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, NotAllowed, SignInRequired, Unavailable
from overskill.models import (
    App,
    Coupon,
    CreatorProfile,
    Listing,
    ListingStatus,
    PriceModel,
    PurchaseItem,
    PurchaseStatus,
    User,
    utc_now,
)
from overskill.services.accounts.passwords import hash_password
from overskill.services.accounts.sessions import Visitor, find_session
from overskill.services.accounts.users import sign_in, sign_up
from overskill.services.billing.checkout import fee_of
from tests.factories import make_user
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    purchases,
    session_id,
    the_purchase,
    what_was_handed_over,
)


async def test_the_purchase_is_there_before_the_buyer_leaves(services: Container) -> None:
    offer, listing = offer_for(1999)
    url = go_to_pay(services, offer, buyer())
    made = the_purchase()
    assert url.startswith(f"{services.settings.site_url}/test-checkout/cs_test_")
    assert (made.status, made.amount, made.fee_amount, made.is_test) == (PurchaseStatus.PENDING, 1999, 199, True)
    assert made.session_id == session_id(url)
    with transaction() as session:
        item = session.exec(select(PurchaseItem)).one()
    assert (item.listing_id, item.amount, item.release_id) == (listing.id, 1999, listing.release_id)


async def test_paying_hands_over_once_and_writes_to_the_buyer(services: Container) -> None:
    offer, _ = offer_for(1999)
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    made = the_purchase()
    assert (made.status, made.total_amount, made.buyer_id) == (PurchaseStatus.PAID, 1999, who.id)
    assert made.charge_id.startswith("ch_")
    assert made.processor_fee == 88
    assert what_was_handed_over() == (1, 1)
    mail = services.mail
    assert isinstance(mail, FakeMail)
    assert [message.to for message in mail.messages] == [who.email]
    assert "$19.99" in mail.messages[0].text
    assert made.receipt_number in mail.messages[0].text


async def test_what_is_free_is_had_at_once_and_counted(services: Container) -> None:
    offer, listing = offer_for(0)
    url = go_to_pay(services, offer, buyer())
    assert "/checkout/done/" in url
    with transaction() as session:
        assert session.get_one(Listing, listing.id).sale_count == 1
    assert the_purchase().status is PurchaseStatus.PAID
    assert what_was_handed_over() == (1, 1)
    assert double(services).untold() == []


async def test_a_code_for_everything_makes_it_free(services: Container) -> None:
    offer, listing = offer_for(1999)
    with transaction() as session:
        coupon = Coupon(creator_id=listing.creator_id, code="ALL", percent=100)
        session.add(coupon)
    go_to_pay(services, offer, buyer(), coupon="all")
    made = the_purchase()
    assert (made.status, made.amount, made.listed_amount, made.coupon_id) == (PurchaseStatus.PAID, 0, 1999, coupon.id)
    with transaction() as session:
        assert session.get_one(Coupon, coupon.id).use_count == 1


async def test_a_guest_gets_an_account_once_they_paid(services: Container) -> None:
    offer, _ = offer_for(500)
    double(services).pay(session_id(go_to_pay(services, offer, email="Grace@Example.com")))
    with transaction() as session:
        assert session.exec(select(User).where(User.email == "grace@example.com")).first() is None
    hear(services)
    with transaction() as session:
        account = session.exec(select(User).where(User.email == "grace@example.com")).one()
    assert (the_purchase().buyer_id, account.password_hash) == (account.id, None)
    mail = services.mail
    assert isinstance(mail, FakeMail)
    assert mail.messages[-1].link.endswith("/reset")


async def test_a_guest_who_has_an_account_buys_into_it(services: Container) -> None:
    offer, _ = offer_for(500)
    account = buyer(email="grace@example.com")
    double(services).pay(session_id(go_to_pay(services, offer, email="grace@example.com")))
    hear(services)
    assert the_purchase().buyer_id == account.id


async def test_nobody_waits_with_a_guests_address_for_what_they_buy(services: Container) -> None:
    """Signing up asks for no proof of an address: what a guest pays must not land with who chose its password."""
    offer, _ = offer_for(500)
    with transaction() as session:
        make_user(session, email="grace@example.com").password_hash = hash_password("somebody else's")
    with pytest.raises(InvalidInput, match="Sign in to buy") as refused:
        go_to_pay(services, offer, email="Grace@example.com")
    assert refused.value.field == "email"
    assert purchases() == []


async def test_who_signs_up_with_a_guests_address_while_they_pay_does_not_get_in(services: Container) -> None:
    offer, _ = offer_for(500)
    url = go_to_pay(services, offer, email="grace@example.com")
    facts = {"name": "Mallory", "email": "grace@example.com", "password": "a password of mine"}
    with transaction() as session:
        token = sign_up(session, **facts, visitor=Visitor())
    double(services).pay(session_id(url))
    hear(services)
    with transaction() as session:
        assert find_session(session, token) is None
        with pytest.raises(InvalidInput):
            sign_in(session, email=facts["email"], password=facts["password"], visitor=Visitor())
    assert the_purchase().status is PurchaseStatus.PAID
    mail = services.mail
    assert isinstance(mail, FakeMail)
    assert (mail.messages[-1].to, mail.messages[-1].link.endswith("/reset")) == ("grace@example.com", True)


async def test_a_guest_signs_in_for_what_is_free(services: Container) -> None:
    offer, _ = offer_for(0)
    with pytest.raises(SignInRequired):
        go_to_pay(services, offer, email="grace@example.com")
    assert purchases() == []


async def test_what_one_has_already_is_refused_kindly(services: Container) -> None:
    offer, _ = offer_for(0)
    who = buyer()
    go_to_pay(services, offer, who)
    with pytest.raises(Conflict, match="You have “Habits” already"):
        go_to_pay(services, offer, who)


async def test_nobody_buys_their_own_app(services: Container) -> None:
    offer, listing = offer_for(500)
    with transaction() as session:
        creator = session.get_one(CreatorProfile, listing.creator_id)
        owner = session.get_one(User, creator.user_id)
    with pytest.raises(NotAllowed):
        go_to_pay(services, offer, owner)


@pytest.mark.parametrize("status", [ListingStatus.SUSPENDED, ListingStatus.WITHDRAWN, ListingStatus.REVIEW])
async def test_only_what_is_published_is_sold(services: Container, status: ListingStatus) -> None:
    offer, listing = offer_for(500)
    with transaction() as session:
        listing.status = status
        session.add(listing)
    with pytest.raises(Conflict, match="not sold any more"):
        go_to_pay(services, offer, buyer())


@pytest.mark.parametrize("what", ["app", "creator", "account"])
async def test_what_is_suspended_in_any_way_is_not_sold(services: Container, what: str) -> None:
    """Also to who has its page open still, or calls the handler with an offer they kept."""
    offer, listing = offer_for(500)
    with transaction() as session:
        creator = session.get_one(CreatorProfile, listing.creator_id)
        suspended: dict[str, App | CreatorProfile | User] = {
            "app": session.get_one(App, listing.app_id),
            "creator": creator,
            "account": session.get_one(User, creator.user_id),
        }
        suspended[what].suspended_at = utc_now()
    with pytest.raises(Conflict, match="not sold any more"):
        go_to_pay(services, offer, buyer())


@pytest.mark.parametrize(
    ("amount", "currency", "says"),
    [
        (1, "usd", r"at least \$0.50"),
        (1, "jpy", "at least ¥50"),
        (100_000_000, "usd", r"\$999,999.99"),
    ],
)
async def test_a_price_that_no_card_can_pay_is_said_so(
    services: Container, amount: int, currency: str, says: str
) -> None:
    offer, _ = offer_for(amount, currency=currency)
    with pytest.raises(InvalidInput, match=says):
        go_to_pay(services, offer, buyer())
    assert purchases() == []


@pytest.mark.parametrize(("amount", "currency"), [(50, "usd"), (99_999_999, "usd"), (500, "jpy")])
async def test_the_smallest_the_largest_and_yen_are_paid_as_they_are(
    services: Container, amount: int, currency: str
) -> None:
    offer, _ = offer_for(amount, currency=currency)
    double(services).pay(session_id(go_to_pay(services, offer, buyer())))
    hear(services)
    made = the_purchase()
    assert (made.status, made.total_amount, made.currency) == (PurchaseStatus.PAID, amount, currency)


async def test_who_may_choose_pays_at_least_the_least(services: Container) -> None:
    offer, _ = offer_for(500, price_model=PriceModel.PAY_WHAT_YOU_WANT)
    who = buyer()
    with pytest.raises(InvalidInput, match=r"at least \$5.00"):
        go_to_pay(services, offer, who, amount=499)
    go_to_pay(services, offer, who, amount=1200)
    assert the_purchase().amount == 1200


async def test_another_payment_page_of_the_same_offer_ends_the_one_before(services: Container) -> None:
    offer, _ = offer_for(500)
    who = buyer()
    first = session_id(go_to_pay(services, offer, who))
    go_to_pay(services, offer, who)
    assert services.payments.session(first).status == "expired"
    assert [each.status for each in purchases()] == [PurchaseStatus.EXPIRED, PurchaseStatus.PENDING]


async def test_what_was_paid_in_another_tab_is_not_sold_again(services: Container) -> None:
    offer, _ = offer_for(500)
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    with pytest.raises(Conflict, match="already"):
        go_to_pay(services, offer, who)
    assert the_purchase().status is PurchaseStatus.PAID


async def test_what_a_bank_is_still_working_on_is_not_sold_again(services: Container) -> None:
    offer, _ = offer_for(500)
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who)), way="bank")
    with pytest.raises(Conflict, match="still working"):
        go_to_pay(services, offer, who)
    assert len(purchases()) == 1


async def test_where_stripe_does_not_answer_nothing_is_left_open(services: Container) -> None:
    offer, _ = offer_for(500)
    services.payments._transport.fail("POST /v1/checkout/sessions", "unreachable")  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        go_to_pay(services, offer, buyer())
    assert the_purchase().status is PurchaseStatus.FAILED


async def test_the_fee_is_rounded_down(services: Container) -> None:
    assert [fee_of(amount, services.settings) for amount in (0, 9, 10, 1999, 99_999_999)] == [0, 0, 1, 199, 9_999_999]
