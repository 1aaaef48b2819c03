"""What is answered without a tab, prerendered heads, the sitemap, receipts and sheets, runs at most six queries."""

from pathlib import Path

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import Listing, ListingStatus
from overskill.routes import admin, earnings, library, listings, receipts, selling
from overskill.services.market.sitemap import AT_ONCE, LARGEST_PART
from tests.site_rows import Site, fill_site
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

ADDRESSES = (
    "/apps/{/apps/[slug]}",
    "/apps/{/sell/[slug]}",
    "/creators/{/creators/[username]}",
    "/apps/nothing",
    "/sitemap.xml",
    "/sitemaps/pages.xml",
    "/sitemaps/apps.xml?from=00000000-0000-0000-0000-000000000000",
    "/sitemaps/creators.xml?from=00000000-0000-0000-0000-000000000000",
    "/receipts/{/checkout/done/[id]}",
    "/library/open/{/apps/[slug]}",
    "/sell/analytics.csv",
    "/sell/earnings.csv",
    "/admin/costs.csv",
    "/admin/audit.csv",
)

EXPECTED = {"/apps/nothing": 404, "/library/open/{/apps/[slug]}": 303}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def site(services: Container) -> Site:
    with transaction() as session:
        return fill_site(session, services)


async def ask(services: Container, site: Site, address: str, tmp_path: Path) -> httpx.Response:
    for page, name in site.names.items():
        address = address.replace(f"{{{page}}}", name)
    ours = (admin, earnings, library, receipts, selling)
    routes = [*listings.routes(tmp_path / "shell.html"), *(route for module in ours for route in module.routes)]
    transport = httpx.ASGITransport(Starlette(routes=routes))
    name, _, value = site.cookie.partition("=")
    async with httpx.AsyncClient(transport=transport, base_url=services.settings.site_url) as client:
        client.cookies.set(name, value)
        return await client.get(address)


async def test_no_answer_runs_more_than_six_queries(services: Container, site: Site, tmp_path: Path) -> None:
    too_many: dict[str, str] = {}
    for address in ADDRESSES:
        with counted_queries() as sent:
            answer = await ask(services, site, address, tmp_path)
        assert answer.status_code == EXPECTED.get(address, 200), answer.text
        if sent.count > MOST_OF_A_PAGE:
            too_many[address] = str(sent)
    assert too_many == {}


async def test_a_draft_is_looked_up_for_everybody_and_then_for_its_creator(
    services: Container, site: Site, tmp_path: Path
) -> None:
    with transaction() as session:
        listing = session.exec(select(Listing).where(Listing.slug == site.names["/sell/[slug]"])).one()
        listing.status = ListingStatus.DRAFT
    with counted_queries() as sent:
        answer = await ask(services, site, "/apps/{/sell/[slug]}", tmp_path)
    assert answer.status_code == 200
    assert sent.count <= MOST_OF_A_PAGE, sent


def test_the_longest_part_of_the_sitemap_is_read_in_six_queries() -> None:
    assert LARGEST_PART <= MOST_OF_A_PAGE * AT_ONCE
