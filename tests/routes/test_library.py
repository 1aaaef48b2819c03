"""The way into an app that somebody bought to use."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlmodel import select

from overskill.config import Settings
from overskill.db import transaction
from overskill.models import App, LicenseKind, Listing, Offer, User
from tests.factories import make_user
from tests.market_rows import make_license, make_listing, make_offer, make_purchase
from tests.routes.conftest import sign_in


@pytest.fixture
def settings() -> Settings:
    return Settings(OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def listing(database: str) -> Listing:
    with transaction() as session:
        listing = make_listing(session)
        make_offer(session, listing, license=LicenseKind.USE, amount=500)
        return listing


async def open_as(client: httpx.AsyncClient, slug: str, user: User | None = None) -> httpx.Response:
    if user is not None:
        with transaction() as session:
            sign_in(client, session, user)
    return await client.get(f"/library/open/{slug}", follow_redirects=False)


async def test_a_buyer_is_let_in(client: httpx.AsyncClient, listing: Listing) -> None:
    with transaction() as session:
        buyer = make_user(session)
        [offer] = session.exec(select(Offer).where(Offer.listing_id == listing.id))
        make_license(session, buyer, make_purchase(session, buyer, offer)[1])
    answer = await open_as(client, listing.slug, buyer)
    assert answer.status_code == 303
    assert f"{listing.slug}.localhost" in answer.headers["location"]
    assert "overskill_license=" in answer.headers["location"]
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")


async def test_somebody_else_sees_where_it_is_sold(client: httpx.AsyncClient, listing: Listing) -> None:
    with transaction() as session:
        stranger = make_user(session)
    assert (await open_as(client, listing.slug, stranger)).headers["location"] == f"/apps/{listing.slug}"


async def test_who_is_signed_out_signs_in_and_comes_back(client: httpx.AsyncClient, listing: Listing) -> None:
    answer = await open_as(client, listing.slug)
    assert answer.headers["location"] == f"/sign-in?next=%2Flibrary%2Fopen%2F{listing.slug}"


async def test_who_signs_in_on_the_way_to_a_pull_request_comes_back_there(
    client: httpx.AsyncClient, listing: Listing
) -> None:
    answer = await client.get(f"/library/open/{listing.slug}?place=preview&beside=pr-3&x=1", follow_redirects=False)
    next_ = parse_qs(urlsplit(answer.headers["location"]).query)["next"]
    assert next_ == [f"/library/open/{listing.slug}?place=preview&beside=pr-3"]


async def test_the_team_is_let_into_a_pull_request(client: httpx.AsyncClient, listing: Listing) -> None:
    with transaction() as session:
        app = session.get_one(App, listing.app_id)
        sign_in(client, session, session.get_one(User, app.creator_id))
    answer = await client.get(f"/library/open/{listing.slug}?place=preview&beside=pr-3", follow_redirects=False)
    assert f"//preview--{app.slug}--pr-3.localhost" in answer.headers["location"]
    assert "overskill_license=" in answer.headers["location"]


async def test_a_hostile_name_leads_nowhere_else(client: httpx.AsyncClient, listing: Listing) -> None:
    with transaction() as session:
        stranger = make_user(session)
    answer = await open_as(client, "%5C%5Cevil.example", stranger)
    assert answer.headers["location"] == "/apps/%5C%5Cevil.example"
