import threading

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.edge import FakeEdge
from overskill.container import Container
from overskill.errors import NotAllowed, NotFound, SignInRequired
from overskill.models import Coupon, LicenseKind, Listing, ListingStatus, Offer, PriceModel
from overskill.services.market.bundles import make_bundle
from overskill.state import listing_parts
from overskill.state.listing import ListingState
from tests.conftest import Tab
from tests.market_rows import make_creator, make_listing, make_offer
from tests.state.market_tab import arrange, do, join, join_as_buyer, join_as_creator
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def destination(tab: Tab) -> str:
    return str(tab.events[-1])


async def test_a_page_is_shown_in_six_queries_also_to_who_is_signed_in(tab: Tab) -> None:
    listing = arrange()
    join(tab)
    with counted_queries() as sent:
        await do(tab, ListingState.load, listing)

    assert sent.count <= MOST_OF_A_PAGE, sent
    assert tab.seen("about")[-1].title == "Habits"
    assert tab.seen("title")[-1] == "Habits · OverSkill"
    assert tab.seen("price")[-1] == 1000
    assert tab.seen("can_be_had")[-1] is True
    assert tab.seen("is_signed_in")[-1] is True


async def test_in_how_many_places_a_key_is_used_is_among_what_one_gets(tab: Tab) -> None:
    listing = arrange()
    await do(tab, ListingState.load, listing)
    [offer] = tab.seen("offers")[-1]
    assert not any("key" in point for point in offer.points)
    with db.transaction() as session:
        session.exec(select(Offer).where(Offer.listing_id == listing.id)).one().most_activations = 3
    await do(tab, ListingState.load, listing)
    [offer] = tab.seen("offers")[-1]
    assert offer.points[-1] == "A licence key for 3 places at once"


async def test_nobody_else_waits_while_what_a_creator_wrote_is_drawn(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_in: set[int] = set()

    def watched(text: str) -> str:
        drawn_in.add(threading.get_ident())
        return text

    monkeypatch.setattr(listing_parts, "description_html", watched)
    await do(tab, ListingState.load, arrange())
    assert len(drawn_in) == 1
    assert threading.get_ident() not in drawn_in


async def test_an_unknown_name_is_said_and_fails_nothing(tab: Tab) -> None:
    await tab.do(ListingState.load, path="/apps/nothing")
    assert "no app of that name" in tab.seen("problem")[-1]
    assert tab.errors == []


async def test_what_is_gone_says_why(tab: Tab) -> None:
    await do(tab, ListingState.load, arrange(status=ListingStatus.SUSPENDED))
    assert "suspended" in tab.seen("problem")[-1]
    assert tab.seen("is_gone")[-1] is True


async def test_a_draft_is_shown_to_its_creator_with_a_word_above_it(tab: Tab) -> None:
    listing = arrange(status=ListingStatus.DRAFT)
    join_as_creator(tab, listing)
    await do(tab, ListingState.load, listing)

    assert "draft" in tab.seen("notice")[-1]
    assert tab.seen("is_creator")[-1] is True


async def test_going_on_to_another_listing_forgets_what_was_tried_and_chosen(tab: Tab) -> None:
    first = arrange()
    with db.transaction() as session:
        second = make_listing(session)
        offer = make_offer(session, second, amount=300)
    await do(tab, ListingState.load, first)
    await do(tab, ListingState.try_it, first)
    await do(tab, ListingState.load, second)

    assert tab.seen("try_state")[-1] == ""
    assert (tab.seen("chosen")[-1], tab.seen("price")[-1]) == (str(offer.id), 300)


async def test_another_licence_has_another_price(tab: Tab) -> None:
    listing = arrange()
    with db.transaction() as session:
        source = make_offer(session, listing, license=LicenseKind.SOURCE, amount=9900)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.choose, listing, offer_id=str(source.id))
    assert tab.seen("price")[-1] == 9900

    with pytest.raises(NotFound):
        await do(tab, ListingState.choose, listing, offer_id="somebody else's")


async def test_a_code_lowers_the_price_and_a_wrong_one_says_so(tab: Tab) -> None:
    listing = arrange()
    with db.transaction() as session:
        session.add(Coupon(creator_id=listing.creator_id, code="HALF", percent=50))
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.use_code, listing, form={"coupon": " half "})
    assert (tab.seen("price")[-1], tab.seen("code")[-1]) == (500, "HALF")

    await do(tab, ListingState.use_code, listing, form={"coupon": "NONE"})
    assert tab.seen("refused")[-1] == "coupon"
    await do(tab, ListingState.use_code, listing, form={"coupon": ""})
    assert tab.seen("price")[-1] == 1000


async def test_buying_leads_to_the_payment_page(tab: Tab) -> None:
    listing = arrange()
    join(tab)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.buy, listing, form={})

    assert "checkout/" in destination(tab)
    assert tab.errors == []


async def test_a_guest_is_asked_for_an_address_to_send_it_to(tab: Tab) -> None:
    listing = arrange()
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.buy, listing, form={"email": "nobody"})
    assert tab.seen("refused")[-1] == "email"

    await do(tab, ListingState.buy, listing, form={"email": "bob@example.com"})
    assert "checkout/" in destination(tab)


async def test_who_may_choose_the_price_types_it(tab: Tab) -> None:
    listing = arrange()
    with db.transaction() as session:
        offer = make_offer(
            session,
            listing,
            license=LicenseKind.USE,
            amount=300,
            price_model=PriceModel.PAY_WHAT_YOU_WANT,
        )
    join(tab)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.choose, listing, offer_id=str(offer.id))
    for typed in ("2", "five"):
        await do(tab, ListingState.buy, listing, form={"amount": typed})
        assert tab.seen("refused")[-1] == "amount"
    await do(tab, ListingState.buy, listing, form={"amount": "5.00"})
    assert "checkout/" in destination(tab)


async def test_trying_shows_a_copy_and_counts_once(tab: Tab, services: Container) -> None:
    listing = arrange()
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.try_it, listing)
    assert tab.seen("try_state")[-2:] == ["making", "ready"]
    assert "preview--try-" in tab.seen("try_url")[-1]

    await do(tab, ListingState.close_try_out, listing)
    address = tab.seen("try_url")[-1]
    await do(tab, ListingState.try_it, listing)
    assert tab.seen("try_url")[-1] == address


async def test_an_edge_that_is_away_is_said_in_the_try_out(tab: Tab, services: Container) -> None:
    listing = arrange()
    assert isinstance(services.edge, FakeEdge)
    services.edge.is_down = True
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.try_it, listing)

    assert tab.seen("try_state")[-1] == "failed"
    assert "edge" in tab.seen("try_problem")[-1]


async def test_following_asks_strangers_to_sign_in(tab: Tab) -> None:
    listing = arrange()
    await do(tab, ListingState.load, listing)
    with pytest.raises(SignInRequired):
        await do(tab, ListingState.toggle_follow, listing)

    join(tab)
    await do(tab, ListingState.load, listing)
    await do(tab, ListingState.toggle_follow, listing)
    assert (tab.seen("follows")[-1], tab.seen("followers")[-1]) == (True, 1)
    await do(tab, ListingState.toggle_follow, listing)
    assert (tab.seen("follows")[-1], tab.seen("followers")[-1]) == (False, 0)


async def test_nobody_follows_themselves(tab: Tab) -> None:
    listing = arrange()
    join_as_creator(tab, listing)
    await do(tab, ListingState.load, listing)
    with pytest.raises(NotAllowed):
        await do(tab, ListingState.toggle_follow, listing)


async def test_who_has_it_is_not_offered_it_again(tab: Tab) -> None:
    listing = arrange()
    join_as_buyer(tab, listing)
    await do(tab, ListingState.load, listing)

    assert [offer.is_owned for offer in tab.seen("offers")[-1]] == [True]
    assert tab.seen("is_owned")[-1] is True
    assert tab.seen("chosen") in ([], [""])


async def test_what_is_free_is_known_as_free_and_what_may_cost_something_is_not(tab: Tab) -> None:
    listing = arrange(amount=0)
    await do(tab, ListingState.load, listing)
    assert tab.seen("is_free")[-1] is True

    await do(tab, ListingState.load, arrange_voluntary())
    assert tab.seen("is_free")[-1] is False


def arrange_voluntary() -> Listing:
    """Who gets it pays what they want."""
    with db.transaction() as session:
        listing = make_listing(session)
        make_offer(session, listing, price_model=PriceModel.PAY_WHAT_YOU_WANT)
        return listing


async def test_bundles_show_what_they_save_and_a_few_of_their_apps(tab: Tab) -> None:
    with db.transaction() as session:
        creator = make_creator(session)
        listings = [make_listing(session, creator, title=f"App{number}") for number in range(6)]
        offers = [make_offer(session, listing, amount=1000).id for listing in listings]
        make_bundle(session, creator, title="All of them", text="", price="45", offer_ids=offers)

    await do(tab, ListingState.load, listings[2])

    [bundle] = tab.seen("bundles")[-1]
    assert (bundle.title, bundle.amount, bundle.apart, bundle.saving) == ("All of them", 4500, 6000, 1500)
    assert (bundle.apps[0].title, len(bundle.apps), bundle.more) == ("App2", 4, 2)
