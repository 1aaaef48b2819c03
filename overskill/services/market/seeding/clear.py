"""Taking the samples away. What refers to something else goes first: so nothing is looked up for each row."""

from sqlalchemy import text
from sqlmodel import Session

from overskill.errors import Conflict
from overskill.services.market.seeding.people import DOMAIN
from overskill.services.market.seeding.vocabulary import vocabulary

_USERS = "(select id from users where email like :theirs)"
_THEIRS = f"(select id from creator_profiles where user_id in {_USERS})"  # noqa: S608 - no words of anybody's
_LISTINGS = f"(select id from listings where creator_id in {_THEIRS})"  # noqa: S608
_REAL_SALES = f"select count(*) from purchases where creator_id in {_THEIRS} and not (is_test and email like :theirs)"  # noqa: S608
_DELETIONS = tuple(
    f"delete from {table} where {condition}"  # noqa: S608
    for table, condition in (
        ("reviews", f"listing_id in {_LISTINGS}"),
        ("licenses", f"listing_id in {_LISTINGS}"),
        ("purchase_items", f"listing_id in {_LISTINGS}"),
        ("purchases", f"creator_id in {_THEIRS}"),
        ("listing_daily", f"listing_id in {_LISTINGS}"),
        ("offers", f"listing_id in {_LISTINGS}"),
        ("releases", f"listing_id in {_LISTINGS}"),
        ("listings", f"creator_id in {_THEIRS}"),
        ("follows", f"user_id in {_USERS}"),
        ("creator_profiles", f"id in {_THEIRS}"),
        (
            "teams",
            f"id in (select team_id from memberships where user_id in {_USERS})",  # noqa: S608
        ),
        ("users", "email like :theirs"),
    )
)


def count_real_sales(session: Session) -> int:
    """Purchases of samples by people who are none."""
    found = session.execute(text(_REAL_SALES), {"theirs": f"%@{DOMAIN}"}).scalar_one()
    return int(found)


def clear(session: Session) -> dict[str, int]:
    """Returns how many rows of each table are gone."""
    if count_real_sales(session):
        raise Conflict("Somebody who is no sample has bought a sample listing. Refund that first; samples then can go.")
    gone = {}
    for statement in _DELETIONS:
        result = session.connection().execute(text(statement), {"theirs": f"%@{DOMAIN}"})
        gone[statement.split()[2]] = result.rowcount
    slugs = [said["slug"] for said in vocabulary()["collections"]]
    session.execute(text("delete from collections where slug = any(:slugs)"), {"slugs": slugs})
    return gone
