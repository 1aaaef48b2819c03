"""No page runs more than six queries, the session's included, whatever there is to show.

Pages come from the route table: one that is added is counted at once, and one with a name in its address fails here
until `tests/site_rows.py` says what stands there.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from reflex_base.event import EventHandler

from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.overskill import PAGES, Page
from overskill.services.progress import ProgressLog
from overskill.state import admin_work
from tests.conftest import Tab
from tests.site_rows import Site, fill_site
from tests.support_queries import MOST_OF_A_PAGE, counted_queries

THE_STUDIO = "/studio/[slug]"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def site(services: Container, monkeypatch: pytest.MonkeyPatch) -> Site:
    async def once(_log: ProgressLog, _topic: str, **_facts: float) -> AsyncIterator[None]:
        yield

    monkeypatch.setattr(ProgressLog, "changes", once)  # what watches looks once, as when a page is opened
    monkeypatch.setattr(admin_work, "LOOKS", 1)
    monkeypatch.setattr(admin_work, "EVERY_SECONDS", 0)
    with transaction() as session:
        return fill_site(session, services)


def address_of(page: Page, site: Site) -> str:
    parts = (site.names[page.path] if part.startswith("[") else part for part in page.path.split("/"))
    return "/".join(parts) + site.queries.get(page.path, "")


async def visit(tab: Tab, page: Page, site: Site) -> None:
    tab.cookie = site.cookie
    for handler in page.on_load if isinstance(page.on_load, list) else [page.on_load]:
        assert isinstance(handler, EventHandler)
        await tab.do(handler, path=address_of(page, site))


@pytest.mark.parametrize("page", [page for page in PAGES if page.path != THE_STUDIO], ids=lambda page: page.path)
async def test_a_page_runs_at_most_six_queries(tab: Tab, site: Site, page: Page) -> None:
    with counted_queries() as sent:
        await visit(tab, page, site)
    assert tab.errors == []
    assert tab.seen("is_loaded")[-1] is True
    assert not any(tab.seen("problem") + tab.seen("is_missing"))
    assert sent.count <= MOST_OF_A_PAGE, sent
