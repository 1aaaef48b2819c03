"""A marketplace to try and to measure: creators, listings, a year of visits, sales and reviews. All of it made up.

    seed(session, 1000, number=1, currency="usd", fee=1000, now=…)    the same number makes the same market
    clear(session)                                                     takes all of it away again

What is seeded hangs on users whose addresses end in "@sample.invalid". Sample listings have no app: they can be looked
at, and not tried or bought.
"""

from overskill.services.market.seeding.clear import clear, count_real_sales
from overskill.services.market.seeding.seed import MOST_LISTINGS, is_seeded, seed

__all__ = ["MOST_LISTINGS", "clear", "count_real_sales", "is_seeded", "seed"]
