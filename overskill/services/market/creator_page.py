"""What `/creators/<username>` shows: who it is, and what they offer. Two queries."""

from dataclasses import dataclass

from sqlalchemy import exists, false, or_, select
from sqlmodel import Session, col

from overskill.errors import NotFound
from overskill.models import CreatorProfile, Follow, Listing, User
from overskill.services.accounts.sessions import SignedIn
from overskill.services.market.bundle_cards import BundleCard, bundle_cards, bundles_by
from overskill.services.market.cards import ListingCard, is_shown, read_cards, select_cards
from overskill.services.market.listing_page import Creator, Gone, creator_of

LISTINGS_PER_PAGE = 24
NO_CREATOR = "There is no creator of that name."
SUSPENDED = "This creator is suspended."


@dataclass(frozen=True)
class CreatorPage:
    creator: Creator
    website: str
    listings: tuple[ListingCard, ...]
    has_more: bool
    bundles: tuple[BundleCard, ...]
    is_self: bool
    follows: bool


def view_creator(session: Session, username: str, viewer: SignedIn | None, *, offset: int = 0) -> CreatorPage:
    """With one page of their listings, the most wanted first. Raises NotFound, and Gone for who is suspended."""
    viewer_id = viewer.id if viewer else None
    is_followed = exists().where(col(Follow.creator_id) == col(CreatorProfile.id), col(Follow.user_id) == viewer_id)
    row = None
    if 0 < len(username) <= 39 and username.isascii() and username.isprintable():
        row = session.execute(
            select(
                CreatorProfile,
                (is_followed if viewer_id else false()).label("follows"),
                or_(col(CreatorProfile.suspended_at).is_not(None), col(User.suspended_at).is_not(None)),
                bundles_by().label("bundles"),
            )
            .join(User, col(User.id) == col(CreatorProfile.user_id))
            .where(col(CreatorProfile.username) == username.lower())
        ).one_or_none()
    if row is None:
        raise NotFound(NO_CREATOR)
    profile, follows, is_suspended, bundles = row
    is_self = viewer is not None and viewer.id == profile.user_id
    if is_suspended and not is_self and not (viewer and viewer.is_admin):
        raise Gone(SUSPENDED)
    query = (
        select_cards()
        .where(is_shown(), col(Listing.creator_id) == profile.id)
        .order_by(col(Listing.trend).desc(), col(Listing.published_at).desc(), col(Listing.id))
        .offset(max(offset, 0))
        .limit(LISTINGS_PER_PAGE + 1)
    )
    cards = read_cards(session, query)
    shown = tuple(cards[:LISTINGS_PER_PAGE])
    return CreatorPage(
        creator=creator_of(profile),
        website=profile.website,
        listings=shown,
        has_more=len(cards) > len(shown),
        bundles=() if is_suspended else bundle_cards(bundles),
        is_self=is_self,
        follows=follows,
    )
