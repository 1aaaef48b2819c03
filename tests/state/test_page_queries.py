"""No page runs more than six queries, the session's included, whatever there is to show.

Pages come from the route table: one that is added is counted at once, and one with a name in its address fails here
until `tests/site_rows.py` says what stands there.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from reflex.state import UpdateVarsInternalState
from reflex_base.event import EventHandler
from sqlmodel import select

from overskill import container
from overskill.clients.breakers import FakeBreakers
from overskill.clients.connections import FakeConnections
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.models import (
    App,
    CopyUpdate,
    Deployment,
    DeploymentStatus,
    GenerationStatus,
    Install,
    InstallStatus,
    Purchase,
    PurchaseStatus,
    Release,
    ReleaseStatus,
    UpdateStatus,
)
from overskill.overskill import PAGES, Page
from overskill.services.generation.authors import ModelsOrRecipes
from overskill.services.progress import ProgressLog
from overskill.state import admin_work
from overskill.state.editor import TABS, EditorState
from tests.conftest import Tab
from tests.factories import make_generation
from tests.services.billing.support import PRICE
from tests.site_rows import Site, fill_site
from tests.state.studio_tab import kept
from tests.support_queries import MOST_OF_A_PAGE, Queries, counted_queries

SILENCE_SECONDS = 0.3
STUDIO = "/studio/[slug]"
BESIDE = {  # a view of the studio -> what states of its own show there
    "publish": ("domains", "days", "is_counted"),
    "settings": ("variables", "packages", "team", "full_name"),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def site(services: Container, monkeypatch: pytest.MonkeyPatch) -> Site:
    watch = ProgressLog.changes

    async def briefly(log: ProgressLog, topic: str, **how: Any) -> AsyncIterator[None]:
        """What watches looks as when a page is opened, and ends where it would wait."""
        looks = watch(log, topic, **how)
        with suppress(StopAsyncIteration, TimeoutError):
            while True:
                async with asyncio.timeout(SILENCE_SECONDS):
                    await anext(looks)
                yield

    monkeypatch.setattr(ProgressLog, "changes", briefly)
    monkeypatch.setattr(admin_work, "LOOKS", 1)
    monkeypatch.setattr(admin_work, "EVERY_SECONDS", 0)
    with transaction() as session:
        return fill_site(session, services)


def address_of(page: Page, site: Site) -> str:
    parts = (site.names[page.path] if part.startswith("[") else part for part in page.path.split("/"))
    return "/".join(parts) + site.queries.get(page.path, "")


def studio() -> Page:
    return next(page for page in PAGES if page.path == STUDIO)


async def visit(tab: Tab, page: Page, site: Site) -> Queries:
    """In a new tab of somebody who is signed in: all that opening the page sets off."""
    tab.token, tab.cookie = str(uuid4()), site.cookie
    tab.deltas.clear()
    return await opened(tab, page, site)


async def opened(tab: Tab, page: Page, site: Site) -> Queries:
    handlers = page.on_load if isinstance(page.on_load, list) else [page.on_load]
    with counted_queries() as sent:
        for handler in handlers:
            assert isinstance(handler, EventHandler)
            await tab.do(handler, path=address_of(page, site))
    assert tab.seen("is_loaded")[-1] is True, page.path
    assert not any(tab.seen("problem") + tab.seen("is_missing")), page.path
    return sent


async def test_no_page_runs_more_than_six_queries(tab: Tab, site: Site) -> None:
    sent = {page.path: await visit(tab, page, site) for page in PAGES}
    assert tab.errors == []
    assert {path: str(one) for path, one in sent.items() if one.count > MOST_OF_A_PAGE} == {}
    assert sum(one.count for one in sent.values()) > len(PAGES)  # they were really counted


@pytest.mark.parametrize(
    "address",
    [
        "/explore?q=lists",
        "/explore?q=lsits&category=productivity&price=free&rating=4&license=copy&model=one_time&sort=new",
        "/explore?most=500&sort=top",
        "/sell?app=app-0",
        "/sell/analytics?listing=habits&days=7",
        "/settings/team?team=unknown",
        "/admin/apps?q=app",
        "/admin/users?q=ada",
        *(f"/admin/money?view={view}&q=a" for view in ("sales", "transfers", "debts", "books")),
    ],
)
async def test_nor_does_one_that_a_link_leads_into(tab: Tab, site: Site, address: str) -> None:
    path, _, query = address.partition("?")
    page = next(page for page in PAGES if page.path == path)
    sent = await visit(tab, page, replace(site, queries={path: f"?{query}"}))
    assert tab.errors == []
    assert sent.count <= MOST_OF_A_PAGE, sent


@pytest.mark.parametrize("path", ["/library", "/checkout/done/[id]", "/sell/[slug]", "/library/updates/[id]"])
async def test_nor_does_one_that_shows_how_something_goes_on(tab: Tab, site: Site, path: str) -> None:
    with transaction() as session:
        session.exec(sa.update(Install).values(status=InstallStatus.COPYING))
        session.exec(sa.update(Purchase).values(status=PurchaseStatus.PENDING))
        session.exec(sa.update(Release).values(status=ReleaseStatus.CHECKING))
        session.exec(sa.update(CopyUpdate).values(status=UpdateStatus.CHECKING))
    sent = await visit(tab, next(page for page in PAGES if page.path == path), site)
    assert tab.errors == []
    assert sent.count <= MOST_OF_A_PAGE, sent


@pytest.mark.parametrize("key", ["", "sk-or-1"])
async def test_nor_does_the_studio_whoever_writes(tab: Tab, site: Site, services: Container, key: str) -> None:
    settings = services.settings.model_copy(update={"openrouter_api_key": SecretStr(key), "ai_model": "a/b"})
    known = FakeConnections(known={"a/b": PRICE})
    container.install(replace(services, authors=ModelsOrRecipes(settings, known, FakeBreakers())))
    sent = await visit(tab, studio(), site)
    assert sent.count <= MOST_OF_A_PAGE, sent
    assert tab.seen("quote")[-1:] == (["About 0.8–8.4 credits"] if key else [])


async def test_nor_does_the_studio_while_it_works(tab: Tab, site: Site) -> None:
    """A turn that runs, one behind it, and a publish under way, which has a watcher of its own."""
    with transaction() as session:
        app = session.exec(select(App).where(App.slug == "app-0")).one()
        for status in (GenerationStatus.RUNNING, GenerationStatus.QUEUED):
            make_generation(session, app, status=status)
        under_way = {"version": app.current_version, "status": DeploymentStatus.BUILDING}
        session.add(Deployment(app_id=app.id, user_id=app.creator_id, **under_way))
    sent = await visit(tab, studio(), site)
    assert (tab.seen("is_running")[-1], tab.seen("is_busy")[-1]) == (True, True)
    assert sent.count <= MOST_OF_A_PAGE, sent


@pytest.mark.parametrize("view", TABS)
async def test_nor_does_a_view_of_it(tab: Tab, site: Site, view: str) -> None:
    """Gone to by a click, and loaded again while it is open: where the web process knows the tab, and where not."""
    await visit(tab, studio(), site)
    with counted_queries() as clicked:
        await tab.do(EditorState.show_tab, path=address_of(studio(), site), tab=view)
    assert clicked.count <= MOST_OF_A_PAGE, clicked
    shown = {name: tab.seen(name)[-1:] for name in BESIDE.get(view, ())}
    assert all(shown.values()), shown
    for is_known in (True, False):
        if not is_known:
            await keep_open(tab, view)
        tab.deltas.clear()
        again = await opened(tab, studio(), site)
        assert again.count <= MOST_OF_A_PAGE, again
        assert tab.errors == []
    assert {name: tab.seen(name)[-1:] for name in shown} == shown


async def keep_open(tab: Tab, view: str) -> None:
    """The tab of a browser whose web process ended: it sends along what it keeps itself."""
    tab.token = str(uuid4())
    with transaction() as session:
        of = str(session.exec(select(App.id).where(App.slug == "app-0")).one())
    await tab.do(UpdateVarsInternalState.update_vars_internal, vars=kept(tab=view, tab_of=of))
