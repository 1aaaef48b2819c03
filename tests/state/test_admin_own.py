"""What an admin sells is marked at the desk, and left to another admin; the only one reads that it is noted."""

import pytest

from overskill.db import transaction
from overskill.errors import NotAllowed
from overskill.models import Listing, ListingStatus, User
from overskill.state.admin_decide import DecideState
from overskill.state.admin_market import ListingsState, ReportsState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing
from tests.state.test_admin import sign_in
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def own_listing(user: User) -> Listing:
    with transaction() as session:
        return make_listing(session, make_creator(session, user), status=ListingStatus.SUSPENDED)


def restoring(listing: Listing) -> dict[str, str]:
    return {"kind": "listing", "subject_id": str(listing.id), "act_name": "restore", "name": listing.title}


async def test_one_s_own_listing_is_marked_and_its_dialog_does_not_open(tab: Tab) -> None:
    listing = own_listing(sign_in(tab, is_admin=True))
    with transaction() as session:
        make_user(session, is_admin=True)
    await tab.do(ListingsState.search, form={"q": listing.title})
    assert [row.is_own for row in tab.seen("rows")[-1]] == [True]
    with pytest.raises(NotAllowed, match="Ask another admin"):
        await tab.do(DecideState.ask, **restoring(listing))
    assert True not in tab.seen("is_open")


async def test_the_only_admin_reads_that_the_audit_log_says_whose_it_was(tab: Tab) -> None:
    listing = own_listing(sign_in(tab, is_admin=True))
    await tab.do(ListingsState.search, form={"q": listing.title})
    assert [row.is_own for row in tab.seen("rows")[-1]] == [False]
    await tab.do(DecideState.ask, **restoring(listing))
    assert tab.seen("means")[-1].endswith("the audit log says so.")
    await tab.do(DecideState.decide, form={"reason": "I mended it."})
    with transaction() as session:
        assert session.get_one(Listing, listing.id).status is ListingStatus.PUBLISHED


@pytest.mark.parametrize("view", ["reports", "appeals", "refunds", "holds"])
async def test_what_waits_runs_few_queries(tab: Tab, view: str) -> None:
    sign_in(tab, is_admin=True)
    await tab.do(ReportsState.load)
    with counted_queries() as sent:
        await tab.do(ReportsState.show, view=view)
    assert sent.count <= MOST_OF_A_PAGE, sent
