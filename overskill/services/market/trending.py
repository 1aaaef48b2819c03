"""What stands first: by what happened lately ("trending"), and by what buyers say and buy ("top"). And the sales.

Both are columns that indexes are ordered by, and an hourly task keeps them. A listing that changes is written anew in
each of its indexes, so both are rounded: most of them are the same an hour later, and stay as they are.
"""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

DAYS = 30  # looked back
HALF_LIFE_DAYS = 4.0
TRY_OUT_WEIGHT = 4.0  # visitors
SALE_WEIGHT = 20.0
USUAL_RATING = 3.8  # what somebody nobody has rated is taken for
USUAL_WEIGHT = 8  # ratings, until their own count more than the usual one
SALES_WEIGHT = 0.4

# Nothing without a release that passed the platform's checks is ranked: it stands last in both.
_RANK = text("""
    with seen as (
        select listing_id, sum((visitors + :try_outs * try_outs) * power(0.5, (:today - day) / :half_life)) as heat
        from listing_daily where day > :since and day <= :today group by listing_id
    ), sold as (
        select item.listing_id, count(*) as sales,
            sum(power(0.5, greatest(0, extract(epoch from :now - paid_at) / 86400) / :half_life))
                filter (where paid_at > :since) * :sale as heat
        from purchases join purchase_items item on item.purchase_id = purchases.id
        where purchases.status in ('paid', 'partly_refunded') group by item.listing_id
    ), ranked as (
        select listings.id, coalesce(sold.sales, 0) as sales,
            case when release.status = 'ready'
                then round(20 * ln(1 + coalesce(seen.heat, 0) + coalesce(sold.heat, 0))) / 20 else 0 end as trend,
            case when release.status = 'ready'
                then round(20 * ((rating_sum + :usual_rating * :usual_weight) / (rating_count + :usual_weight)
                    + :sales * ln(1 + coalesce(sold.sales, 0)))) / 20 else 0 end as rank
        from listings
        left join releases release on release.id = listings.release_id
        left join seen on seen.listing_id = listings.id
        left join sold on sold.listing_id = listings.id
        where listings.status = 'published'
    )
    update listings set trend = ranked.trend, rank = ranked.rank, sale_count = ranked.sales from ranked
    where ranked.id = listings.id
        and (listings.trend, listings.rank, listings.sale_count) <> (ranked.trend, ranked.rank, ranked.sales)
""")


def rank_listings(session: Session, now: datetime) -> int:
    """In one statement. Returns how many listings stand elsewhere now."""
    facts = {
        "now": now,
        "today": now.date(),
        "since": (now - timedelta(days=DAYS)).date(),
        "half_life": HALF_LIFE_DAYS,
        "try_outs": TRY_OUT_WEIGHT,
        "sale": SALE_WEIGHT,
        "usual_rating": USUAL_RATING,
        "usual_weight": USUAL_WEIGHT,
        "sales": SALES_WEIGHT,
    }
    return session.connection().execute(_RANK, facts).rowcount
