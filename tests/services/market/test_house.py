"""The house's own listings: a dozen, made one after the other while nobody else waits."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from overskill.clients.checker import BrowserReport, FakeChecker
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.jobs import schedule
from overskill.models import (
    CreatorProfile,
    GenerationStatus,
    LicenseKind,
    Listing,
    ListingMedia,
    ListingStatus,
    Offer,
    PriceModel,
    Release,
    User,
)
from overskill.services.generation.recipes.whole import recipe_files
from overskill.services.market.house import Offering, make_house_listing, offerings
from overskill.services.market.listings import SHORTEST_DESCRIPTION
from overskill.starter import starter_files
from tests.factories import make_app, make_generation, make_user
from tests.market_rows import make_listing
from tests.services.market.test_checking import png

Work = Callable[[], int]


def enqueued(services: Container) -> list[tuple[str, ...]]:
    assert isinstance(services.queue, FakeJobQueue)
    return [ids for job, ids, _ in services.queue.enqueued if job.endswith("make_house_listing")]


def test_there_are_a_dozen_of_ten_kinds_each_said_in_full() -> None:
    found = offerings()
    assert len({one.slug for one in found}) == len({one.title for one in found}) == 12
    assert len({one.category for one in found}) == 10
    assert all(len(one.description) >= SHORTEST_DESCRIPTION and len(one.tagline) <= 140 for one in found)


@pytest.mark.parametrize("offering", offerings(), ids=lambda one: one.slug)
def test_each_is_written_by_the_recipes(offering: Offering) -> None:
    assert recipe_files(offering.prompt).keys() > starter_files().keys()


def test_one_is_made_checked_and_published_like_any_other(services: Container, work: Work) -> None:
    schedule.make_house_listings(services)
    assert enqueued(services) == [(offerings()[0].slug,)]
    work()
    with transaction() as session:
        listing = session.exec(select(Listing)).one()
        assert (listing.slug, listing.status) == (offerings()[0].slug, ListingStatus.PUBLISHED)
        creator = session.get_one(CreatorProfile, listing.creator_id)
        assert (creator.is_house, creator.username) == (True, "overskill")
        assert session.get_one(User, creator.user_id).password_hash is None
        offer = session.exec(select(Offer)).one()
        assert (offer.license, offer.price_model) == (LicenseKind.COPY, PriceModel.FREE)
        release = session.get_one(Release, listing.release_id)
        checks = {check["name"]: check["result"] for check in release.proof["checks"]}
        assert checks["acceptance"] == "passed"


def test_its_cover_is_its_start_page_as_it_was_checked(services: Container, work: Work) -> None:
    assert isinstance(services.checker, FakeChecker)
    services.checker.reports = [BrowserReport(routes=("/",), screenshot=png())]
    schedule.make_house_listings(services)
    work()
    with transaction() as session:
        listing = session.exec(select(Listing)).one()
        media = session.exec(select(ListingMedia)).one()
        assert listing.cover == media.checksum == session.get_one(Release, listing.release_id).screenshot


def test_twice_does_no_harm_and_the_next_one_follows(services: Container, work: Work) -> None:
    first, second = (one.slug for one in offerings()[:2])
    for _ in range(2):
        make_house_listing(first, queue=services.queue, settings=services.settings)
    work()
    schedule.make_house_listings(services)
    assert enqueued(services) == [(second,)]
    with transaction() as session:
        assert session.exec(select(Listing.slug)).all() == [first]


def test_none_is_begun_while_somebody_s_app_is_made(services: Container) -> None:
    with transaction() as session:
        user = make_user(session)
        turn = make_generation(session, make_app(session, user), status=GenerationStatus.RUNNING)
    schedule.make_house_listings(services)
    assert enqueued(services) == []
    with transaction() as session:
        turn.status = GenerationStatus.SUCCEEDED
        session.add(turn)
    schedule.make_house_listings(services)
    assert len(enqueued(services)) == 1


def test_what_was_suspended_is_not_made_again_and_taken_names_are_left(services: Container) -> None:
    with transaction() as session:
        for offering in offerings():
            make_listing(session, status=ListingStatus.SUSPENDED).slug = offering.slug
    schedule.make_house_listings(services)
    assert enqueued(services) == []


def test_off_means_none(services: Container) -> None:
    settings = services.settings.model_copy(update={"house_listings": "off"})
    object.__setattr__(services, "settings", settings)
    schedule.make_house_listings(services)
    make_house_listing(offerings()[0].slug, queue=services.queue, settings=settings)
    assert enqueued(services) == []
    with transaction() as session:
        assert session.exec(select(CreatorProfile).where(col(CreatorProfile.is_house))).first() is None
