"""The news in a tab: what those whom one follows published, and its dot."""

import pytest

from overskill import db
from overskill.errors import SignInRequired
from overskill.models import CreatorProfile, User
from overskill.services.market.follows import follow
from overskill.services.market.news import view_news
from overskill.state.news import NewsState
from overskill.state.session import SessionState
from tests.conftest import Tab
from tests.market_rows import make_listing
from tests.state.market_tab import arrange, join
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


def follow_ada(tab: Tab) -> User:
    """She publishes something afterwards."""
    listing = arrange()
    user = join(tab)
    with db.transaction() as session:
        follow(session, user.id, "ada")
    with db.transaction() as session:
        make_listing(session, session.get_one(CreatorProfile, listing.creator_id), title="Plants")
    return user


async def test_the_dot_is_there_until_the_news_were_looked_at(tab: Tab) -> None:
    follow_ada(tab)
    await tab.do(SessionState.load)
    with counted_queries() as opened:
        await tab.do(NewsState.load, path="/news")

    assert tab.seen("has_news") == [True, False]
    [rows] = tab.seen("news")
    assert [(row.creator, row.title, row.is_unseen) for row in rows] == [("Ada Lovelace", "Plants", True)]
    assert opened.count <= MOST_OF_A_PAGE, opened


async def test_strangers_are_asked_to_sign_in_and_have_no_dot(tab: Tab) -> None:
    await tab.do(SessionState.load)
    with pytest.raises(SignInRequired):
        await tab.do(NewsState.load, path="/news")

    assert not any(tab.seen("has_news"))


async def test_each_kind_of_mail_is_switched_off_on_its_own(tab: Tab) -> None:
    user = follow_ada(tab)
    await tab.do(NewsState.load, path="/news")
    await tab.do(NewsState.want_updates, wanted=False)

    with db.transaction() as session:
        page = view_news(session, user.id)
    assert (page.mails_news, page.mails_updates) == (True, False)


async def test_mails_are_chosen_by_who_is_signed_in_alone(tab: Tab) -> None:
    with pytest.raises(SignInRequired):
        await tab.do(NewsState.want_news, wanted=False)
