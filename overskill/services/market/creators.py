"""Who sells: the profile they make and edit, and what a job keeps of it (its counts, level and verification)."""

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from overskill.clients.objects import ObjectStore
from overskill.errors import Conflict, InvalidInput, NotAllowed
from overskill.models import CreatorLevel, CreatorProfile, Listing, ListingStatus, Purchase, PurchaseStatus
from overskill.services.addresses_in_names import refuse_address
from overskill.services.apps.naming import RESERVED_SLUGS, slug_from_name
from overskill.services.market.media import Drawn, forget_picture, keep_picture
from overskill.services.market.prices import LEAST_CHARGES
from overskill.services.market.words import line, paragraphs
from overskill.services.official_names import refuse_official

LONGEST_USERNAME = 39
LONGEST_NAME = 80
LONGEST_BIO = 500
LONGEST_WEBSITE = 200
_SHORTEST_USERNAME = 3
_USERNAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WEBSITE = re.compile(r"https?://[^\s/?#@\"'<>\\]+\.[^\s/?#@\"'<>\\]+([/?#][^\s\"'<>\\]*)?")
_RESERVED = RESERVED_SLUGS | frozenset(
    "administrator anonymous contact creator creators everybody everyone house legal moderator moderators nobody null "
    "official overskill-team owner privacy root security seller sellers staff stripe system team terms trust undefined "
    "verified webmaster".split()
)
# Of each level: earnings in one currency as so many times the least that Stripe charges in it (200 are 100 dollars),
# ratings, and their average.
_LEVELS = (
    (CreatorLevel.TOP, 20_000, 20, 4.5),
    (CreatorLevel.ESTABLISHED, 2_000, 5, 4.2),
    (CreatorLevel.RISING, 200, 1, 3.5),
)
_SUSPENDED = "Your selling is suspended, so nothing can be changed here. The notices say why, and how to appeal."


def find_creator(session: Session, user_id: UUID) -> CreatorProfile | None:
    return session.scalars(select(CreatorProfile).where(col(CreatorProfile.user_id) == user_id)).one_or_none()


def creator_to_change(session: Session, user_id: UUID) -> CreatorProfile:
    """The user's own profile. Raises NotAllowed where there is none, or it is suspended."""
    creator = find_creator(session, user_id)
    if creator is None:
        raise NotAllowed("You don't sell anything yet. Choose a name for your page first.")
    if creator.suspended_at is not None:
        raise NotAllowed(_SUSPENDED)
    return creator


def become_creator(
    session: Session, user_id: UUID, *, username: str, name: str, bio: str = "", website: str = ""
) -> CreatorProfile:
    """Raises InvalidInput naming the field, and Conflict for who has a profile already."""
    if find_creator(session, user_id) is not None:
        raise Conflict("You have a page already. Reload to see it.")
    creator = CreatorProfile(user_id=user_id, username="", name="")
    _write(creator, username=username, name=name, bio=bio, website=website)
    _save(session, creator)
    return creator


def edit_profile(
    session: Session, user_id: UUID, *, username: str, name: str, bio: str, website: str
) -> CreatorProfile:
    creator = creator_to_change(session, user_id)
    _write(creator, username=username, name=name, bio=bio, website=website)
    _save(session, creator)
    return creator


def change_picture(session: Session, user_id: UUID, drawn: Drawn | None, objects: ObjectStore) -> str:
    """Another picture, or with None: none. Returns its checksum, or ""."""
    creator = creator_to_change(session, user_id)
    before = creator.picture
    creator.picture = keep_picture(drawn, objects).checksum if drawn is not None else ""
    session.add(creator)
    if before != creator.picture:
        forget_picture(session, before, objects)
    return creator.picture


def suggested_username(user_name: str) -> str:
    """What somebody's page may be called. It may be taken."""
    slug = slug_from_name(user_name)[:LONGEST_USERNAME].strip("-")
    return slug if len(slug) >= _SHORTEST_USERNAME and slug not in _RESERVED else f"{slug}-apps"


def keep_creators(session: Session, *, now: datetime) -> None:
    """Count what creators sell, and give them the level and the verification that follow from it."""
    published = select(func.count()).where(
        col(Listing.creator_id) == CreatorProfile.id, col(Listing.status) == ListingStatus.PUBLISHED
    )
    sold = select(func.coalesce(func.sum(Listing.sale_count), 0)).where(col(Listing.creator_id) == CreatorProfile.id)
    earned = _largest_earnings()
    average = CreatorProfile.rating_sum * 1.0 / func.nullif(CreatorProfile.rating_count, 0)
    level = case(
        *[
            ((earned >= least) & (col(CreatorProfile.rating_count) >= count) & (average >= rating), name)
            for name, least, count, rating in _LEVELS
        ],
        else_=CreatorLevel.STARTER,
    )
    is_verified = (
        col(CreatorProfile.charges_enabled)
        & col(CreatorProfile.payouts_enabled)
        & (func.jsonb_array_length(CreatorProfile.requirements) == 0)
    )
    session.execute(
        update(CreatorProfile)
        .values(
            listing_count=published.correlate(CreatorProfile).scalar_subquery(),
            sale_count=sold.correlate(CreatorProfile).scalar_subquery(),
            level=level,
            verified_at=case(
                (col(CreatorProfile.verified_at).is_(None) & is_verified, now), else_=CreatorProfile.verified_at
            ),
        )
        .execution_options(synchronize_session=False)
    )


def count_listings(session: Session, creator_id: UUID) -> None:
    """After one was published; the other counts are kept each hour."""
    shown = select(func.count()).where(
        col(Listing.creator_id) == creator_id, col(Listing.status) == ListingStatus.PUBLISHED
    )
    session.execute(
        update(CreatorProfile)
        .where(col(CreatorProfile.id) == creator_id)
        .values(listing_count=shown.scalar_subquery())
        .execution_options(synchronize_session=False)
    )


def _largest_earnings() -> ColumnElement[int]:
    """Of a creator, in the currency they earned most in, as multiples of the least that Stripe charges in it."""
    least = case(LEAST_CHARGES, value=col(Purchase.currency), else_=50)
    kept = func.sum(Purchase.amount - Purchase.fee_amount - Purchase.refunded_amount)
    by_currency = (
        select((kept / func.max(least)).label("earned"))
        .where(
            col(Purchase.creator_id) == CreatorProfile.id,
            col(Purchase.status).in_([PurchaseStatus.PAID, PurchaseStatus.PARTLY_REFUNDED]),
        )
        .group_by(col(Purchase.currency))
        .correlate(CreatorProfile)
        .subquery()
    )
    return func.coalesce(select(func.max(by_currency.c.earned)).scalar_subquery(), 0)


def _write(creator: CreatorProfile, *, username: str, name: str, bio: str, website: str) -> None:
    wanted = username.strip().lower()
    if not _USERNAME.fullmatch(wanted) or not _SHORTEST_USERNAME <= len(wanted) <= LONGEST_USERNAME:
        raise InvalidInput(
            f"A username has {_SHORTEST_USERNAME} to {LONGEST_USERNAME} letters a-z, digits and single hyphens.",
            field="username",
        )
    if wanted in _RESERVED and wanted != creator.username:
        raise InvalidInput(f"“{wanted}” is kept for OverSkill itself. Choose another username.", field="username")
    address = website.strip()
    if address and (len(address) > LONGEST_WEBSITE or not _WEBSITE.fullmatch(address)):
        raise InvalidInput("A website is an address such as https://example.com.", field="website")
    creator.username = wanted
    if not creator.is_house and name != creator.name:
        refuse_address(name, field="name")
        refuse_official(name, field="name")
    creator.name = line(name, "A name", most=LONGEST_NAME, field="name", least=1)
    creator.bio = paragraphs(bio, "What you say about yourself", most=LONGEST_BIO, field="bio")
    creator.website = address


def _save(session: Session, creator: CreatorProfile) -> None:
    wanted = creator.username
    try:
        with session.begin_nested():
            session.add(creator)
            session.flush()
    except IntegrityError as error:
        if "username" not in str(error.orig):
            raise Conflict("You have a page already. Reload to see it.") from error
        raise InvalidInput(f"Somebody else is “{wanted}”. Choose another username.", field="username") from error
