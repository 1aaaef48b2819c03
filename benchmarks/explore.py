"""How long finding takes among a hundred thousand listings: searches, filters, orders, deep pages, the explore page.

Run: python -m benchmarks.explore [--listings 100000] [--keep FOLDER]. It starts a Postgres and a Valkey of its own, as
one machine has them, and fills them with samples; a kept folder is filled once. Times are those of the server, with the
rows on their way from the database; those of the page include its state and what is sent to the tab, as JSON.
"""

import argparse
import contextlib
import random
import statistics
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
from alembic.config import Config
from redis import Redis
from sqlalchemy import text
from sqlmodel import Session, func, select

from alembic import command
from overskill import db
from overskill.embedded.postgres import Postgres
from overskill.embedded.valkey import Valkey
from overskill.models import Category, LicenseKind, Listing, PriceModel
from overskill.models.base import utc_now
from overskill.services.market.explore import forget_first_page, open_explore, suggest
from overskill.services.market.search import search
from overskill.services.market.search_terms import PriceRange, SearchTerms, Sort
from overskill.services.market.seeding import seed
from overskill.services.market.seeding.vocabulary import vocabulary
from overskill.state.explore_options import options

QUERIES = 200
SEARCH_LIMIT_MS, PAGE_LIMIT_MS = 50, 200
DEEP_PAGES = 60


@dataclass(frozen=True)
class Times:
    name: str
    values: list[float]  # milliseconds

    def __str__(self) -> str:
        ordered = sorted(self.values)
        p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        return (
            f"{self.name:<34} {len(ordered):>5} times   p50 {statistics.median(ordered):>7.1f} ms   "
            f"p95 {p95:>7.1f} ms   most {ordered[-1]:>7.1f} ms"
        )


@contextlib.contextmanager
def servers(kept: Path | None) -> Iterator[Redis]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = (kept or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        postgres, valkey = Postgres(folder / "pg", folder / "pg.log"), Valkey(folder / "vk", folder / "vk.log")
        try:
            engine = db.connect(postgres.start())
            db.use(engine)
            config = Config(Path(__file__).parent.parent / "alembic.ini")
            config.attributes["engine"] = engine
            command.upgrade(config, "head")
            yield Redis.from_url(valkey.start())
            engine.dispose()
        finally:
            valkey.stop()
            postgres.stop()


def fill(count: int) -> None:
    with db.transaction() as session:
        there = session.exec(select(func.count()).select_from(Listing)).one()
        if there:
            print(f"{there:,} listings are there already.")
            return
        began = time.perf_counter()
        rows = seed(session, count, number=1, currency="usd", fee=1000, now=utc_now())
    with db.engine().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("vacuum analyze"))
    print(f"{sum(rows.values()):,} rows of {rows['listings']:,} listings in {time.perf_counter() - began:.0f} s")


def queries() -> dict[str, list[str]]:
    """QUERIES of them: common words and rare ones, one and several, begun, misspelt, left out, and some of nothing."""
    chance, said = random.Random(7), vocabulary()  # noqa: S311
    found: dict[str, list[str]] = {}
    while sum(map(len, found.values())) < QUERIES:
        own = said["categories"][chance.choice(list(Category)).value]
        subject, form = chance.choice(own["subjects"]), chance.choice(said["forms"])
        brand = "".join(chance.choice(part) for part in said["brands"])
        shapes = {
            "one word": subject,
            "two words": f"{subject} {form}",
            "many words": f"{subject} {form} for {chance.choice(own['audiences'])}",
            "a name": brand,
            "a word and a keyword": f"{subject} {chance.choice(own['keywords'])}",
            "begun": f"{subject} {form}"[: chance.randint(4, 9)],
            "misspelt": misspelt(f"{subject} {form}", chance),
            "a misspelt name": misspelt(brand, chance),
            "without a word": f"{form} -{subject.split()[0]}",
            "nothing": "".join(chance.choices(string.ascii_lowercase, k=9)),
        }
        for name, words in shapes.items():
            found.setdefault(name, []).append(words)
    return found


def misspelt(words: str, chance: random.Random) -> str:
    """Two neighbours swapped, a letter doubled, or one left out."""
    at = chance.randrange(1, len(words) - 1)
    swapped = words[:at] + words[at + 1] + words[at] + words[at + 2 :]
    return chance.choice((swapped, words[:at] + words[at] + words[at:], words[:at] + words[at + 1 :]))


def narrowed() -> list[SearchTerms]:
    """Each filter, each order, and all of them at once, which hardly anything fits."""
    found = [SearchTerms(chosen_sort=sort) for sort in (Sort.NEW, Sort.TOP, Sort.PRICE)]
    found += [SearchTerms(category=category, chosen_sort=sort) for category in Category for sort in (None, Sort.NEW)]
    for sort in (None, Sort.NEW, Sort.TOP, Sort.PRICE):
        found += [
            SearchTerms(price=PriceRange.FREE, chosen_sort=sort),
            SearchTerms(most=10, chosen_sort=sort),
            SearchTerms(rating=4, chosen_sort=sort),
            *[SearchTerms(license=kind, chosen_sort=sort) for kind in LicenseKind],
            *[SearchTerms(price_model=model, chosen_sort=sort) for model in PriceModel],
            SearchTerms(
                category=Category.TRAVEL,
                most=5,
                rating=5,
                license=LicenseKind.USE,
                price_model=PriceModel.ONE_TIME,
                chosen_sort=sort,
            ),
        ]
    return found


def measure(name: str, asked: Sequence[Any], ask: Callable[[Session, Any], object], *, rounds: int = 2) -> Times:
    """The first round warms up, and isn't counted."""
    values: list[float] = []
    for turn in range(rounds):
        for one in asked:
            began = time.perf_counter()
            db.run(ask, one)
            if turn:
                values.append((time.perf_counter() - began) * 1000)
    return Times(name, values)


def measure_depth(terms: SearchTerms) -> Times:
    values, after = [], None
    for _ in range(DEEP_PAGES):
        began = time.perf_counter()
        found = db.run(search, terms, currency="usd", after=after)
        values.append((time.perf_counter() - began) * 1000)
        after = found.next
        if after is None:
            break
    return Times(f"{DEEP_PAGES} pages deep, {terms.sort.value}", values)


def show_page(redis: Redis) -> Callable[[Session, SearchTerms], object]:
    """What the page's state does in its handler, and what is sent to the tab."""

    def show(session: Session, terms: SearchTerms) -> bytes:
        shown = open_explore(session, terms, redis, currency="usd")
        chosen = options(terms, shown.counts, "usd")
        return orjson.dumps([shown.found.listings, shown.picks, shown.rows, chosen])

    return show


def find(session: Session, terms: SearchTerms) -> object:
    return search(session, terms, currency="usd")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, default=None)
    given = parser.parse_args()
    with servers(given.keep) as redis:
        fill(given.listings)
        asked = {name: [SearchTerms(words=one) for one in words] for name, words in queries().items()}
        searches = [terms for kind in asked.values() for terms in kind]
        show = show_page(redis)

        def show_anew(session: Session, terms: SearchTerms) -> object:
            forget_first_page(redis)
            return show(session, terms)

        found = measure(f"search (at most {SEARCH_LIMIT_MS} ms)", searches, find)
        print(found)
        for name, terms in asked.items():
            print(measure(f"  {name}", terms, find))
        print(
            measure("search, in four orders", [replace(t, chosen_sort=s) for t in searches[::4] for s in _ORDERS], find)
        )
        print(measure("suggestions", [terms.words[:5] for terms in searches], suggest))
        print(measure("filters and orders", narrowed(), find))
        for sort in _ORDERS:
            print(measure_depth(SearchTerms(chosen_sort=sort)))
        print(measure_depth(SearchTerms(words="tracker")))
        pages = [SearchTerms()] * 20 + narrowed() + searches
        print(measure(f"explore page (at most {PAGE_LIMIT_MS} ms)", pages, show))
        print(measure("explore page, nothing kept", [SearchTerms()] * 10, show_anew))


_ORDERS = (Sort.TRENDING, Sort.NEW, Sort.TOP, Sort.PRICE)

if __name__ == "__main__":
    main()
