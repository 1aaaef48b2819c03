"""A creator's desk in a tab: begun, written, priced and submitted; and never somebody else's."""

import json
import re
from typing import Any

import pytest
from sqlmodel import select

from overskill.db import transaction
from overskill.errors import InvalidInput, NotFound, SignInRequired
from overskill.models import (
    Coupon,
    CreatorProfile,
    Listing,
    ListingMedia,
    ListingStatus,
    Offer,
    Release,
)
from overskill.services.market.coupons import CouponDraft, make_coupon
from overskill.state.sell import SellState
from overskill.state.sell_listing import SellListingState
from overskill.state.sell_profile import ProfileState
from overskill.state.sell_release import SellReleaseState
from overskill.state.sell_terms import SellTermsState
from tests.conftest import Tab
from tests.factories import make_app, make_user
from tests.state.selling_tab import LONG, PICTURE, fill, join, join_as_stranger, listing, sign_in
from tests.support_queries import MOST_OF_A_PAGE, counted_queries


async def test_who_never_sold_begins_with_a_page_of_their_own(tab: Tab) -> None:
    with transaction() as session:
        user = make_user(session)
        make_app(session, user, slug="habits", versions=1)
    sign_in(tab, user)
    await tab.do(SellState.load, path="/sell", params={"app": "habits"})
    assert tab.seen("is_creator")[-1:] != [True]
    assert tab.seen("username")[-1] == "ada-lovelace"
    await tab.do(SellState.become, path="/sell", form={"name": "Ada", "username": "admin"})
    assert tab.seen("refused")[-1] == "username"
    await tab.do(SellState.become, path="/sell", form={"name": "Ada", "username": "ada"})
    assert tab.seen("is_creator")[-1] is True
    assert [app.slug for app in tab.seen("apps")[-1]] == ["habits"]
    await tab.do(SellState.begin, path="/sell", app_slug="habits")
    assert f"/sell/{listing().slug}" in str(tab.events)


async def test_the_desk_says_what_each_listing_brought(tab: Tab) -> None:
    join(tab, status=ListingStatus.PUBLISHED)
    with counted_queries() as sent:
        await tab.do(SellState.load, path="/sell")
    (row,) = tab.seen("listings")[-1]
    assert (row.title, row.status_words, row.conversion) == ("Habits", "Published", "–")
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_what_passed_and_waits_for_somebody_is_not_called_being_checked(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.REVIEW)
    with transaction() as session:
        session.exec(select(Listing)).one().status_reason = "It looks like another listing. Somebody looks at it."
    await tab.do(SellReleaseState.open, path=path)
    await tab.do(SellState.load, path="/sell")
    assert (tab.seen("status_words")[-1], tab.seen("listings")[-1][0].status_words) == ("With the staff",) * 2


async def test_a_word_is_saved_when_its_field_is_left(tab: Tab) -> None:
    path = join(tab)
    keep = SellListingState.keep_word
    await tab.do(keep, path=path, name="tagline", value="  Streaks that   stick ", stamp="a1")
    assert (listing().tagline, tab.seen("answered")[-1]["tagline"]) == ("Streaks that stick", "a1")
    await tab.do(keep, path=path, name="title", value="x" * 81, stamp="b2")
    assert (tab.seen("refused")[-1], tab.seen("answered")[-1]["title"]) == ("words.title", "b2")
    assert listing().title == "Habits"


async def test_another_field_that_is_saved_takes_no_refusal_away(tab: Tab) -> None:
    path = join(tab)
    await tab.do(SellListingState.keep_word, path=path, name="title", value="x" * 81)
    await tab.do(SellListingState.keep_word, path=path, name="tagline", value="Streaks that stick")
    assert (tab.seen("refused")[-1], listing().tagline) == ("words.title", "Streaks that stick")
    await tab.do(SellListingState.keep_word, path=path, name="title", value="Habits, kept")
    assert tab.seen("refused")[-1] == ""


async def test_a_tab_that_comes_back_stays_at_its_step(tab: Tab) -> None:
    path = join(tab)
    await tab.do(SellReleaseState.open, path=path)
    await tab.do(SellListingState.show_step, path=path, step="price")
    await tab.do(SellReleaseState.open, path=path)
    assert tab.seen("step")[-1] == "price"


async def test_another_address_leads_to_the_desk_there(tab: Tab) -> None:
    path = join(tab)
    with transaction() as session:
        row = session.exec(select(Listing)).one()
        row.published_at = None
        session.add(row)
    await tab.do(SellListingState.keep_word, path=path, name="slug", value="streaks")
    assert "/sell/streaks" in str(tab.events)
    assert listing().slug == "streaks"


async def test_only_words_can_be_changed_as_words(tab: Tab) -> None:
    path = join(tab)
    with pytest.raises(InvalidInput):
        await tab.do(SellListingState.keep_word, path=path, name="status", value="published")
    assert listing().status is ListingStatus.DRAFT


async def test_prices_are_saved_or_refused_at_their_field(tab: Tab) -> None:
    path = join(tab)
    form = {"currency": "usd", "copy_model": "one_time", "copy_price": "0.01", "refund_days": "30"}
    await tab.do(SellTermsState.save_prices, path=path, form=form)
    assert tab.seen("refused")[-1] == "price.copy.price"
    await tab.do(SellTermsState.save_prices, path=path, form=form | {"copy_price": "999,999.99"})
    assert (listing().lowest_amount, listing().refund_days) == (99_999_999, 30)
    await tab.do(SellTermsState.save_prices, path=path, form=form | {"copy_price": "5", "refund_days": "400"})
    assert tab.seen("refused")[-1] == "price.refund_days"
    assert listing().lowest_amount == 99_999_999


async def test_the_limit_of_a_licence_s_key_is_saved_or_refused_at_its_field(tab: Tab) -> None:
    path = join(tab)
    form = {"currency": "usd", "copy_model": "free", "use_model": "free", "copy_places": "many"}
    await tab.do(SellTermsState.save_prices, path=path, form=form)
    assert tab.seen("refused")[-1] == "price.copy.places"
    await tab.do(SellTermsState.save_prices, path=path, form=form | {"copy_places": "3"})
    assert {row.license: row.places for row in tab.seen("offers")[-1]} == {"use": "", "copy": "3", "source": ""}


async def test_an_address_without_a_listing_of_theirs_says_so(tab: Tab) -> None:
    path = join(tab)
    await tab.do(SellReleaseState.open, path="/sell/nothing")
    assert "isn't yours" in tab.seen("problem")[-1]
    await tab.do(SellReleaseState.open, path=path)
    assert tab.seen("problem")[-1] == ""


async def test_a_desk_of_somebody_else_shows_nothing_of_it(tab: Tab) -> None:
    path = join(tab)
    join_as_stranger(tab)
    await tab.do(SellReleaseState.open, path=path)
    assert "isn't yours" in tab.seen("problem")[-1]
    assert (tab.seen("listing_id"), listing().title in str(tab.deltas)) == ([], False)
    tab.cookie = ""
    with pytest.raises(SignInRequired):
        await tab.do(SellReleaseState.open, path=path)


async def test_a_form_begins_anew_only_once_it_was_kept(tab: Tab) -> None:
    """Words saved late, or a picture that has arrived, must not take a price away that is being typed."""
    path = join(tab)
    await tab.do(SellListingState.keep_word, path=path, name="tagline", value="Streaks that stick")
    await tab.do(SellListingState.refresh, path=path)
    assert tab.seen("kept") == []
    await tab.do(SellTermsState.save_prices, path=path, form={"currency": "usd", "copy_model": "free"})
    assert tab.seen("kept")[-1] == {"price": 1, "coupon": 0, "release": 0}


async def test_coupons_are_made_and_ended(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    await tab.do(SellTermsState.make_coupon, path=path, form={"code": "spring", "percent": "25"})
    (row,) = tab.seen("coupons")[-1]
    assert (row.code, row.off, row.ended) == ("SPRING", "25 %", "")
    await tab.do(SellTermsState.end_coupon, path=path, coupon_id=row.id)
    assert tab.seen("coupons")[-1][0].ended == "Ended"


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (SellListingState.refresh, {}),
        (SellListingState.keep_word, {"name": "title", "value": "Mine"}),
        (SellListingState.add_own_picture, {"checksum": PICTURE}),
        (SellListingState.order_pictures, {"ids": ["{media}"]}),
        (SellListingState.remove_picture, {"picture_id": "{media}"}),
        (SellListingState.describe_picture, {"picture_id": "{media}", "alt": "Mine"}),
        (SellTermsState.save_prices, {"form": {"currency": "usd", "copy_model": "free"}}),
        (SellTermsState.make_coupon, {"form": {"code": "X", "percent": "100"}}),
        (SellTermsState.end_coupon, {"coupon_id": "{coupon}"}),
        (SellReleaseState.submit, {"form": {"notes": ""}}),
        (SellReleaseState.make_release, {"form": {"notes": ""}}),
        (SellReleaseState.save_notes, {"form": {"number": "1", "notes": "Mine"}}),
        (SellReleaseState.withdraw, {}),
        (SellReleaseState.relist, {}),
    ],
    ids=lambda value: value.fn.__name__ if hasattr(value, "fn") else "",
)
async def test_nobody_changes_the_listing_of_somebody_else(tab: Tab, handler: Any, payload: dict[str, Any]) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    fill(path)
    with transaction() as session:
        row = session.exec(select(Listing)).one()
        coupon = make_coupon(session, row, CouponDraft(code="SPRING", percent="10"))
        media = session.exec(select(ListingMedia)).one()
        known = {"{media}": str(media.id), "{coupon}": str(coupon.id)}
    before = everything()
    join_as_stranger(tab)
    sent = json.loads(re.sub("{media}|{coupon}", lambda found: known[found[0]], json.dumps(payload)))
    with pytest.raises(NotFound):
        await tab.do(handler, path=path, **sent)
    assert everything() == before
    tab.cookie = ""
    with pytest.raises(SignInRequired):
        await tab.do(handler, path=path, **sent)


def everything() -> list[str]:
    kinds = (Listing, ListingMedia, Offer, Coupon, Release)
    with transaction() as session:
        rows = [one for kind in kinds for one in session.exec(select(kind))]
        return sorted(str(sorted(one.model_dump(mode="json", exclude={"search"}).items())) for one in rows)


async def test_a_profile_is_its_owners_alone(tab: Tab) -> None:
    join(tab)
    await tab.do(ProfileState.save, path="/sell/profile", form={"name": "Ada L", "username": "ada-l"})
    with transaction() as session:
        assert session.exec(select(CreatorProfile.username)).one() == "ada-l"
    begun = tab.seen("saved")[-1]
    await tab.do(ProfileState.load, path="/sell/profile")  # a tab that comes back, or a picture that has arrived
    assert tab.seen("saved")[-1] == begun
    await tab.do(ProfileState.save, path="/sell/profile", form={"name": "", "username": "ada-l"})
    assert tab.seen("refused")[-1] == "name"


async def test_the_desk_shows_the_words_as_buyers_read_them_and_what_a_price_brings(tab: Tab) -> None:
    path = join(tab)
    await tab.do(
        SellListingState.keep_word, path=path, name="description", value=f"**Habits** <script>x</script> {LONG}"
    )
    assert "<strong>Habits</strong>" in tab.seen("about_html")[-1]
    assert "<script" not in tab.seen("about_html")[-1]
    assert tab.seen("part")[-1] == "90 %"
