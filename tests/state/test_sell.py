"""A creator's desk in a tab: begun, written, priced and submitted; and never somebody else's."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, InvalidInput, NotFound, SignInRequired
from overskill.models import (
    Bundle,
    Coupon,
    CreatorProfile,
    Generation,
    Listing,
    ListingDaily,
    ListingMedia,
    ListingStatus,
    Offer,
    Release,
    ReleaseStatus,
    User,
    utc_now,
)
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.services.market import publishing
from overskill.services.market.coupons import CouponDraft, make_coupon
from overskill.services.market.desk import ListingParts, view_parts
from overskill.services.market.proofs import Check, Proof, digest_of
from overskill.services.market.release_telling import release_topic
from overskill.services.market.releases import CHECK_JOB
from overskill.state.bundle import BundleState
from overskill.state.sell import SellState
from overskill.state.sell_analytics import SellAnalyticsState
from overskill.state.sell_bundles import SellBundlesState
from overskill.state.sell_listing import SellListingState
from overskill.state.sell_profile import ProfileState
from overskill.state.sell_release import SellReleaseState
from overskill.state.sell_terms import SellTermsState
from tests.conftest import Tab
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.support_queries import MOST_OF_A_PAGE, counted_queries
from tests.support_waiting import until

LONG = "It keeps what you do every day, and shows how far you have come. " * 3
PICTURE = "0" * 64


def sign_in(tab: Tab, user: User) -> None:
    with transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


def join(tab: Tab, *, status: ListingStatus = ListingStatus.DRAFT) -> str:
    """As a creator with one listing; returns its address."""
    with transaction() as session:
        user = make_user(session)
        listing = make_listing(session, make_creator(session, user, username="ada"), status=status)
        if status is ListingStatus.DRAFT:
            listing.release_id = None
            session.flush()
            for release in session.exec(select(Release).where(Release.listing_id == listing.id)):
                session.delete(release)
    sign_in(tab, user)
    return f"/sell/{listing.slug}"


def join_as_stranger(tab: Tab) -> None:
    with transaction() as session:
        user = make_user(session, name="Mallory")
        make_creator(session, user, username="mallory")
    sign_in(tab, user)


def listing() -> Listing:
    with transaction() as session:
        return session.exec(select(Listing)).one()


def fill(path: str) -> None:
    with transaction() as session:
        row = session.exec(select(Listing).where(Listing.slug == path.split("/")[2])).one()
        row.tagline, row.description = "Streaks that stick", LONG
        session.add(row)
        session.add(ListingMedia(listing_id=row.id, position=0, checksum=PICTURE, width=640, height=400))
        make_offer(session, row, amount=1200)


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


async def test_a_listing_without_what_it_needs_is_not_submitted(tab: Tab) -> None:
    path = join(tab)
    with pytest.raises(Conflict, match="tagline"):
        await tab.do(SellReleaseState.submit, path=path, form={"notes": ""})
    assert listing().status is ListingStatus.DRAFT


async def test_submitting_begins_the_checks(tab: Tab, services: Container) -> None:
    path = join(tab)
    fill(path)
    future = await tab.fire(SellReleaseState.submit, path=path, form={"notes": "The first."})
    await future
    assert listing().status is ListingStatus.REVIEW
    assert isinstance(services.queue, FakeJobQueue)
    assert [job for job, _, _ in services.queue.enqueued] == [CHECK_JOB]


async def test_the_checks_are_followed_until_they_end(tab: Tab, services: Container) -> None:
    path = join(tab)
    fill(path)
    await (await tab.fire(SellReleaseState.submit, path=path, form={"notes": ""}))
    with transaction() as session:
        release_id = session.exec(select(Release.id)).one()
    services.progress.write(release_topic(release_id), {"text": "Building it"})
    await until(lambda: tab.seen("lines")[-1:] == [["Building it"]])
    with transaction() as session:
        release = session.get_one(Release, release_id)
        release.status, release.error = ReleaseStatus.REFUSED, "It does not compile."
        session.add(release)
    services.progress.ring(release_topic(release_id))
    await until(lambda: tab.seen("is_checking")[-1:] == [False])
    assert tab.seen("releases")[-1][0].error == "It does not compile."


async def test_a_check_that_ends_while_it_is_looked_at_is_shown_as_it_ended(
    tab: Tab, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = join(tab)
    fill(path)
    looks = 0

    def look_in_between(session: Session, user_id: UUID, slug: str) -> ListingParts:
        nonlocal looks
        parts = view_parts(session, user_id, slug)
        if parts.releases[0].status is ReleaseStatus.REFUSED and not looks:
            session.expunge(parts.listing)
            parts.listing.status = ListingStatus.REVIEW  # read a moment before its release
            looks += 1
        return parts

    await (await tab.fire(SellReleaseState.submit, path=path, form={"notes": ""}))
    monkeypatch.setattr("overskill.state.sell_release.view_parts", look_in_between)
    with transaction() as session:
        release = session.exec(select(Release)).one()
        publishing.refuse(session, release, ["No."], queue=services.queue, log=services.progress)
    await until(lambda: looks > 0 and tab.seen("status")[-1] == "draft")
    assert tab.seen("is_checking")[-1] is False


async def test_a_published_listing_is_withdrawn_and_listed_again(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    await tab.do(SellReleaseState.withdraw, path=path)
    assert listing().status is ListingStatus.WITHDRAWN
    await tab.do(SellReleaseState.relist, path=path)
    assert listing().status is ListingStatus.PUBLISHED


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


def refuse_newest(name: str) -> None:
    """As checks do that found something in the code, or in nothing of it."""
    with transaction() as session:
        row = session.exec(select(Listing)).one()
        release = session.exec(select(Release)).one()
        proof = Proof(
            digest_of(session, row.app_id, release.version), release.version, utc_now(), (Check(name, "", "failed"),)
        )
        release.status, release.error, release.proof = ReleaseStatus.REFUSED, "It does not build.", proof.to_json()
        row.status, row.status_reason = ListingStatus.DRAFT, release.error
        session.add(release)
        session.add(row)


async def test_the_studio_is_asked_for_what_the_checks_refused(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    refuse_newest("build")
    await tab.do(SellReleaseState.open, path=path)
    assert (tab.seen("mends")[-1], tab.seen("is_mended")[-1:]) == ("It does not build.", [])
    await tab.do(SellReleaseState.mend, path=path)
    with transaction() as session:
        asked = session.exec(select(Generation.prompt)).one()
    assert "- It does not build." in asked
    assert "/studio/" in str(tab.events)


async def test_what_no_turn_can_mend_is_not_asked_of_the_studio(tab: Tab) -> None:
    path = join(tab, status=ListingStatus.PUBLISHED)
    refuse_newest("acceptance")
    await tab.do(SellReleaseState.open, path=path)
    assert tab.seen("mends") == []
    with pytest.raises(Conflict):
        await tab.do(SellReleaseState.mend, path=path)


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


async def test_the_desk_shows_the_words_as_buyers_read_them_and_what_a_price_brings(tab: Tab) -> None:
    path = join(tab)
    await tab.do(
        SellListingState.keep_word, path=path, name="description", value=f"**Habits** <script>x</script> {LONG}"
    )
    assert "<strong>Habits</strong>" in tab.seen("about_html")[-1]
    assert "<script" not in tab.seen("about_html")[-1]
    assert tab.seen("part")[-1] == "90 %"
