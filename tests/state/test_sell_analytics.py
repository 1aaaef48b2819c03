"""A creator's figures in a tab."""

from datetime import timedelta

import pytest
from sqlmodel import select

from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import (
    Listing,
    ListingDaily,
    ListingStatus,
    utc_now,
)
from overskill.state.sell_analytics import SellAnalyticsState
from tests.conftest import Tab
from tests.state.selling_tab import join, join_as_stranger
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


async def test_figures_are_shown_by_range(tab: Tab) -> None:
    join(tab, status=ListingStatus.PUBLISHED)
    with counted_queries() as sent:
        await tab.do(SellAnalyticsState.load, path="/sell/analytics")
    assert len(tab.seen("visits")[-1]) == 30
    assert sent.count <= MOST_OF_A_PAGE, sent
    await tab.do(SellAnalyticsState.show_days, path="/sell/analytics", days="7")
    assert len(tab.seen("visits")[-1]) == 7
    await tab.do(SellAnalyticsState.show_days, path="/sell/analytics", days="8")
    assert len(tab.seen("visits")[-1]) == 7


async def test_a_year_is_a_point_each_week_and_leaves_no_day_out(tab: Tab) -> None:
    join(tab, status=ListingStatus.PUBLISHED)
    today = utc_now().date()
    with transaction() as session:
        listing_id = session.exec(select(Listing.id)).one()
        for day in (0, 6, 7, 364):
            session.add(ListingDaily(listing_id=listing_id, day=today - timedelta(days=day), views=1))
    await tab.do(SellAnalyticsState.load, path="/sell/analytics")
    await tab.do(SellAnalyticsState.show_days, path="/sell/analytics", days="365")
    visits = tab.seen("visits")[-1]
    assert (len(visits), [row["views"] for row in visits if row["views"]]) == (53, [1, 1, 2])


async def test_figures_of_somebody_else_are_not_shown(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    join_as_stranger(tab)
    with pytest.raises(NotFound):
        await tab.do(SellAnalyticsState.show_listing, path="/sell/analytics", slug=path.split("/")[2])
