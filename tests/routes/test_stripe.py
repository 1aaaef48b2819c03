"""What Stripe tells us, and the pages that stand for its own in test mode."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import orjson
import pytest
from sqlmodel import select

from overskill import container
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import Purchase, PurchaseStatus, WebhookEvent
from tests.factories import make_user
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
    what_was_handed_over,
)


def kept() -> list[str]:
    with transaction() as session:
        return list(session.exec(select(WebhookEvent.kind).where(WebhookEvent.source == "stripe")))


async def deliver(client: httpx.AsyncClient, body: bytes, signature: str) -> httpx.Response:
    return await client.post("/webhooks/stripe", content=body, headers={"stripe-signature": signature})


async def test_a_delivery_leads_to_a_paid_purchase(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(500)
    stripe = double(services)
    stripe.pay(session_id(go_to_pay(services, offer, buyer())))
    for event in stripe.untold():
        assert (await deliver(client, *stripe.signed(event))).status_code == 202
    run_payment_jobs(services)
    assert the_purchase().status is PurchaseStatus.PAID


async def test_the_same_delivery_is_kept_once(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(500)
    stripe = double(services)
    stripe.pay(session_id(go_to_pay(services, offer, buyer())))
    (event,) = [each for each in stripe.untold() if each["type"] == "checkout.session.completed"]
    for _again in range(3):
        await deliver(client, *stripe.signed(event))
        run_payment_jobs(services)
    assert kept() == ["checkout.session.completed"]
    assert what_was_handed_over() == (1, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body, signature: (body.replace(b"500", b"900"), signature),
        lambda body, signature: (body, signature[:-4] + "0000"),
        lambda body, _: (body, ""),
        lambda body, _: (b"\xff\xfe", "t=1,v1=00"),
    ],
    ids=["another body", "another signature", "no signature", "no text"],
)
async def test_what_is_forged_is_refused(client: httpx.AsyncClient, services: Container, spoil: object) -> None:
    offer, _ = offer_for(500)
    stripe = double(services)
    stripe.pay(session_id(go_to_pay(services, offer, buyer())))
    assert callable(spoil)
    answer = await deliver(client, *spoil(*stripe.signed(stripe.untold()[-1])))
    assert answer.status_code == 403
    assert kept() == []


async def test_a_delivery_of_ten_minutes_ago_is_refused(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(500)
    stripe = double(services)
    stripe.pay(session_id(go_to_pay(services, offer, buyer())))
    late = stripe.signed(stripe.untold()[-1], at=datetime.now(UTC) - timedelta(minutes=10))
    assert (await deliver(client, *late)).status_code == 403
    assert kept() == []


async def test_both_secrets_are_taken_and_no_third(client: httpx.AsyncClient, services: Container) -> None:
    facts = {
        "STRIPE_SECRET_KEY": "sk_test_1",
        "STRIPE_WEBHOOK_SECRET": "whsec_a",
        "STRIPE_CONNECT_WEBHOOK_SECRET": "whsec_b",
    }
    settings = Settings.model_validate({"OVERSKILL_HOME": services.settings.home, **facts})
    container.install(replace(services, payments=StripePayments(settings)))
    event = {"id": "evt_1", "type": "account.updated", "created": 1, "data": {"object": {"id": "acct_1"}}}
    answers = []
    for secret in ("whsec_a", "whsec_b", "whsec_c"):
        stripe = double(services)
        stripe.store.save({"webhook secret": orjson.dumps(secret)})
        answers.append((await deliver(client, *stripe.signed(event))).status_code)
    assert answers == [202, 202, 403]


async def test_a_buyer_pays_on_our_own_page(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    address = f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}"
    page = await client.get(address)
    assert "Test mode" in page.text
    assert "Pay $19.99" in page.text
    answer = await client.post(address, data={"way": "card", "country": "DE"})
    assert answer.status_code == 303
    assert f"/checkout/done/{the_purchase().id}?claim=" in answer.headers["location"]
    run_payment_jobs(services)
    made = the_purchase()
    assert (made.status, made.country) == (PurchaseStatus.PAID, "DE")


async def test_browsers_send_the_payment_page_with_where_it_came_from(
    client: httpx.AsyncClient, services: Container
) -> None:
    """Told to keep that to themselves they send it from nowhere, which our check of origins refuses."""
    offer, _ = offer_for(1999)
    page = await client.get(f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}")
    assert page.headers["referrer-policy"] == "same-origin"


async def test_a_declined_card_is_said_and_another_may_be_tried(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    address = f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}"
    answer = await client.post(address, data={"way": "declined"})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert "Your card was declined" in (await client.get(address)).text
    run_payment_jobs(services)
    made = the_purchase()
    assert (made.status, made.error) == (PurchaseStatus.PENDING, "Your card was declined. Try another one.")
    await client.post(address, data={"way": "card"})
    run_payment_jobs(services)
    assert (the_purchase().status, the_purchase().error) == (PurchaseStatus.PAID, "")


async def test_a_bank_may_take_days(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    address = f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}"
    await client.post(address, data={"way": "bank"})
    run_payment_jobs(services)
    assert the_purchase().status is PurchaseStatus.PENDING
    assert "The bank is working on it" in (await client.get(address)).text
    await client.post(address, data={"way": "settled"})
    run_payment_jobs(services)
    assert the_purchase().status is PurchaseStatus.PAID


async def test_a_bank_may_refuse_days_later(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    address = f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}"
    await client.post(address, data={"way": "bank"})
    await client.post(address, data={"way": "bounced"})
    run_payment_jobs(services)
    made = the_purchase()
    assert (made.status, made.error) == (PurchaseStatus.FAILED, "The bank refused the debit.")


@pytest.mark.parametrize("address", ["/test-checkout/cs_test_no", "/test-onboarding/no"])
async def test_there_is_no_page_for_what_nobody_made(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(address)).status_code == 404
    assert (await client.post(address, data={"way": "card"})).status_code == 404


async def test_with_a_key_there_are_no_test_pages(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    address = f"/test-checkout/{session_id(go_to_pay(services, offer, buyer()))}"
    real = Settings.model_validate(
        {"OVERSKILL_HOME": services.settings.home, "STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRET": "whsec_a"}
    )
    container.install(replace(services, payments=StripePayments(real)))
    assert (await client.post(address, data={"way": "card"})).status_code == 404


async def test_a_creator_sets_payouts_up(client: httpx.AsyncClient, services: Container) -> None:
    stripe = services.payments
    account = stripe.create_account(email="c@example.com", country="US", reference="x", key="k")
    urls = {"return_url": "http://localhost/sell/earnings", "refresh_url": "http://localhost/sell/earnings"}
    link = httpx.URL(stripe.onboarding_link(account.id, **urls)).path
    assert "Set up your payouts" in (await client.get(link)).text
    answer = await client.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "http://localhost/sell/earnings")
    assert stripe.account(account.id).payouts_enabled
    dashboard = httpx.URL(stripe.dashboard_link(account.id)).path
    assert "Your account" in (await client.get(dashboard)).text


async def test_a_receipt_is_its_buyers_alone(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    address = f"/receipts/{the_purchase().id}"
    stranger = await client.get(address)
    assert (stranger.status_code, stranger.headers["location"]) == (303, f"/sign-in?next={address}")
    with transaction() as session:
        sign_in(client, session, make_user(session))
    assert (await client.get(address)).status_code == 404
    with transaction() as session:
        sign_in(client, session, who)
    page = await client.get(address)
    assert page.status_code == 200
    assert all(words in page.text for words in ("$19.99", "Habits", the_purchase().receipt_number, "Test mode"))


async def test_a_receipt_has_its_amounts_as_its_readers_browser_prefers(
    client: httpx.AsyncClient, services: Container
) -> None:
    offer, _ = offer_for(123_456, currency="eur")
    who = buyer()
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    with transaction() as session:
        sign_in(client, session, who)
    for accepted, words in (
        ("de-DE,en;q=0.5", "1.234,56\N{NO-BREAK SPACE}€"),
        ("en-US", "€1,234.56"),
        ("", "€1,234.56"),
    ):
        page = await client.get(f"/receipts/{the_purchase().id}", headers={"accept-language": accepted})
        assert words in page.text


async def test_there_is_no_receipt_of_what_was_not_paid(client: httpx.AsyncClient, services: Container) -> None:
    offer, _ = offer_for(1999)
    who = buyer()
    go_to_pay(services, offer, who)
    with transaction() as session:
        sign_in(client, session, who)
        purchase = session.exec(select(Purchase)).one()
    assert (await client.get(f"/receipts/{purchase.id}")).status_code == 404
