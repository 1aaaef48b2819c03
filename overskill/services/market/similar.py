"""Which other apps somebody who looks at one may like."""

from sqlalchemy import func
from sqlmodel import Session, col

from overskill.models import Listing
from overskill.services.market.cards import ListingCard, is_shown, read_cards, select_cards

MOST_SIMILAR = 6
_CANDIDATES = 60  # of the same category, the most wanted now: comparing words with all would take too long


def similar_listings(session: Session, listing: Listing) -> list[ListingCard]:
    """Of its category, those that speak of the same things first. One query, however many listings there are."""
    words = f"{listing.title} {listing.tagline} {listing.keywords}"
    wanted = (
        select_cards()
        .add_columns(
            col(Listing.trend),
            func.similarity(func.concat_ws(" ", Listing.title, Listing.tagline, Listing.keywords), words).label("near"),
        )
        .where(is_shown(), col(Listing.category) == listing.category, col(Listing.id) != listing.id)
        .order_by(col(Listing.trend).desc(), col(Listing.id))
        .limit(_CANDIDATES)
        .subquery()
    )
    query = wanted.select().order_by(wanted.c.near.desc(), wanted.c.trend.desc(), wanted.c.id).limit(MOST_SIMILAR)
    return read_cards(session, query)
