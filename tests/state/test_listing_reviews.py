from uuid import uuid4

import pytest

from overskill import db
from overskill.errors import NotAllowed, NotFound, SignInRequired
from overskill.models import Review
from overskill.state.listing import ListingState
from overskill.state.listing_reviews import ListingReviews
from tests.conftest import Tab
from tests.state.market_tab import arrange, do, join, join_as_buyer, join_as_creator


async def review(tab: Tab, stars: int = 4, text: str = "It works.") -> str:
    """By somebody who has it. Returns its id."""
    listing = arrange()
    join_as_buyer(tab, listing)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingReviews.begin, listing)
    await do(tab, ListingReviews.choose_stars, listing, stars=stars)
    await do(tab, ListingReviews.write, listing, form={"title": "Good", "text": text})
    tab.listing = listing  # type: ignore[attr-defined]  # for what follows
    return str(tab.seen("reviews")[-1][0].id)


async def test_a_buyer_writes_a_review_and_changes_it(tab: Tab) -> None:
    listing = arrange()
    join_as_buyer(tab, listing)
    await do(tab, ListingState.load, listing)
    assert tab.seen("may_review")[-1] is True
    for stars in (4, 5):
        await do(tab, ListingReviews.begin, listing)
        await do(tab, ListingReviews.choose_stars, listing, stars=stars)
        await do(tab, ListingReviews.write, listing, form={"title": "Good", "text": "It works."})

    (card,) = tab.seen("reviews")[-1]
    assert (card.rating, card.author, card.is_mine) == (5, "Bob S.", True)
    assert (tab.seen("rating")[-1], tab.seen("rating_count")[-1]) == (5.0, 1)
    assert [bar.count for bar in tab.seen("bars")[-1]] == [1, 0, 0, 0, 0]
    await do(tab, ListingReviews.delete, listing)
    assert tab.seen("reviews")[-1] == []


async def test_stars_stay_chosen_however_the_form_was_closed_and_go_with_the_review(tab: Tab) -> None:
    listing = arrange()
    join_as_buyer(tab, listing)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingReviews.begin, listing)
    await do(tab, ListingReviews.choose_stars, listing, stars=3)
    await do(tab, ListingReviews.close, listing)
    await do(tab, ListingReviews.begin, listing)
    await do(tab, ListingReviews.write, listing, form={"text": "It works."})
    assert tab.seen("reviews")[-1][0].rating == 3

    await do(tab, ListingReviews.delete, listing)
    await do(tab, ListingReviews.begin, listing)
    assert tab.seen("stars")[-1] == 0


async def test_a_review_needs_stars(tab: Tab) -> None:
    listing = arrange()
    join_as_buyer(tab, listing)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingReviews.write, listing, form={"text": "It works."})

    assert tab.seen("refused")[-1] == "rating"


async def test_who_does_not_have_it_writes_none_whatever_the_page_sends(tab: Tab) -> None:
    listing = arrange()
    await do(tab, ListingState.load, listing)
    with pytest.raises(SignInRequired):
        await do(tab, ListingReviews.write, listing, form={"text": "It works."})

    join(tab)
    await do(tab, ListingReviews.choose_stars, listing, stars=1)
    with pytest.raises(NotAllowed):
        await do(tab, ListingReviews.write, listing, form={"text": "Buy mine."})


async def test_a_reader_finds_a_review_helpful_and_takes_it_back(tab: Tab) -> None:
    review_id = await review(tab)
    listing = tab.listing  # type: ignore[attr-defined]
    join(tab)
    await do(tab, ListingState.load, listing)
    for expected in ((1, True), (0, False)):
        await do(tab, ListingReviews.toggle_helpful, listing, review_id=review_id)
        (card,) = tab.seen("reviews")[-1]
        assert (card.helpful, card.is_helpful) == expected

    with pytest.raises(NotFound):
        await do(tab, ListingReviews.toggle_helpful, listing, review_id=str(uuid4()))


async def test_the_creator_answers_a_review_and_nobody_else_does(tab: Tab) -> None:
    review_id = await review(tab)
    listing = tab.listing  # type: ignore[attr-defined]
    await do(tab, ListingReviews.begin_answer, listing, review_id=review_id)
    with pytest.raises(NotFound):
        await do(tab, ListingReviews.answer, listing, form={"reply": "I wrote this."})

    join_as_creator(tab, listing)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingReviews.begin_answer, listing, review_id=review_id)
    await do(tab, ListingReviews.answer, listing, form={"reply": "Thank you."})
    assert tab.seen("reviews")[-1][0].reply == "Thank you."


async def test_the_order_is_chosen(tab: Tab) -> None:
    await review(tab)
    listing = tab.listing  # type: ignore[attr-defined]
    await do(tab, ListingReviews.sort_by, listing, sort="new")
    assert tab.seen("sort")[-1] == "new"
    await do(tab, ListingReviews.sort_by, listing, sort="; drop table reviews")
    assert tab.seen("sort")[-1] == "helpful"
    with db.transaction() as session:
        assert session.get(Review, tab.seen("reviews")[-1][0].id) is not None
