"""Words that no listing has, and the nearest that some have: "habbit trakcer" is a habit tracker."""

import re
from uuid import UUID

from sqlalchemy import cast, delete, func, literal, select, text, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import String
from sqlmodel import Session, col

from overskill.models import ListingWord

_WORD = re.compile(r"(?<![-\w'])[^\W\d_]{3,40}(?![\w'])")
_MOST_WORDS = 8
_NEIGHBOURS = 12  # looked at for each word; the nearest of them is the one
_ADD_WORDS = text("""
    insert into listing_words (word, listing_count)
    select word, ndoc from ts_stat(format($$
        select to_tsvector('simple', title || ' ' || tagline || ' ' || keywords || ' ' || creator_words)
        from listings where id = %L
    $$, cast(:listing as uuid))) where char_length(word) between 3 and 40 and word !~ '[0-9/.@_-]'
    on conflict (word) do nothing
""")
_COUNT_WORDS = text("""
    insert into listing_words (word, listing_count)
    select word, ndoc from ts_stat($$
        select to_tsvector('simple', title || ' ' || tagline || ' ' || keywords || ' ' || creator_words)
        from listings where status = 'published'
    $$) where char_length(word) between 3 and 40 and word !~ '[0-9/.@_-]'
""")


def correct(session: Session, words: str) -> str:
    """`words` with what is misspelt replaced, or "" if nothing is, or nobody knows better."""
    asked = list(dict.fromkeys(word.lower() for word in _WORD.findall(words)))[:_MOST_WORDS]
    if not asked:
        return ""
    near = _neighbours(session, asked)
    corrections = {word: _nearest(word, near.get(word, {})) for word in asked}
    corrected = _WORD.sub(lambda found: corrections.get(found[0].lower(), "") or found[0], words)
    return corrected if corrected != words else ""


def count_words(session: Session) -> None:
    """Write down anew which words the published listings have, and how many have each."""
    session.execute(delete(ListingWord))
    session.execute(_COUNT_WORDS)


def add_words(session: Session, listing_id: UUID) -> None:
    """Those of a listing that was published just now, until all are counted again."""
    session.execute(_ADD_WORDS, {"listing": listing_id})


def distance(one: str, other: str) -> int:
    """How many letters have to be typed, left out, replaced, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _neighbours(session: Session, asked: list[str]) -> dict[str, dict[str, int]]:
    """For each word those that share letters with it, and how many listings have them."""
    wanted = select(func.unnest(cast(literal(asked), ARRAY(String))).label("word")).subquery("asked")
    alike = (
        select(col(ListingWord.word), col(ListingWord.listing_count))
        .where(col(ListingWord.word).op("%")(wanted.c.word))
        .order_by(func.similarity(col(ListingWord.word), wanted.c.word).desc(), col(ListingWord.listing_count).desc())
        .limit(_NEIGHBOURS)
        .lateral("alike")
    )
    query = select(wanted.c.word, alike.c.word, alike.c.listing_count).join(alike, true())
    near: dict[str, dict[str, int]] = {}
    for word, neighbour, count in session.execute(query):
        near.setdefault(word, {})[neighbour] = count
    return near


def _nearest(word: str, neighbours: dict[str, int]) -> str:
    """Of equally near ones, what more listings have. "" if the word itself is there, or nothing is near."""
    if not neighbours or word in neighbours:
        return ""
    best = min(neighbours, key=lambda other: (distance(word, other), -neighbours[other]))
    return best if distance(word, best) <= 1 + len(word) // 5 else ""
