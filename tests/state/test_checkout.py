"""Back from paying."""

from typing import Any

import pytest
from sqlmodel import select

from overskill.container import Container
from overskill.db import transaction
from overskill.models import Install, InstallStatus, PurchaseStatus, User, utc_now
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.billing.purchase_progress import view_progress
from overskill.state.checkout import CheckoutDoneState
from tests.conftest import Tab
from tests.factories import make_user
from tests.services.billing.shopping import (
    buyer,
    double,
    go_to_pay,
    hear,
    offer_for,
    session_id,
    the_purchase,
)
from tests.support_waiting import until

STATE = CheckoutDoneState


async def come_back(tab: Tab, url: str, who: User | None = None) -> Any:
    if who is not None:
        with transaction() as session:
            tab.cookie = f"{COOKIE}={open_session(session, who.id, Visitor())}"
    return await tab.fire(STATE.load, path="/checkout/done" + url.partition("/checkout/done")[2])


def last(tab: Tab, var: str) -> Any:
    values = tab.seen(var)
    return values[-1] if values else None


def done_url(services: Container, url: str) -> str:
    """Where Stripe sends back."""
    _, session = double(services).answer("GET", f"/v1/checkout/sessions/{session_id(url)}", {})
    return str(session["success_url"])


def installs_are(status: InstallStatus, url: str = "") -> None:
    with transaction() as session:
        for install in session.exec(select(Install)):
            install.status, install.url, install.live_at = status, url, utc_now()
            session.add(install)


async def test_who_comes_back_paid_need_not_wait_for_stripe_to_tell(services: Container, tab: Tab) -> None:
    offer, _ = offer_for(1999)
    who = buyer()
    url = go_to_pay(services, offer, who)
    back = done_url(services, url)
    double(services).pay(session_id(url))
    assert the_purchase().status is PurchaseStatus.PENDING
    await come_back(tab, back, who)
    await until(lambda: the_purchase().status is PurchaseStatus.PAID)
    installs_are(InstallStatus.LIVE, "http://habits.apps.localhost")
    services.progress.ring(f"purchase:{the_purchase().id}")
    await until(lambda: last(tab, "is_ready") is True)
    (row,) = last(tab, "rows")
    assert (row.title, row.address) == ("Habits", "habits.apps.localhost")


async def test_a_guest_sees_it_by_the_link_they_came_back_with(services: Container, tab: Tab) -> None:
    offer, _ = offer_for(500)
    url = go_to_pay(services, offer, email="grace@example.com")
    back = done_url(services, url)
    double(services).pay(session_id(url))
    hear(services)
    installs_are(InstallStatus.LIVE)
    await (await come_back(tab, back)).wait_all()
    assert (last(tab, "status"), last(tab, "needs_password")) == ("paid", True)


@pytest.mark.parametrize("claim", ["", "forged"])
async def test_nobody_else_sees_a_purchase(services: Container, tab: Tab, claim: str) -> None:
    offer, _ = offer_for(0)
    url = go_to_pay(services, offer, buyer())
    with transaction() as session:
        stranger = make_user(session)
    await come_back(tab, url.partition("?")[0] + f"?claim={claim}", stranger)
    await until(lambda: last(tab, "is_missing") is True)
    assert last(tab, "rows") in ([], None)


async def test_an_address_that_is_no_purchase_is_said_so(services: Container, tab: Tab) -> None:
    await come_back(tab, f"{services.settings.site_url}/checkout/done/nonsense?claim=x")
    await until(lambda: last(tab, "is_missing") is True)


async def test_what_was_never_paid_is_over(services: Container, tab: Tab) -> None:
    offer, _ = offer_for(500)
    who = buyer()
    url = go_to_pay(services, offer, who)
    back = done_url(services, url)
    services.payments.expire_session(session_id(url))
    hear(services)
    await (await come_back(tab, back, who)).wait_all()
    assert last(tab, "status") == "unpaid"


async def test_it_is_over_once_every_app_is_there(services: Container) -> None:
    offer, _ = offer_for(0)
    who = buyer()
    go_to_pay(services, offer, who)
    made = the_purchase()
    seen = []
    for status in (InstallStatus.COPYING, InstallStatus.LIVE):
        installs_are(status)
        with transaction() as session:
            seen.append(view_progress(session, made.id, user_id=who.id, claim="").is_final)
    assert seen == [False, True]
