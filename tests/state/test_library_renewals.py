"""A subscription in the library: when it renews, that it is late, and that it ends."""

import pytest

from overskill import db
from overskill.container import Container
from overskill.errors import NotFound
from overskill.models import PriceModel, Purchase, User
from overskill.state.library import LibraryState
from overskill.state.library_rows import LibraryRow
from tests.conftest import Tab
from tests.factories import make_user
from tests.services.billing.shopping import double, go_to_pay, hear, offer_for, session_id, the_purchase
from tests.state.test_library import Work, sign_in_as


@pytest.fixture
def purchase(services: Container, tab: Tab, work: Work) -> Purchase:
    """Of who is signed in: five dollars each month. It is installed: nothing is watched any more."""
    with db.transaction() as session:
        user = make_user(session)
    offer, _ = offer_for(500, price_model=PriceModel.SUBSCRIPTION, interval="month")
    double(services).pay(session_id(go_to_pay(services, offer, user)))
    hear(services)
    work()
    sign_in_as(tab, user)
    return the_purchase()


async def seen(tab: Tab) -> LibraryRow:
    await tab.do(LibraryState.load)
    row: LibraryRow = tab.seen("rows")[-1][0]
    return row


async def test_it_renews_until_it_is_cancelled_and_again_after_a_change_of_mind(tab: Tab, purchase: Purchase) -> None:
    row = await seen(tab)
    assert (row.renewal, row.interval, row.renews_at != "") == ("renews", "month", True)
    await tab.do(LibraryState.choose, question="stop", item_id=row.id)
    await tab.do(LibraryState.stop_renewing)
    assert (await seen(tab)).renewal == "ends"
    await tab.do(LibraryState.go_on_renewing, purchase_id=row.purchase_id)
    assert (await seen(tab)).renewal == "renews"


async def test_a_late_payment_is_shown_with_the_day_it_works_until(
    services: Container, tab: Tab, purchase: Purchase
) -> None:
    double(services).renew(purchase.subscription_id, is_paid=False)
    hear(services)
    row = await seen(tab)
    assert (row.renewal, row.badge) == ("late", "Payment is late")
    assert row.served_until > row.renews_at


async def test_what_is_over_is_not_renewed(services: Container, tab: Tab, purchase: Purchase) -> None:
    double(services).end_subscription(purchase.subscription_id)
    hear(services)
    row = await seen(tab)
    assert (row.renewal, row.badge, row.group) == ("", "Ended", "ended")


async def test_nobody_else_ends_it(tab: Tab, purchase: Purchase) -> None:
    with db.transaction() as session:
        stranger: User = make_user(session)
    sign_in_as(tab, stranger)
    with pytest.raises(NotFound):
        await tab.do(LibraryState.go_on_renewing, purchase_id=str(purchase.id))
