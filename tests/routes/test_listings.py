import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from overskill import db
from overskill.container import Container
from overskill.models import CreatorProfile, Listing, ListingStatus, User, utc_now
from overskill.routes import listings
from overskill.services.market import sitemap
from overskill.services.market.bundles import end_bundle, make_bundle
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer
from tests.routes.conftest import sign_in
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

SHELL = "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><div>Opening…</div></body></html>"
HOSTILE = "</title></script><script>alert(1)</script>\"'<img src=x onerror=alert(2)><!--"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest_asyncio.fixture
async def client(services: Container, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    shell = tmp_path / "shell.html"
    shell.write_text(SHELL)
    transport = httpx.ASGITransport(Starlette(routes=listings.routes(shell)))
    async with httpx.AsyncClient(transport=transport, base_url=services.settings.site_url) as opened:
        yield opened


def arrange(*, status: ListingStatus = ListingStatus.PUBLISHED, title: str = "Habits", text: str = "") -> Listing:
    with db.transaction() as session:
        listing = make_listing(session, status=status)
        make_offer(session, listing, amount=1250)
        listing.title, listing.description, listing.cover = title, text, "a" * 64
        listing.tagline = text[:140] or listing.tagline
        listing.rating_sum, listing.rating_count = 9, 2
        return listing


def content(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', page)
    assert found, name
    return found[1]


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json" data-prerendered>(.*?)</script>', page)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


async def test_a_bundle_has_a_head_too_and_one_that_ended_is_not_found(
    client: httpx.AsyncClient, services: Container
) -> None:
    with db.transaction() as session:
        creator = make_creator(session)
        offers = [make_offer(session, make_listing(session, creator, title=title), amount=1000) for title in ("A", "B")]
        bundle = make_bundle(
            session, creator, title="Both <b>", text="", price="15.50", offer_ids=[one.id for one in offers]
        )
    answer = await client.get(f"/bundles/{bundle.slug}")
    with db.transaction() as session:
        end_bundle(session, creator, bundle.id)
    ended = await client.get(f"/bundles/{bundle.slug}")

    assert answer.status_code == 200
    assert "<title data-prerendered>Both &lt;b&gt; · OverSkill</title>" in answer.text
    assert content(answer.text, "og:url") == f"{services.settings.site_url}/bundles/{bundle.slug}"
    assert data_of(answer.text)["offers"]["price"] == "15.50"
    assert (ended.status_code, content(ended.text, "robots")) == (404, "noindex")


async def test_a_listing_has_a_head_before_any_script_runs(client: httpx.AsyncClient, services: Container) -> None:
    listing = arrange(text="Streaks that **stick**.")
    with counted_queries() as sent:
        answer = await client.get(f"/apps/{listing.slug}")

    address = f"{services.settings.site_url}/apps/{listing.slug}"
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "<title data-prerendered>Habits · OverSkill</title>" in answer.text
    assert f'<link rel="canonical" href="{address}" data-prerendered>' in answer.text
    assert content(answer.text, "og:image") == f"{services.settings.site_url}/media/{'a' * 64}.webp"
    assert content(answer.text, "twitter:card") == "summary_large_image"
    assert "noindex" not in answer.text
    assert "<noscript><p>Habits</p>" in answer.text
    assert sent.count <= MOST_OF_A_PAGE, sent


async def test_its_data_names_price_and_rating(client: httpx.AsyncClient) -> None:
    data = data_of((await client.get(f"/apps/{arrange().slug}")).text)

    assert data["@type"] == "SoftwareApplication"
    assert data["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": 4.5,
        "ratingCount": 2,
        "bestRating": 5,
        "worstRating": 1,
    }
    (offer,) = data["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("12.50", "USD")


async def test_nothing_that_somebody_wrote_leaves_its_place_in_the_head(client: httpx.AsyncClient) -> None:
    listing = arrange(title=HOSTILE[:80], text=HOSTILE)
    page = (await client.get(f"/apps/{listing.slug}")).text

    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts == ['<script type="application/ld+json" data-prerendered>']
    assert "<img" not in page
    assert "<!--" not in page
    assert str(data_of(page)["name"]) == HOSTILE[:80]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (ListingStatus.DRAFT, 404),
        (ListingStatus.REVIEW, 404),
        (ListingStatus.SUSPENDED, 410),
        (ListingStatus.WITHDRAWN, 410),
    ],
)
async def test_what_is_not_offered_is_really_not_there(
    client: httpx.AsyncClient, status: ListingStatus, expected: int
) -> None:
    answer = await client.get(f"/apps/{arrange(status=status).slug}")

    assert (answer.status_code, answer.headers["cache-control"]) == (expected, "no-store")
    assert content(answer.text, "robots") == "noindex"
    assert "Habits" not in answer.text
    assert "Opening…" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/apps/nothing",
        "/creators/nobody",
        "/apps/%00",
        "/creators/%C3%A4",
        "/apps/%ED%A0%80",
        "/bundles/%0D%0Ax:y",
    ],
)
async def test_an_unknown_name_is_a_real_404(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(address)).status_code == 404


async def test_a_creator_reads_the_head_of_their_draft_and_nobody_keeps_it(client: httpx.AsyncClient) -> None:
    listing = arrange(status=ListingStatus.DRAFT)
    with db.transaction() as session:
        creator = session.get_one(CreatorProfile, listing.creator_id)
        sign_in(client, session, session.get_one(User, creator.user_id))
    answer = await client.get(f"/apps/{listing.slug}")

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert content(answer.text, "robots") == "noindex"


async def test_somebody_elses_draft_stays_a_404(client: httpx.AsyncClient) -> None:
    listing = arrange(status=ListingStatus.DRAFT)
    with db.transaction() as session:
        sign_in(client, session, make_user(session))

    assert (await client.get(f"/apps/{listing.slug}")).status_code == 404


async def test_a_creator_has_a_head_too(client: httpx.AsyncClient, services: Container) -> None:
    with db.transaction() as session:
        creator = make_creator(session, username="ada")
        creator.bio = HOSTILE
        make_listing(session, creator)
    answer = await client.get("/creators/ada")

    assert answer.status_code == 200
    assert data_of(answer.text)["@type"] == "ProfilePage"
    assert content(answer.text, "og:url") == f"{services.settings.site_url}/creators/ada"
    assert "<img" not in answer.text


async def test_the_sitemap_is_an_index_of_parts_in_order(
    client: httpx.AsyncClient, services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap.part_starts, "__kwdefaults__", {"size": 2})
    monkeypatch.setattr(listings, "LARGEST_PART", 2)
    monkeypatch.setattr(listings, "AT_ONCE", 1)
    slugs = {arrange().slug for _ in range(3)}
    arrange(status=ListingStatus.DRAFT)

    index = ET.fromstring((await client.get("/sitemap.xml")).text)  # noqa: S314  # it is ours
    parts = [str(one.text) for one in index.iter(f"{NAMESPACE}loc") if "apps.xml" in str(one.text)]
    assert len(parts) == 2
    found = []
    for part in parts:
        answer = await client.get(part)
        assert answer.headers["content-type"].startswith("application/xml")
        urls = ET.fromstring(answer.text)  # noqa: S314
        found += [str(one.text).rpartition("/")[2] for one in urls.iter(f"{NAMESPACE}loc")]
        assert all(one.text for one in urls.iter(f"{NAMESPACE}lastmod"))
    assert sorted(found) == sorted(slugs)


async def test_creators_who_are_suspended_in_any_way_are_not_in_the_sitemap(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        shown, gone, barred = (make_creator(session) for _ in range(3))
        for creator in (shown, gone, barred):
            creator.listing_count = 1
        gone.suspended_at = utc_now()
        session.get_one(User, barred.user_id).suspended_at = utc_now()
    found = (await client.get(f"/sitemaps/creators.xml?from={UUID(int=0)}")).text

    assert [each.username in found for each in (shown, gone, barred)] == [True, False, False]


async def test_a_bundle_does_not_name_what_is_suspended(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        creator = make_creator(session)
        sold, gone = (make_listing(session, creator, title=title) for title in ("Habits", "Rude words"))
        offers = [make_offer(session, each, amount=1000) for each in (sold, gone)]
        bundle = make_bundle(
            session, creator, title="Both", text="", price="15.50", offer_ids=[one.id for one in offers]
        )
        gone.status = ListingStatus.SUSPENDED
    page = (await client.get(f"/bundles/{bundle.slug}")).text

    assert content(page, "robots") == "noindex"
    assert "Habits" in page
    assert "Rude words" not in page


async def test_a_creators_name_does_not_leave_its_place_in_any_head(client: httpx.AsyncClient) -> None:
    with db.transaction() as session:
        creator = make_creator(session, username="ada")
        creator.name = HOSTILE[:80]
        listing = make_listing(session, creator)
        make_offer(session, listing, amount=500)
    for address in ("/creators/ada", f"/apps/{listing.slug}"):
        page = (await client.get(address)).text
        assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json" data-prerendered>']
        assert "<img" not in page
        assert "<!--" not in page


async def test_the_pages_that_are_always_there_are_in_the_sitemap(client: httpx.AsyncClient) -> None:
    assert "/explore</loc>" in (await client.get("/sitemaps/pages.xml")).text


@pytest.mark.parametrize("address", ["/sitemaps/users.xml?from=1", "/sitemaps/apps.xml", "/sitemaps/apps.xml?from=x"])
async def test_there_are_no_other_parts(client: httpx.AsyncClient, address: str) -> None:
    assert (await client.get(address)).status_code == 404


async def test_robots_are_told_what_is_private_and_where_the_sitemap_is(
    client: httpx.AsyncClient, services: Container
) -> None:
    text = (await client.get("/robots.txt")).text

    assert "Disallow: /studio" in text
    assert f"Sitemap: {services.settings.site_url}/sitemap.xml" in text
