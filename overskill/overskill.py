"""The web process: one app, and every address of the site in one list."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from overskill import container
from overskill.clients.web_pages import PublicWebPages
from overskill.components.connection import error_boundary, page_is_opening, site_notices
from overskill.config import settings
from overskill.embedded.places import Home
from overskill.pages.admin import admin_overview_page
from overskill.pages.admin_apps import admin_apps_page
from overskill.pages.admin_audit import admin_audit_page
from overskill.pages.admin_collections import admin_collections_page
from overskill.pages.admin_costs import admin_costs_page
from overskill.pages.admin_market import admin_listings_page, admin_reports_page
from overskill.pages.admin_money import admin_money_page
from overskill.pages.admin_users import admin_users_page
from overskill.pages.admin_work import admin_work_page
from overskill.pages.bundle import bundle_page
from overskill.pages.checkout_done import checkout_done_page
from overskill.pages.creator import creator_page
from overskill.pages.earnings import earnings_page
from overskill.pages.editor import editor_page
from overskill.pages.explore import explore_page
from overskill.pages.home import home_page
from overskill.pages.join import join_page
from overskill.pages.library import library_page
from overskill.pages.listing import listing_page
from overskill.pages.mailbox import mailbox_page
from overskill.pages.news import news_page
from overskill.pages.not_found import not_found_page
from overskill.pages.sell import sell_page
from overskill.pages.sell_analytics import sell_analytics_page
from overskill.pages.sell_bundles import sell_bundles_page
from overskill.pages.sell_listing import sell_listing_page
from overskill.pages.sell_notices import appeal_page, notices_page
from overskill.pages.sell_profile import sell_profile_page
from overskill.pages.sell_refunds import sell_refunds_page
from overskill.pages.settings import settings_page
from overskill.pages.settings_credits import credits_page
from overskill.pages.settings_models import models_page
from overskill.pages.settings_team import team_page
from overskill.pages.sign_in import reset_page, sign_in_page, sign_up_page
from overskill.pages.studio import studio_page
from overskill.pages.take_over import take_over_page
from overskill.pages.update import update_page
from overskill.routes import (
    admin,
    apps,
    attachments,
    auth,
    billing,
    canvas,
    chat,
    deployments,
    dev_only,
    domains,
    earnings,
    elements,
    files,
    github_imports,
    health,
    imports,
    language,
    library,
    licenses,
    listings,
    mail_endings,
    receipts,
    repositories,
    repository_publishes,
    room,
    selling,
    sharing,
    start,
    stripe,
    test_accounts,
    test_payments,
    turns,
    versions,
)
from overskill.routes.middleware import EarlierBuilds, OriginCheck, PageAddresses, SameOriginBundle, SecurityHeaders
from overskill.routes.timing import RequestTimes
from overskill.state.admin import OverviewState
from overskill.state.admin_apps import AppsState
from overskill.state.admin_audit import AuditState
from overskill.state.admin_collections import CollectionsState
from overskill.state.admin_costs import CostsState
from overskill.state.admin_market import ListingsState, ReportsState
from overskill.state.admin_money import MoneyState
from overskill.state.admin_users import UsersState
from overskill.state.admin_work import WorkState
from overskill.state.arguments import ArgumentCheck
from overskill.state.base import on_error
from overskill.state.bundle import BundleState
from overskill.state.checkout import CheckoutDoneState
from overskill.state.creator import CreatorState
from overskill.state.credits import CreditsState
from overskill.state.earnings import EarningsState
from overskill.state.editor import EditorState
from overskill.state.explore import ExploreState
from overskill.state.home import HomeState
from overskill.state.library import LibraryState, TakeOverState
from overskill.state.listing import ListingState
from overskill.state.mailbox import MailboxState
from overskill.state.models import ModelsState
from overskill.state.news import NewsState
from overskill.state.notices import AppealState, NoticesState
from overskill.state.returning import Returning
from overskill.state.sell import SellState
from overskill.state.sell_analytics import SellAnalyticsState
from overskill.state.sell_bundles import SellBundlesState
from overskill.state.sell_listing import SellListingState
from overskill.state.sell_profile import ProfileState
from overskill.state.sell_refunds import SellRefundsState
from overskill.state.sell_release import SellReleaseState
from overskill.state.session import SessionState
from overskill.state.settings import SettingsState
from overskill.state.sign_in import SignInState
from overskill.state.studio import StudioState
from overskill.state.team import JoinState, TeamState
from overskill.state.update import UpdateState
from overskill.state.warm_up import warm_up


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `on_load` runs at each visit and at each reconnect."""

    path: str
    build: Callable[[], rx.Component]
    title: str | rx.Var[str]
    on_load: Any
    description: str | rx.Var[str] = ""  # "": the site's
    image: str | rx.Var[str] = ""

    @property
    def is_prerendered(self) -> bool:
        """An address with a name in it (`/studio/[slug]`) is drawn in the browser."""
        return self.path not in ("/", "404") and "[" not in self.path


SIGN_IN = [SessionState.skip_if_signed_in, SignInState.load]
PAGES = (
    Page("/", home_page, "OverSkill · Describe an app, watch it appear", [SessionState.load, HomeState.load]),
    Page("/sign-in", sign_in_page, "Sign in · OverSkill", SIGN_IN),
    Page("/sign-up", sign_up_page, "Create your account · OverSkill", SIGN_IN),
    Page("/reset", reset_page, "Reset your password · OverSkill", SignInState.load),
    Page(
        "/apps/[slug]",
        listing_page,
        ListingState.title,
        ListingState.load,
        description=ListingState.description,
        image=ListingState.image,
    ),
    Page(
        "/creators/[username]",
        creator_page,
        CreatorState.title,
        CreatorState.load,
        description=CreatorState.description,
        image=CreatorState.image,
    ),
    Page("/studio", studio_page, "My apps · OverSkill", [SessionState.load, StudioState.load]),
    Page("/studio/[slug]", editor_page, EditorState.title, EditorState.load),
    Page(
        "/explore",
        explore_page,
        "Explore apps · OverSkill",
        [SessionState.load, ExploreState.load],
        description="Apps that are checked before they are sold, can be tried, and become a copy of your own.",
    ),
    Page("/settings", settings_page, "Settings · OverSkill", SettingsState.load),
    Page("/settings/models", models_page, "Models · OverSkill", ModelsState.load),
    Page("/settings/credits", credits_page, "Credits · OverSkill", [SessionState.load, CreditsState.load]),
    Page("/settings/team", team_page, "Team · OverSkill", TeamState.load),
    Page("/join", join_page, "Join a team · OverSkill", [SessionState.load, JoinState.load]),
    Page("/library", library_page, "Library · OverSkill", LibraryState.load),
    Page("/library/accept", take_over_page, "Take it over · OverSkill", TakeOverState.load),
    Page("/library/updates/[id]", update_page, "Update · OverSkill", UpdateState.load),
    Page("/news", news_page, "News · OverSkill", NewsState.load),
    Page("/sell", sell_page, "Sell · OverSkill", SellState.load),
    Page("/sell/[slug]", sell_listing_page, SellListingState.page_title, SellReleaseState.open),
    Page("/sell/profile", sell_profile_page, "Your page · OverSkill", [SessionState.load, ProfileState.load]),
    Page("/sell/analytics", sell_analytics_page, "Analytics · OverSkill", SellAnalyticsState.load),
    Page("/sell/bundles", sell_bundles_page, "Bundles · OverSkill", [SessionState.load, SellBundlesState.load]),
    Page("/bundles/[slug]", bundle_page, BundleState.page_title, [SessionState.load, BundleState.load]),
    Page("/sell/earnings", earnings_page, "Earnings · OverSkill", EarningsState.load),
    Page("/sell/refunds", sell_refunds_page, "Refunds · OverSkill", SellRefundsState.load),
    Page("/sell/notices", notices_page, "Notices · OverSkill", NoticesState.load),
    Page("/appeal", appeal_page, "A decision · OverSkill", [SessionState.load, AppealState.load]),
    Page("/checkout/done/[id]", checkout_done_page, "Your purchase · OverSkill", CheckoutDoneState.load),
    Page("/admin", admin_overview_page, "Admin · OverSkill", OverviewState.load),
    Page("/admin/costs", admin_costs_page, "Costs · OverSkill", CostsState.load),
    Page("/admin/work", admin_work_page, "Queues · OverSkill", WorkState.load),
    Page("/admin/users", admin_users_page, "Users · OverSkill", UsersState.load),
    Page("/admin/apps", admin_apps_page, "Apps · OverSkill", AppsState.load),
    Page("/admin/listings", admin_listings_page, "Listings · OverSkill", ListingsState.load),
    Page("/admin/collections", admin_collections_page, "Collections · OverSkill", CollectionsState.load),
    Page("/admin/money", admin_money_page, "Money · OverSkill", MoneyState.load),
    Page("/admin/reports", admin_reports_page, "Reports · OverSkill", ReportsState.load),
    Page("/admin/audit", admin_audit_page, "Audit log · OverSkill", AuditState.load),
    Page("/dev/mail", mailbox_page, "Mail · OverSkill", [SessionState.load, MailboxState.load]),
    Page("404", not_found_page, "Not found · OverSkill", SessionState.load),
)

DESCRIPTION = "Describe an app in a sentence. OverSkill writes it while you watch, shows it running, and publishes it."

ROUTES: list[BaseRoute] = [
    *auth.routes,
    *start.routes,
    *apps.routes,
    *attachments.routes(PublicWebPages()),
    *turns.routes,
    *chat.routes,
    *room.routes,
    *versions.routes,
    *files.routes,
    *imports.routes,
    *github_imports.routes,
    *language.routes,
    *library.routes,
    *licenses.routes,
    *mail_endings.routes,
    *elements.routes,
    *domains.routes,
    *repositories.routes,
    *repository_publishes.routes,
    *earnings.routes,
    *selling.routes,
    *sharing.routes,
    *deployments.routes,
    *canvas.routes,
    *billing.routes,
    *stripe.routes,
    *receipts.routes,
    *test_accounts.routes,
    *test_payments.routes,
    *admin.routes,
    *health.routes,
]


# All of them only wait: 20 for the database (db.py), others for GitHub, name servers and installs of packages, which
# may take a minute. Python's own choice is six on a machine of two cores, and six such waits stop every page.
_THREADS = 48


@asynccontextmanager
async def connect_services() -> AsyncIterator[None]:
    container.boot(settings())
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="waiting"))
    yield
    container.install(None)


def create_app() -> rx.App:
    assets, kept = get_web_dir() / Dirs.STATIC / "assets", Home.of(settings()).site_files
    shell = get_web_dir() / Dirs.STATIC / "__spa-fallback.html"  # what addresses with a name in them begin with
    site = rx.App(
        stylesheets=["/overskill.css"],
        reset_style=False,  # Tailwind brings one
        html_lang="en",
        head_components=[
            rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
            rx.el.link(rel="alternate icon", href="/favicon.ico", sizes="48x48"),
            rx.el.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
            rx.el.link(
                rel="preload",
                href="/fonts/geist-latin.woff2",
                type="font/woff2",
                custom_attrs={"as": "font", "crossOrigin": "anonymous"},
            ),
        ],
        toaster=rx.toast.provider(position="bottom-center", rich_colors=False, expand=False),
        backend_exception_handler=on_error,
        hydrate_fallback=page_is_opening,
        api_transformer=[
            Starlette(routes=[*ROUTES, *dev_only.routes(settings()), *listings.routes(shell)]),
            partial(OriginCheck, settings=settings()),
            partial(PageAddresses, paths=[page.path for page in PAGES if page.is_prerendered]),
            partial(EarlierBuilds, assets=assets, kept=kept),
            partial(SameOriginBundle, folders=[assets, kept]),
            partial(SecurityHeaders, settings=settings()),
            RequestTimes,
        ],
    )
    site.app_wraps[55, "ErrorBoundary"] = lambda _has_state: error_boundary()
    site.app_wraps[5, "Overlay"] = lambda _has_state: site_notices()
    for page in PAGES:
        site.add_page(
            page.build,
            route=page.path,
            title=page.title,
            description=page.description if isinstance(page.description, rx.Var) or page.description else DESCRIPTION,
            image=cast("str", page.image) if isinstance(page.image, rx.Var) else f"{settings().site_url}/card.png",
            on_load=page.on_load,
        )
    site.add_middleware(ArgumentCheck())
    site.add_middleware(Returning())
    site.register_lifespan_task(connect_services)
    site.register_lifespan_task(warm_up)
    return site


app = create_app()
