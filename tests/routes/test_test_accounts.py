"""Stripe's pages about accounts, as test mode has them: a creator's account, a buyer's card and subscriptions."""

from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from overskill.container import Container
from overskill.db import transaction
from overskill.models import CreatorProfile, PriceModel, Purchase, User
from overskill.services.billing import onboarding
from overskill.state.earnings import _account_words, _wanted_words
from tests.factories import make_user
from tests.market_rows import make_creator
from tests.routes.conftest import sign_in
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    run_payment_jobs,
    session_id,
    the_purchase,
)


async def begin(client: httpx.AsyncClient, services: Container) -> tuple[CreatorProfile, str]:
    """A creator, and the link by which they set up their payouts."""
    with transaction() as session:
        creator = make_creator(session)
        creator.country = "US"
        user = session.get_one(User, creator.user_id)
        sign_in(client, session, user)
    url = onboarding.begin(creator.user_id, payments=services.payments, site_url="http://localhost")
    return creator, urlsplit(url).path


@pytest.mark.parametrize(
    ("wish", "account", "wanted"),
    [
        ("agree", "ready", ""),
        ("document", "wanted", "a document that shows who you are"),
        ("look", "looked-at", ""),
        ("refuse", "refused", ""),
    ],
)
async def test_what_stripe_makes_of_an_account_is_said(
    client: httpx.AsyncClient, services: Container, wish: str, account: str, wanted: str
) -> None:
    creator, address = await begin(client, services)
    assert "Set up your payouts" in (await client.get(address)).text
    answer = await client.post(address, data={"wish": wish})
    assert answer.headers["location"].endswith("/sell/onboarding/done")
    run_payment_jobs(services)
    with transaction() as session:
        seen = session.get_one(CreatorProfile, creator.id)
        assert (_account_words(seen), _wanted_words(seen.requirements)) == (account, wanted)


async def test_who_left_half_way_goes_on_with_another_link(client: httpx.AsyncClient, services: Container) -> None:
    creator, address = await begin(client, services)
    at = double(services).now() + timedelta(minutes=6)
    double(services).now = lambda: at
    answer = await client.get(address)
    assert (answer.status_code, "ask for another one" in answer.text) == (404, True)
    url = onboarding.begin(creator.user_id, payments=services.payments, site_url="http://localhost")
    assert (await client.get(urlsplit(url).path)).status_code == 200
    with transaction() as session:
        seen = session.get_one(CreatorProfile, creator.id)
        assert (seen.account_id != "", _account_words(seen)) == (True, "begun")


async def subscribed(client: httpx.AsyncClient, services: Container) -> Purchase:
    who = buyer()
    offer, _ = offer_for(500, price_model=PriceModel.SUBSCRIPTION, interval="month")
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    with transaction() as session:
        sign_in(client, session, who)
    hear(services)
    return the_purchase()


async def test_a_buyer_changes_the_card_and_lets_the_next_payment_come(
    client: httpx.AsyncClient, services: Container
) -> None:
    purchase = await subscribed(client, services)
    answer = await client.get(f"/library/payment/{purchase.id}")
    address = urlsplit(answer.headers["location"]).path
    assert "The next payment is on" in (await client.get(address)).text
    facts = {"subscription": purchase.subscription_id}
    await client.post(address, data={"wish": "declines"})
    await client.post(address, data={"wish": "renew", **facts})
    assert "The payment is late." in (await client.get(address)).text
    await client.post(address, data={"wish": "works"})
    page = (await client.get(address)).text
    assert (page.count(", paid<"), ", declined<" in page) == (2, False)
    await client.post(address, data={"wish": "stop", **facts})
    assert "It ends on" in (await client.get(address)).text
    await client.post(address, data={"wish": "go on", **facts})
    assert "The next payment is on" in (await client.get(address)).text


async def test_a_portal_changes_nobody_elses_subscription(client: httpx.AsyncClient, services: Container) -> None:
    purchase = await subscribed(client, services)
    link = services.payments.portal_link(purchase.customer_id, return_url="http://localhost/library")
    await client.post(urlsplit(link).path, data={"wish": "stop", "subscription": "sub_of_somebody_else"})
    assert not services.payments.subscription(purchase.subscription_id).ends_at_period_end


async def test_only_its_buyer_gets_to_where_a_card_is_changed(client: httpx.AsyncClient, services: Container) -> None:
    purchase = await subscribed(client, services)
    with transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get(f"/library/payment/{purchase.id}")).status_code == 404
    client.cookies.clear()
    assert (await client.get(f"/library/payment/{purchase.id}")).headers["location"] == "/sign-in?next=%2Flibrary"


async def test_what_was_paid_or_is_over_is_said_on_the_payment_page(
    client: httpx.AsyncClient, services: Container
) -> None:
    offer, _ = offer_for(1999)
    address = f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}"
    for _ in range(2):
        await client.post(address, data={"way": "card"})
        answer = await client.get(address)
        assert (answer.status_code, "This was paid already, once" in answer.text) == (200, True)
    offer, _ = offer_for(900, title="Another")
    key = session_id(go_to_pay(services, offer, buyer()))
    services.payments.expire_session(key)
    answer = await client.get(f"/test-checkout/{key}")
    assert (answer.status_code, "Nothing was paid on it" in answer.text) == (410, True)
