"""What a buyer decides about a subscription."""

from datetime import timedelta
from uuid import uuid4

import pytest

from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, NotFound
from overskill.models import LicenseStatus, PriceModel, Purchase, User
from overskill.services.billing import renewals
from overskill.services.market.library import LibraryEntry, list_library
from tests.services.billing.shopping import buyer, double, go_to_pay, hear, offer_for, session_id, the_purchase


def subscribe(services: Container, who: User) -> Purchase:
    offer, _ = offer_for(500, price_model=PriceModel.SUBSCRIPTION, interval="month")
    double(services).pay(session_id(go_to_pay(services, offer, who)))
    hear(services)
    return the_purchase()


def shown(who: User) -> LibraryEntry:
    with transaction() as session:
        (entry,) = list_library(session, who.id)
        return entry


async def test_who_ended_a_subscription_is_not_charged_again_and_may_go_on(services: Container) -> None:
    who = buyer()
    purchase = subscribe(services, who)
    renewals.stop(who.id, purchase.id, payments=services.payments)
    assert services.payments.subscription(purchase.subscription_id).ends_at_period_end
    assert (shown(who).interval, shown(who).is_ending, shown(who).is_valid) == ("month", True, True)
    hear(services)
    assert shown(who).is_ending
    renewals.go_on(who.id, purchase.id, payments=services.payments)
    renewals.stop(who.id, purchase.id, payments=services.payments)
    assert services.payments.subscription(purchase.subscription_id).ends_at_period_end
    renewals.go_on(who.id, purchase.id, payments=services.payments)
    assert not shown(who).is_ending


async def test_what_was_ended_on_stripes_page_is_known(services: Container) -> None:
    who = buyer()
    purchase = subscribe(services, who)
    services.payments.end_subscription(purchase.subscription_id, at_once=False, key="portal")
    hear(services)
    assert shown(who).is_ending


async def test_what_is_over_does_not_go_on(services: Container) -> None:
    who = buyer()
    purchase = subscribe(services, who)
    double(services).end_subscription(purchase.subscription_id)
    hear(services)
    with pytest.raises(Conflict, match="is over"):
        renewals.go_on(who.id, purchase.id, payments=services.payments)
    assert not shown(who).is_ending


async def test_only_its_buyer_decides(services: Container) -> None:
    purchase = subscribe(services, buyer())
    for who, key in ((buyer().id, purchase.id), (purchase.buyer_id, uuid4())):
        assert who is not None
        with pytest.raises(NotFound):
            renewals.stop(who, key, payments=services.payments)
        with pytest.raises(NotFound):
            renewals.payment_page(who, key, payments=services.payments, site_url="http://localhost")


async def test_with_another_card_a_late_payment_is_made_and_it_goes_on(services: Container) -> None:
    who, stripe = buyer(), double(services)
    purchase = subscribe(services, who)
    stripe.change_card(purchase.customer_id, works=False)
    stripe.renew(purchase.subscription_id)
    hear(services)
    late = shown(who).license
    assert late is not None
    assert late.status is LicenseStatus.GRACE
    before = late.expires_at
    stripe.change_card(purchase.customer_id, works=True)
    hear(services)
    paid = shown(who).license
    assert paid is not None
    assert before is not None
    assert (paid.status, paid.expires_at) == (LicenseStatus.ACTIVE, before + timedelta(days=30))
