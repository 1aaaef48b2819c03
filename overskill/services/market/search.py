"""Finding listings: by words, by filters, in an order, a page after the other.

A page is one statement. It first finds the ids, in indexes alone where there are no words, and only then reads what the
cards of that page show. A later page begins behind the last listing of the one before it, so it costs the same.
A word that half of the listings have is looked for down the best ranked, a rare one in its index: each search is
planned for its own words.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    FromClause,
    Select,
    SQLColumnExpression,
    Subquery,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlmodel import Session, col

from overskill.db import PLANNED_EACH_TIME
from overskill.models import Listing, Offer
from overskill.services.billing.money import digits
from overskill.services.market.cards import ListingCard, card_of, is_shown, read_cards, select_cards
from overskill.services.market.search_terms import PriceRange, SearchTerms, Sort
from overskill.services.market.spelling import correct

PAGE_LENGTH = 24
MOST_COUNTED = 500  # beyond, "500+" says enough
MOST_SCORED = 240  # of what has the words, the best ranked are ordered by how well they fit; then come the others
MOST_CLOSE = 12
FEWEST_LETTERS_TO_COMPLETE = 3
_ENGLISH: ColumnElement[Any] = literal_column("'english'::regconfig")
_LAST_WORD = re.compile(r"(?:(?P<before>.*)\s)?(?P<last>\w+)")
_ORDERED_BY: dict[Sort, SQLColumnExpression[Any]] = {
    Sort.TRENDING: col(Listing.trend),
    Sort.NEW: col(Listing.published_at),
    Sort.TOP: col(Listing.rank),
    Sort.PRICE: col(Listing.lowest_amount),
}
_BY_RANK = (col(Listing.rank).desc(), col(Listing.id).desc())


@dataclass(frozen=True)
class Place:
    """Where a page ends: the last listing's value in the order, and its id."""

    value: float | datetime
    listing_id: UUID
    is_beyond: bool = False  # what is scored: its value is its rank


@dataclass(frozen=True)
class Found:
    listings: list[ListingCard]
    count: int  # of all pages; MOST_COUNTED + 1: more than that; 0 on later pages, where it is not asked again
    words: str  # that were looked for: others than asked for, where those were misspelt
    next: Place | None  # None: that was all
    is_close: bool = False  # nothing has the words; these are called something like it


def search(session: Session, terms: SearchTerms, *, currency: str, after: Place | None = None) -> Found:
    """A page of what `terms` ask for, of shown listings only. `currency` is the one that prices are compared in."""
    found = _read_page(session, terms, currency, after)
    if found.listings or after is not None or not terms.words:
        return found
    corrected = correct(session, terms.words)
    if corrected:
        found = _read_page(session, replace(terms, words=corrected), currency, None)
    return found if found.listings else _nearly(session, corrected or terms.words, currency)


def with_words(words: str) -> ColumnElement[bool]:
    """Whether a listing in the query has them; the last one may be only begun."""
    return col(Listing.search).op("@@")(_asked_for(words))


def _read_page(session: Session, terms: SearchTerms, currency: str, after: Place | None) -> Found:
    conditions = [is_shown(), *_filters(terms, currency)]
    is_beyond = after is not None and after.is_beyond
    if is_beyond:
        terms = replace(terms, chosen_sort=Sort.TOP)
    is_scored = terms.sort == Sort.RELEVANCE
    page, counted = _scored_page(terms, conditions, after) if is_scored else _page(terms, conditions, after)
    query = (
        select_cards()
        .add_columns(page.c.value, select(func.count()).select_from(counted).scalar_subquery().label("total"))
        .join(page, page.c.id == col(Listing.id))
        .order_by(*_in_order(terms.sort, page.c.value, page.c.id))
    )
    rows = session.execute(query, execution_options=PLANNED_EACH_TIME).all()
    shown, count = rows[:PAGE_LENGTH], rows[0].total if rows else 0
    following = Place(shown[-1].value, shown[-1].id, is_beyond) if len(rows) > PAGE_LENGTH else None
    if following is None and is_scored and count > MOST_SCORED:
        following = _end_of_scored(session, conditions)
    return Found([card_of(row) for row in shown], count, terms.words, following)


def _end_of_scored(session: Session, conditions: list[ColumnElement[bool]]) -> Place | None:
    """Once all that is scored was shown: the others follow, the best ranked first."""
    query = select(col(Listing.rank), col(Listing.id)).where(*conditions).order_by(*_BY_RANK)
    query = query.offset(MOST_SCORED - 1).limit(1)
    last = session.execute(query, execution_options=PLANNED_EACH_TIME).one_or_none()
    return Place(last.rank, last.id, is_beyond=True) if last else None


def _page(
    terms: SearchTerms, conditions: list[ColumnElement[bool]], after: Place | None
) -> tuple[FromClause, FromClause]:
    """The ids of a page, and one more if there is another; and what is counted."""
    value, listing_id = _ORDERED_BY[terms.sort], col(Listing.id)
    query: Select[*tuple[Any, ...]] = select(listing_id.label("id"), value.label("value"))
    query = query.where(*conditions, value.is_not(None))
    counted = select(col(Listing.id)).where(*conditions).limit(MOST_COUNTED + 1)
    return _behind(query, terms.sort, value, listing_id, after), counted.subquery("counted")


def _scored_page(
    terms: SearchTerms, conditions: list[ColumnElement[bool]], after: Place | None
) -> tuple[FromClause, FromClause]:
    """Listings that have the words, by how well these fit: where they stand, how alike the title is, and a little how
    good the listing is. What has them is found once, the best ranked first, and only so many of it are scored."""
    found = (
        (select(col(Listing.id), col(Listing.rank)).where(*conditions).order_by(*_BY_RANK).limit(MOST_COUNTED + 1))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    best = select(found).order_by(found.c.rank.desc(), found.c.id.desc()).limit(MOST_SCORED).subquery("best")
    fit = func.ts_rank(col(Listing.search), _asked_for(terms.words))
    likeness = func.similarity(col(Listing.title), terms.words)
    value = cast(fit + 0.6 * likeness + 0.04 * best.c.rank, Float(53))
    scored = select(best.c.id, value.label("value")).join(Listing, col(Listing.id) == best.c.id).subquery("scored")
    query = select(scored.c.id, scored.c.value)
    return _behind(query, terms.sort, scored.c.value, scored.c.id, after), found


def _behind(
    query: Select[*tuple[Any, ...]],
    sort: Sort,
    value: SQLColumnExpression[Any],
    listing_id: SQLColumnExpression[UUID],
    after: Place | None,
) -> Subquery:
    if after is not None:
        place, end = tuple_(value, listing_id), tuple_(literal(after.value), literal(after.listing_id))
        query = query.where(place > end if sort == Sort.PRICE else place < end)
    return query.order_by(*_in_order(sort, value, listing_id)).limit(PAGE_LENGTH + 1).subquery("page")


def _in_order(
    sort: Sort, value: SQLColumnExpression[Any], listing_id: SQLColumnExpression[UUID]
) -> list[SQLColumnExpression[Any]]:
    return [value, listing_id] if sort == Sort.PRICE else [value.desc(), listing_id.desc()]


def _nearly(session: Session, words: str, currency: str) -> Found:
    """What has any of the words, whatever the filters; else what is called something like them."""
    each = re.findall(r"\w+", words)
    if len(each) > 1:
        found = _read_page(session, SearchTerms(words=" or ".join(each)), currency, None)
        if found.listings:
            return replace(found, words=words, next=None, is_close=True)
    return _closest(session, words)


def _closest(session: Session, words: str) -> Found:
    """Whatever the filters: these are only shown for want of better ones."""
    likeness = func.word_similarity(words, col(Listing.title))
    query = (
        select_cards()
        .where(is_shown(), literal(words).op("<%")(col(Listing.title)))
        .order_by(likeness.desc(), col(Listing.rank).desc(), col(Listing.id))
        .limit(MOST_CLOSE)
    )
    listings = read_cards(session, query)
    return Found(listings, len(listings), words, None, is_close=True)


def _filters(terms: SearchTerms, currency: str) -> list[ColumnElement[bool]]:
    conditions = []
    is_free, is_comparable = col(Listing.lowest_amount) == 0, col(Listing.currency) == currency
    if terms.words:
        conditions.append(with_words(terms.words))
    if terms.category:
        conditions.append(col(Listing.category) == terms.category)
    if terms.price != PriceRange.ANY:
        conditions.append(is_free if terms.price == PriceRange.FREE else col(Listing.lowest_amount) > 0)
    if terms.most:
        is_affordable = is_comparable & (col(Listing.lowest_amount) <= terms.most * 10 ** digits(currency))
        conditions.append(or_(is_free, is_affordable))
    if terms.sort == Sort.PRICE:  # of two currencies, neither is the cheaper one
        conditions.append(or_(is_free, is_comparable))
    if terms.rating:
        conditions += [
            col(Listing.rating_count) > 0,
            col(Listing.rating_sum) >= terms.rating * col(Listing.rating_count),
        ]
    if terms.license or terms.price_model:
        conditions.append(_has_offer(terms))
    return conditions


def _has_offer(terms: SearchTerms) -> ColumnElement[bool]:
    """One offer that is both, where both are asked for."""
    offer = select(col(Offer.id)).where(col(Offer.listing_id) == col(Listing.id), col(Offer.ended_at).is_(None))
    if terms.license:
        offer = offer.where(col(Offer.license) == terms.license)
    if terms.price_model:
        offer = offer.where(col(Offer.price_model) == terms.price_model)
    return offer.correlate(Listing).exists()


def _asked_for(words: str) -> ColumnElement[Any]:
    """As in any search box: "two words", -without, or. Somebody may still be typing the last word."""
    typed = _LAST_WORD.fullmatch(words)
    is_composed = '"' in words or "or" in words.lower().split()
    if typed is None or is_composed or len(typed["last"]) < FEWEST_LETTERS_TO_COMPLETE:
        return func.websearch_to_tsquery(_ENGLISH, words)
    begun = func.to_tsquery(_ENGLISH, f"{typed['last']}:*")
    before = typed["before"]
    return func.websearch_to_tsquery(_ENGLISH, before).op("&&")(begun) if before else begun
