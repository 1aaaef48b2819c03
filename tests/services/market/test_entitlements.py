"""Who may open an app that is sold, and what the edge is told of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from overskill.clients.edge_routes import AppRoute, FakeRoutes
from overskill.clients.jobs import FakeJobQueue
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import (
    App,
    DeploymentEnvironment,
    License,
    LicenseKind,
    Listing,
    ListingStatus,
    Offer,
    PriceModel,
    Purchase,
    Release,
    User,
    utc_now,
)
from overskill.services.deployments.serving import Serving, save_serving
from overskill.services.market import licenses
from overskill.services.market.entitlements import MOST_REVOKED, license_terms, pass_id, way_in
from overskill.services.market.licensed_serving import (
    TELL_JOB,
    ask_to_tell,
    tell_of_changed_licenses,
    tell_of_new_offers,
)
from overskill.services.market.publishing import put_up
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_install, make_license, make_listing, make_offer, make_purchase

PRODUCTION, STAGING = DeploymentEnvironment.PRODUCTION, DeploymentEnvironment.STAGING
PREVIEW = DeploymentEnvironment.PREVIEW
WORKER = Path("overskill/edge/workers/dispatch/entitlements.js")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(OVERSKILL_HOME=tmp_path / "home", OVERSKILL_SECRET_KEY="s" * 40)


@pytest.fixture
def seller(session: Session) -> User:
    return make_user(session)


@pytest.fixture
def app(session: Session, seller: User) -> App:
    return make_app(session, seller, versions=1)


@pytest.fixture
def listing(session: Session, seller: User, app: App) -> Listing:
    return make_listing(session, make_creator(session, seller), app=app)


def buy(session: Session, listing: Listing, kind: LicenseKind = LicenseKind.USE) -> tuple[User, Purchase, License]:
    buyer = make_user(session)
    offer = session.exec(select(Offer).where(Offer.listing_id == listing.id, Offer.license == kind)).first()
    purchase, item = make_purchase(session, buyer, offer or make_offer(session, listing, license=kind, amount=500))
    return buyer, purchase, make_license(session, buyer, item)


def test_a_buyer_and_the_sellers_team_get_in_and_nobody_else(
    session: Session, settings: Settings, seller: User, listing: Listing
) -> None:
    buyer, _, _ = buy(session, listing)
    assert "overskill_license=" in way_in(session, buyer.id, listing.slug, settings=settings)
    assert "overskill_license=" in way_in(session, seller.id, listing.slug, settings=settings)
    with pytest.raises(NotFound, match="no licence"):
        way_in(session, make_user(session).id, listing.slug, settings=settings)


def test_a_licence_for_a_copy_does_not_open_the_seller_s_own(
    session: Session, settings: Settings, listing: Listing
) -> None:
    make_offer(session, listing, license=LicenseKind.USE, amount=500)
    buyer, _, _ = buy(session, listing, LicenseKind.COPY)
    with pytest.raises(NotFound):
        way_in(session, buyer.id, listing.slug, settings=settings)


def test_a_licence_that_ended_opens_nothing(session: Session, settings: Settings, listing: Listing) -> None:
    buyer, purchase, _ = buy(session, listing)
    licenses.revoke(session, purchase, "Refunded")
    with pytest.raises(NotFound):
        way_in(session, buyer.id, listing.slug, settings=settings)


@pytest.mark.parametrize("slug", ["", "no-such", "../../x", "a" * 500])
def test_there_is_no_way_into_what_is_not_there(session: Session, settings: Settings, slug: str) -> None:
    with pytest.raises(NotFound):
        way_in(session, uuid4(), slug, settings=settings)


def test_an_app_that_is_not_sold_for_use_is_not_guarded(
    session: Session, settings: Settings, app: App, listing: Listing
) -> None:
    make_offer(session, listing, license=LicenseKind.COPY, amount=500)
    make_offer(session, listing, license=LicenseKind.USE, amount=0)
    terms = license_terms(session, app, settings=settings)
    assert (terms.entitlement_key, terms.until) == ("", None)
    assert "overskill_license" not in way_in(session, make_user(session).id, listing.slug, settings=settings)


def test_a_draft_guards_nothing(session: Session, settings: Settings, seller: User, app: App) -> None:
    draft = make_listing(session, make_creator(session, seller), app=app, status=ListingStatus.DRAFT)
    make_offer(session, draft, license=LicenseKind.USE, amount=500)
    assert license_terms(session, app, settings=settings).entitlement_key == ""


def test_what_buyers_may_choose_the_price_of_is_guarded_too(
    session: Session, settings: Settings, app: App, listing: Listing
) -> None:
    make_offer(session, listing, license=LicenseKind.USE, price_model=PriceModel.PAY_WHAT_YOU_WANT)
    assert license_terms(session, app, settings=settings).entitlement_key


def test_staging_is_no_way_around_paying(
    session: Session, settings: Settings, seller: User, app: App, listing: Listing
) -> None:
    buyer, _, _ = buy(session, listing)
    assert license_terms(session, app, settings=settings).entitlement_key
    address = way_in(session, seller.id, listing.slug, settings=settings, environment=STAGING)
    assert f"//staging--{app.slug}." in address
    with pytest.raises(NotFound):
        way_in(session, buyer.id, listing.slug, settings=settings, environment=STAGING)


def test_a_pull_request_of_a_sold_app_is_its_teams_alone(
    session: Session, settings: Settings, seller: User, app: App, listing: Listing
) -> None:
    buyer, _, _ = buy(session, listing)
    enter = partial(way_in, session, slug=listing.slug, settings=settings)
    address = enter(seller.id, environment=PREVIEW, beside="pr-12")
    assert f"//preview--{app.slug}--pr-12." in address
    assert "overskill_license=" in address
    for environment in DeploymentEnvironment:
        with pytest.raises(NotFound):
            enter(buyer.id, environment=environment, beside="pr-12")


@pytest.mark.parametrize("beside", ["pr-0", "pr-1.evil.example", "canary", "PR-1", "pr-1\n", "/", "é"])
def test_nothing_else_is_beside_an_app(
    session: Session, settings: Settings, seller: User, listing: Listing, beside: str
) -> None:
    with pytest.raises(NotFound):
        way_in(session, seller.id, listing.slug, settings=settings, environment=PREVIEW, beside=beside)


def test_whom_a_private_link_lets_into_staging_need_not_buy_it(
    session: Session, settings: Settings, app: App, listing: Listing
) -> None:
    make_offer(session, listing, license=LicenseKind.USE, amount=500)
    routes, wanted = FakeRoutes(), Serving(is_private=True)
    save_serving(session, app, app.creator_id, STAGING, wanted, routes=routes, settings=settings)
    route = routes.app(STAGING, app.slug)
    assert route is not None
    assert (route.private, route.entitlement_key) == (True, "")


def test_the_edge_is_told_which_passes_were_taken_back(
    session: Session, settings: Settings, app: App, listing: Listing
) -> None:
    buyer, purchase, license_ = buy(session, listing)
    licenses.revoke(session, purchase, "Refunded")
    terms = license_terms(session, app, settings=settings)
    assert terms.revoked == (pass_id(license_.id, buyer.id),)
    assert terms.not_before == 0


def test_where_many_were_taken_back_all_come_again_through_the_library(
    session: Session, settings: Settings, app: App, listing: Listing
) -> None:
    for _ in range(MOST_REVOKED + 1):
        licenses.revoke(session, buy(session, listing)[1], "Refunded")
    terms = license_terms(session, app, settings=settings)
    assert len(terms.revoked) == MOST_REVOKED
    assert terms.not_before > 0


def test_a_copy_paid_by_the_month_is_served_until_its_grace_period_is_over(
    session: Session, settings: Settings, listing: Listing
) -> None:
    buyer, _, license_ = buy(session, listing, LicenseKind.COPY)
    copy = make_app(session, buyer, versions=1)
    make_install(session, buyer, license_, copy)
    assert license_terms(session, copy, settings=settings).until is None
    until = utc_now() + timedelta(days=30)
    licenses.extend(session, license_, until)
    assert license_terms(session, copy, settings=settings).until == int((until + licenses.GRACE).timestamp())


def test_the_worker_and_the_licences_have_the_same_grace_period() -> None:
    days = licenses.GRACE.days
    assert f"GRACE_SECONDS = {days} * 24 * 3600" in WORKER.read_text()


async def test_a_refund_reaches_the_edge_by_itself(services: Container) -> None:
    with transaction() as session:
        buyer, purchase, license_ = buy(session, make_listing(session), LicenseKind.COPY)
        copy = make_app(session, buyer, versions=1)
        make_install(session, buyer, license_, copy)
        licenses.revoke(session, purchase, "Refunded")
    assert tell_of_changed_licenses(services.publisher) == 1
    assert services.routes.app("production", copy.slug) == AppRoute(app_id=str(copy.id), until=0)
    assert tell_of_changed_licenses(services.publisher) == 0


async def test_an_edge_that_is_away_is_told_later(services: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as session:
        buyer, purchase, license_ = buy(session, make_listing(session), LicenseKind.COPY)
        copy = make_app(session, buyer, versions=1)
        make_install(session, buyer, license_, copy)
        licenses.revoke(session, purchase, "Refunded")
    with monkeypatch.context() as patch:
        patch.setattr(services.routes, "is_down", True)
        assert tell_of_changed_licenses(services.publisher) == 0
    assert tell_of_changed_licenses(services.publisher) == 1


async def test_publishing_a_listing_guards_its_app_without_waiting_for_the_sweep(
    services: Container, work: Callable[[], int]
) -> None:
    with transaction() as session:
        listing = make_listing(session, status=ListingStatus.REVIEW)
        make_offer(session, listing, license=LicenseKind.USE, amount=500)
        app = session.get_one(App, listing.app_id)
        put_up(session, listing, session.get_one(Release, listing.release_id), queue=services.queue)
    work()
    route = services.routes.app("production", app.slug)
    assert route is not None
    assert route.entitlement_key


def test_the_edge_is_told_on_a_queue_that_checks_do_not_fill(services: Container) -> None:
    """A check of a release takes minutes; word to the edge must not wait behind one."""
    queue = FakeJobQueue()
    with transaction() as session:
        listing = make_listing(session)
        ask_to_tell(session, listing, queue)
    assert [(job, name) for job, _, name in queue.enqueued] == [(TELL_JOB, "deploy")]


async def test_an_app_that_begins_to_be_sold_is_guarded_soon(services: Container) -> None:
    with transaction() as session:
        listing = make_listing(session)
        make_offer(session, listing, license=LicenseKind.USE, amount=500)
        app = session.get_one(App, listing.app_id)
    tell_of_new_offers(services.publisher)
    route = services.routes.app("production", app.slug)
    assert route is not None
    assert route.entitlement_key
