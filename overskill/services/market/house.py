"""What a fresh marketplace begins with: a dozen free apps by the house, made by the recipes, checked like any other.

    open_house(session, queue, settings)    every few seconds: has the next one made, while nobody else waits
    make_house_listing(slug, tools)         the job, on queue `low`: app, listing, and its release on its way

Interrupted anywhere, it goes on with what is missing; done twice, it does no harm. What was withdrawn, suspended or
refused is not made again.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files as resource_files

from sqlalchemy import text
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.models import (
    App,
    Category,
    CreatorProfile,
    Deployment,
    DeploymentStatus,
    Generation,
    GenerationStatus,
    LicenseKind,
    Listing,
    ListingStatus,
    PriceModel,
    Release,
    ReleaseStatus,
    User,
    VersionCause,
    utc_now,
)
from overskill.services.accounts.users import create_user
from overskill.services.apps.create import create_app
from overskill.services.apps.versions import save_version
from overskill.services.generation.recipes.preparing import brief_of
from overskill.services.generation.recipes.spec import SPEC_PATH, from_json
from overskill.services.generation.recipes.whole import recipe_files
from overskill.services.market.offers import OfferDraft, set_offers
from overskill.services.market.releases import make_release

JOB = "overskill.jobs.market.make_house_listing"
NAME = "OverSkill"
USERNAME = "overskill"
EMAIL = "house@overskill.invalid"  # nobody gets mail there, and nobody can sign in: it has no password
_BIO = "Small apps by the house, free to take and to change. Made by the recipes that every OverSkill comes with."
_LOCK = 7_203_118  # any number; held while one is made


@dataclass(frozen=True, slots=True)
class Offering:
    slug: str
    title: str
    prompt: str
    tagline: str
    category: Category
    keywords: str
    description: str


@cache
def offerings() -> tuple[Offering, ...]:
    data = tomllib.loads((resource_files(__package__) / "house.toml").read_text("utf-8"))
    return tuple(_offering(one) for one in data["listing"])


def open_house(session: Session, queue: JobQueue, settings: Settings) -> None:
    """One after the other, and none is begun while somebody's own app is being made or published."""
    if settings.house_listings == "off":
        return
    made = _made(session)
    missing = [one.slug for one in offerings() if one.slug not in made]
    if missing and not _is_busy(session):
        after_commit(session, partial(queue.enqueue, JOB, missing[0], queue="low"))


def make_house_listing(slug: str, *, queue: JobQueue, settings: Settings) -> None:
    offering = next((one for one in offerings() if one.slug == slug), None)
    if offering is None or settings.house_listings == "off":
        return
    files = recipe_files(offering.prompt)
    with transaction() as session:
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        creator = _house(session)
        if offering.slug in _made(session):
            return
        app = _make_app(session, creator, offering, files)
        _list(session, creator, app, offering, queue=queue, settings=settings)


def _offering(data: Mapping[str, str]) -> Offering:
    return Offering(**{**data, "category": Category(data["category"]), "description": data["description"].strip()})  # type: ignore[arg-type]


def _made(session: Session) -> set[str]:
    """Whatever became of them, and whoever was quicker."""
    slugs = [one.slug for one in offerings()]
    return set(session.exec(select(Listing.slug).where(col(Listing.slug).in_(slugs))))


def _is_busy(session: Session) -> bool:
    waiting = (GenerationStatus.QUEUED, GenerationStatus.RUNNING)
    working = (DeploymentStatus.PENDING, DeploymentStatus.BUILDING, DeploymentStatus.DEPLOYING)
    at_work = (
        select(Generation.id).where(col(Generation.status).in_(waiting)),
        select(Deployment.id).where(col(Deployment.status).in_(working), ~col(Deployment.needs_approval)),
        select(Release.id).where(Release.status == ReleaseStatus.CHECKING),
    )
    return any(session.exec(query.limit(1)).first() is not None for query in at_work)


def _house(session: Session) -> CreatorProfile:
    found = session.exec(select(CreatorProfile).where(col(CreatorProfile.is_house))).first()
    if found is not None:
        return found
    user = session.exec(select(User).where(User.email == EMAIL)).first() or create_user(session, name=NAME, email=EMAIL)
    creator = CreatorProfile(
        user_id=user.id, username=USERNAME, name=NAME, bio=_BIO, is_house=True, verified_at=utc_now()
    )
    session.add(creator)
    session.flush()
    return creator


def _make_app(session: Session, creator: CreatorProfile, offering: Offering, files: Mapping[str, str]) -> App:
    app = create_app(session, creator.user_id, offering.prompt, files, name=offering.title)
    app.description, app.in_gallery = offering.tagline, False
    now = utc_now()
    turn = Generation(
        app_id=app.id,
        user_id=creator.user_id,
        prompt=offering.prompt,
        status=GenerationStatus.SUCCEEDED,
        author="recipe",
        started_at=now,
        finished_at=now,
        version=1,
        brief=brief_of(from_json(files[SPEC_PATH]), offering.prompt).to_json(),
    )
    session.add(turn)
    session.flush()
    save_version(
        session,
        app,
        note=offering.title,
        cause=VersionCause.GENERATION,
        author_id=creator.user_id,
        generation_id=turn.id,
    )
    return app


def _list(
    session: Session, creator: CreatorProfile, app: App, offering: Offering, *, queue: JobQueue, settings: Settings
) -> None:
    """Submitted at once: what its creator would see to in the wizard is in the offering; its picture comes with the
    check."""
    listing = Listing(
        app_id=app.id,
        creator_id=creator.id,
        slug=offering.slug,
        title=offering.title,
        tagline=offering.tagline,
        description=offering.description,
        keywords=offering.keywords,
        category=offering.category,
        status=ListingStatus.REVIEW,
        submitted_at=utc_now(),
        accent=app.accent,
        allows_remix=True,
        refund_days=settings.refund_days,
    )
    session.add(listing)
    session.flush()
    free = [OfferDraft(license=LicenseKind.COPY.value, price_model=PriceModel.FREE.value)]
    set_offers(session, listing, settings.market_currency, free)
    make_release(session, listing, notes="The first release.", queue=queue)
