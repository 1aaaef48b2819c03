"""Bundles in a tab: made, seen by everybody, ended by their creator."""

import pytest
from sqlmodel import col, select

from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import (
    Bundle,
    CreatorProfile,
)
from overskill.state.bundle import BundleState
from overskill.state.sell_bundles import SellBundlesState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.state.selling_tab import join, join_as_stranger, sign_in


async def test_a_bundle_is_made_seen_by_everybody_and_ended_by_its_creator(tab: Tab) -> None:
    with transaction() as session:
        user = make_user(session)
        creator = make_creator(session, user)
        for title in ("One", "Two"):
            make_offer(session, make_listing(session, creator, title=title), amount=1000)
    sign_in(tab, user)
    await tab.do(SellBundlesState.load, path="/sell/bundles")
    chosen = {f"offer-{row.id}": True for row in tab.seen("choices")[-1]}
    form = {"title": "Both", "text": "", "price": "15"} | chosen
    await tab.do(SellBundlesState.load, path="/sell/bundles")
    assert tab.seen("saved") == []  # a tab that comes back keeps what is typed
    await tab.do(SellBundlesState.make, path="/sell/bundles", form=form)
    (row,) = tab.seen("bundles")[-1]
    join_as_stranger(tab)
    await tab.do(BundleState.load, path=f"/bundles/{row.slug}")
    assert (tab.seen("amount")[-1], tab.seen("apart")[-1]) == (1500, 2000)
    with pytest.raises(NotFound):
        await tab.do(SellBundlesState.end, path="/sell/bundles", bundle_id=row.id)
    sign_in(tab, user)
    await tab.do(SellBundlesState.end, path="/sell/bundles", bundle_id=row.id)
    with transaction() as session:
        assert session.exec(select(Bundle).where(col(Bundle.ended_at).is_(None))).all() == []
    await tab.do(BundleState.load, path=f"/bundles/{row.slug}")
    assert tab.seen("is_missing")[-1] is True


async def test_a_bundle_says_what_its_apps_cost_apart(tab: Tab) -> None:
    join(tab)
    with transaction() as session:
        creator = session.exec(select(CreatorProfile)).one()
        sold = [make_listing(session, creator) for _ in range(2)]
        offers = [str(make_offer(session, one, amount=1200).id) for one in sold]
    await tab.do(SellBundlesState.load, path="/sell/bundles")
    for offer in offers:
        await tab.do(SellBundlesState.choose, path="/sell/bundles", offer_id=offer, is_chosen=True)
    assert tab.seen("apart_words")[-1] == "2 apps: apart they cost $24.00."
    await tab.do(SellBundlesState.choose, path="/sell/bundles", offer_id=offers[0], is_chosen=False)
    assert tab.seen("apart_words")[-1] == "1 app: apart it costs $12.00."
