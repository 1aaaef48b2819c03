"""Listings as their creators make them: a draft from an app, its words, its terms, and where it stands."""

import re
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound
from overskill.models import (
    App,
    AppStatus,
    Category,
    CreatorProfile,
    Listing,
    ListingStatus,
    Membership,
    utc_now,
)
from overskill.services.accounts.teams import MAY_CHANGE
from overskill.services.apps.naming import LONGEST_SLUG, RESERVED_SLUGS, slug_from_name
from overskill.services.market.categories import guess_category, guess_keywords
from overskill.services.market.creators import creator_to_change
from overskill.services.market.media import list_media
from overskill.services.market.offers import list_offers
from overskill.services.market.releases import make_release
from overskill.services.market.remix import agree, check_may_sell, check_share
from overskill.services.market.rights import check_still_theirs
from overskill.services.market.words import line, paragraphs

LONGEST_TITLE = 80
LONGEST_TAGLINE = 140
LONGEST_DESCRIPTION = 20_000
LONGEST_KEYWORDS = 300
SHORTEST_DESCRIPTION = 80
LONGEST_REFUND_DAYS = 90
MOST_LISTINGS = 500
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAY_BE_ONE = re.compile(r"[a-z0-9-]{1,63}")  # what else an address may hold, Postgres might not even take
# Pages of the desk, at /sell/<name>.
_OWN_PAGES = frozenset(("analytics", "bundles", "earnings", "notices", "onboarding", "profile", "refunds", "disputes"))
NO_LISTING = "There is no listing at this address, or it isn't yours."


@dataclass(frozen=True, slots=True)
class AppToSell:
    slug: str
    name: str
    description: str
    thumbnail: str
    accent: str
    icon: str  # checksum, or ""
    logo: str  # an SVG


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    tagline: str
    description: str
    keywords: str
    category: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a listing needs before it can be submitted."""

    key: str  # which page of the wizard does it
    words: str
    is_done: bool


def listing_to_change(session: Session, user_id: UUID, slug: str) -> Listing:
    """The user's own listing, locked until the transaction ends. Every change of a listing begins here.

    It is its creator's alone: who else may change the app sells nothing in their name. Raises NotFound for anybody
    else, NotAllowed where the creator is suspended.
    """
    listing = _own_listing(session, user_id, slug)
    creator_to_change(session, user_id)
    session.refresh(listing, with_for_update=True)
    return listing


def own_listing(user_id: UUID, slug: str) -> ColumnElement[bool]:
    """In a query that has the creators, that one; no row is NO_LISTING. To look at, also for who is suspended."""
    if not _MAY_BE_ONE.fullmatch(slug):
        return false()
    return and_(col(Listing.slug) == slug, col(CreatorProfile.user_id) == user_id)


def apps_to_sell(session: Session, user_id: UUID) -> list[AppToSell]:
    """Apps of teams where the user is owner or admin, which nobody lists yet."""
    rows = session.scalars(
        select(App)
        .join(Membership, col(Membership.team_id) == App.team_id)
        .outerjoin(Listing, col(Listing.app_id) == App.id)
        .where(
            col(Membership.user_id) == user_id,
            col(Membership.role).in_(MAY_CHANGE),
            col(App.status) == AppStatus.ACTIVE,
            col(App.current_version) > 0,
            col(App.suspended_at).is_(None),
            col(Listing.id).is_(None),
        )
        .order_by(col(App.changed_at).desc())
        .limit(100)
    )
    return [
        AppToSell(app.slug, app.name, app.description, app.thumbnail, app.accent, app.icon, app.logo) for app in rows
    ]


def draft_listing(session: Session, user_id: UUID, app_slug: str, *, settings: Settings) -> Listing:
    """A first draft, with what the app says of itself. Of an app that is listed already: that listing.

    Raises NotFound for an app that isn't theirs to sell, NotAllowed for a copy that may not be sold again.
    """
    creator = creator_to_change(session, user_id)
    app = _app_to_sell(session, user_id, app_slug)
    listed = session.scalars(select(Listing).where(col(Listing.app_id) == app.id)).one_or_none()
    if listed is not None:
        if listed.creator_id != creator.id:
            raise Conflict("Somebody else of the app's team sells it already.")
        return listed
    if app.current_version == 0:
        raise InvalidInput("The app has no saved version yet. Build it first, then sell it.")
    if app.suspended_at is not None:
        raise Conflict("The app is suspended, so it can't be sold. Its settings say why.")
    if _count(session, creator) >= MOST_LISTINGS:
        raise LimitReached(f"You can list at most {MOST_LISTINGS} apps.")
    check_may_sell(session, app)
    about = " ".join(part for part in (app.name, app.description, app.prompt) if part)
    listing = Listing(
        app_id=app.id,
        creator_id=creator.id,
        slug=_free_slug(session, app.name),
        title=app.name[:LONGEST_TITLE],
        tagline=_first_sentence(app.description or app.prompt),
        description=_first_words(app),
        keywords=guess_keywords(about),
        category=guess_category(about),
        accent=app.accent,
        currency=settings.market_currency,
        refund_days=settings.refund_days,
    )
    session.add(listing)
    session.flush()
    return listing


def edit_words(session: Session, listing: Listing, words: Words) -> None:
    """Takes effect at once, also where it is published. Raises InvalidInput naming the field."""
    try:
        category = Category(words.category)
    except ValueError:
        raise InvalidInput("Choose one of the categories.", field="category") from None
    least = SHORTEST_DESCRIPTION if listing.status is ListingStatus.PUBLISHED else 0
    title = line(words.title, "A title", most=LONGEST_TITLE, field="title", least=2)
    tagline = line(words.tagline, "A tagline", most=LONGEST_TAGLINE, field="tagline", least=1 if least else 0)
    description = paragraphs(
        words.description, "A description", most=LONGEST_DESCRIPTION, field="description", least=least
    )
    keywords = line(words.keywords.replace(",", " "), "Keywords", most=LONGEST_KEYWORDS, field="keywords")
    listing.title, listing.tagline, listing.description = title, tagline, description
    listing.keywords, listing.category = keywords.lower(), category
    session.add(listing)


def edit_terms(session: Session, listing: Listing, *, refund_days: int, allows_remix: bool, remix_share: int) -> None:
    """What is promised of later sales. `remix_share` is in hundredths of a percent."""
    if not 0 <= refund_days <= LONGEST_REFUND_DAYS:
        raise InvalidInput(f"Buyers can have 0 to {LONGEST_REFUND_DAYS} days.", field="refund_days")
    listing.remix_share = check_share(remix_share) if allows_remix else 0
    listing.allows_remix, listing.refund_days = allows_remix, refund_days
    session.add(listing)


def change_address(session: Session, listing: Listing, slug: str) -> None:
    """While nobody can have linked to it. Raises Conflict once it was published."""
    wanted = slug.strip().lower()
    if wanted == listing.slug:
        return
    if listing.published_at is not None:
        raise Conflict("The listing was published at its address, and links to it would break, so it keeps it.")
    if not _SLUG.fullmatch(wanted) or len(wanted) > LONGEST_SLUG:
        raise InvalidInput(
            f"An address has letters a-z, digits and single hyphens, at most {LONGEST_SLUG}.", field="slug"
        )
    if wanted in RESERVED_SLUGS | _OWN_PAGES:
        raise InvalidInput(f"“{wanted}” is kept for OverSkill itself. Choose another address.", field="slug")
    try:
        with session.begin_nested():
            listing.slug = wanted
            session.add(listing)
            session.flush()
    except IntegrityError as error:
        raise InvalidInput(f"Another listing has the address “{wanted}”.", field="slug") from error


def steps_of(listing: Listing, *, pictures: int, offers: int) -> list[Step]:
    """What has to be there before it can be submitted, in the wizard's order."""
    has_words = bool(listing.tagline) and len(listing.description) >= SHORTEST_DESCRIPTION
    return [
        Step("words", f"A tagline, and a description of at least {SHORTEST_DESCRIPTION} characters", has_words),
        Step("pictures", "A picture", pictures > 0),
        Step("price", "A price and a licence", offers > 0),
    ]


def submit(session: Session, user_id: UUID, slug: str, *, notes: str, queue: JobQueue, settings: Settings) -> Listing:
    """Have the app checked: once nothing is found, it is published. Raises Conflict where something is missing."""
    listing = listing_to_change(session, user_id, slug)
    if listing.status is not ListingStatus.DRAFT:
        raise Conflict("This was submitted already. Reload the page to see where it stands.")
    steps = steps_of(
        listing, pictures=len(list_media(session, listing.id)), offers=len(list_offers(session, listing.id))
    )
    missing = [one for one in steps if not one.is_done]
    if missing:
        raise Conflict(f"Before it can be submitted it needs: {missing[0].words.lower()}.")
    if listing.app_id is not None:
        _app_to_sell(session, user_id, session.get_one(App, listing.app_id).slug)
    agree(session, user_id, listing, settings=settings)
    make_release(session, listing, notes=notes, queue=queue)
    listing.status, listing.status_reason, listing.submitted_at = ListingStatus.REVIEW, "", utc_now()
    session.add(listing)
    return listing


def withdraw(session: Session, listing: Listing) -> None:
    """Nobody buys it any more; who bought it keeps it. One that waits for its checks goes back to its draft."""
    if listing.status is ListingStatus.REVIEW:
        listing.status, listing.submitted_at = ListingStatus.DRAFT, None
    elif listing.status is ListingStatus.PUBLISHED:
        listing.status = ListingStatus.WITHDRAWN
    else:
        raise Conflict("It is not published, so there is nothing to withdraw.")
    session.add(listing)


def relist(session: Session, listing: Listing) -> None:
    """A withdrawn listing is sold again, as it was. Raises Conflict where it can't be, NotAllowed for who may not."""
    if listing.status is not ListingStatus.WITHDRAWN or listing.release_id is None:
        raise Conflict("Only what was withdrawn can be listed again.")
    app = session.get(App, listing.app_id) if listing.app_id else None
    if app is None or app.status is AppStatus.DELETED or app.suspended_at is not None:
        raise Conflict("The app is deleted or suspended, so it can't be sold again.")
    check_still_theirs(session, listing, app)
    listing.status, listing.status_reason = ListingStatus.PUBLISHED, ""
    session.add(listing)


def _own_listing(session: Session, user_id: UUID, slug: str) -> Listing:
    listing = session.scalars(
        select(Listing)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(own_listing(user_id, slug))
    ).one_or_none()
    if listing is None:
        raise NotFound(NO_LISTING)
    return listing


def _app_to_sell(session: Session, user_id: UUID, slug: str) -> App:
    app = None
    if _MAY_BE_ONE.fullmatch(slug):
        app = session.scalars(
            select(App)
            .join(Membership, col(Membership.team_id) == App.team_id)
            .where(
                col(App.slug) == slug,
                col(App.status) != AppStatus.DELETED,
                col(Membership.user_id) == user_id,
                col(Membership.role).in_(MAY_CHANGE),
            )
        ).one_or_none()
    if app is None:
        raise NotFound("There is no such app, or its owner has to sell it.")
    return app


def _count(session: Session, creator: CreatorProfile) -> int:
    return int(session.scalar(select(func.count()).where(col(Listing.creator_id) == creator.id)) or 0)


def _free_slug(session: Session, name: str) -> str:
    slug = slug_from_name(name)
    held = session.scalar(select(col(Listing.id)).where(col(Listing.slug) == slug))
    is_taken = slug in _OWN_PAGES or held is not None
    return f"{slug[:40].strip('-')}-{secrets.token_hex(3)}" if is_taken else slug


def _first_sentence(text: str) -> str:
    first = re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0]
    plain = " ".join(first.split())
    return plain if len(plain) <= LONGEST_TAGLINE else plain[: LONGEST_TAGLINE - 1].rsplit(" ", 1)[0] + "…"


def _first_words(app: App) -> str:
    """To be written on by its creator: what the app says of itself, and what buyers ask."""
    about = app.description or _first_sentence(app.prompt)
    return f"{about}\n\n## What it does\n\n## Who it is for\n\n" if about else ""
