import pytest

from overskill import db
from overskill.errors import SignInRequired
from overskill.models import CreatorProfile, utc_now
from overskill.state.creator import CreatorState
from tests.conftest import Tab
from tests.state.market_tab import arrange, join, join_as_creator
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

PAGE = "/creators/ada"


async def test_a_creators_page_shows_who_it_is_and_what_they_offer(tab: Tab) -> None:
    arrange()
    join(tab)
    with counted_queries() as sent:
        await tab.do(CreatorState.load, path=PAGE)

    assert sent.count <= MOST_OF_A_PAGE, sent
    assert tab.seen("creator")[-1].name == "Ada Lovelace"
    assert [card.title for card in tab.seen("listings")[-1]] == ["Habits"]
    assert tab.seen("title")[-1] == "Ada Lovelace · OverSkill"


async def test_ones_own_page_can_be_edited(tab: Tab) -> None:
    join_as_creator(tab, arrange())
    await tab.do(CreatorState.load, path=PAGE)
    assert tab.seen("is_self")[-1] is True


async def test_who_is_suspended_or_unknown_is_not_shown(tab: Tab) -> None:
    await tab.do(CreatorState.load, path="/creators/nobody")
    assert "no creator" in tab.seen("problem")[-1]

    listing = arrange()
    with db.transaction() as session:
        session.get_one(CreatorProfile, listing.creator_id).suspended_at = utc_now()
    await tab.do(CreatorState.load, path=PAGE)
    assert tab.seen("is_gone")[-1] is True


async def test_strangers_sign_in_to_follow(tab: Tab) -> None:
    arrange()
    await tab.do(CreatorState.load, path=PAGE)
    with pytest.raises(SignInRequired):
        await tab.do(CreatorState.toggle_follow, path=PAGE)

    join(tab)
    await tab.do(CreatorState.load, path=PAGE)
    await tab.do(CreatorState.toggle_follow, path=PAGE)
    assert (tab.seen("follows")[-1], tab.seen("followers")[-1]) == (True, 1)
