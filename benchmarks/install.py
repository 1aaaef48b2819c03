"""How long a buyer waits: from a paid purchase to the first answer of their own copy at its own address.

    python -m benchmarks.install [--runs 10] [--json]

Brings a product of its own up, has the recipes write an app, publishes and lists it for nothing, and lets that many
buyers get it, one after the other: a free purchase is paid when it is made, and installs as any other does. Also told:
the same where no build of it is kept any more, so that each copy's files are built again.
"""

import argparse
import json
import time
from uuid import UUID

from redis import Redis
from sqlmodel import Session, select

from benchmarks.journey import Figures, quiet
from overskill import container, db
from overskill.config import Settings
from overskill.models import App, Install, InstallStatus, LicenseKind, Offer, PurchaseItem
from overskill.services.market.installs import request_installs
from tests.factories import make_user
from tests.market_rows import make_creator, make_listing, make_offer, make_purchase
from tests.support_edge import ask
from tests.support_product import Product, running_product

PROMPT = "a habit tracker with streaks"
LONGEST_SECONDS = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = Figures()
    with running_product() as product:
        made = product.run("new", PROMPT, "--publish")
        instance = product.instance
        services = container.boot(
            Settings(OVERSKILL_HOME=product.home),
            database_url=instance["database_url"],
            redis_url=instance["redis_url"],
        )
        with db.transaction() as session:
            offer = _sell(session, made["slug"])
        for _ in range(options.runs):
            quiet()
            figures.add("paid to live", installs(product, offer, services))
        for _ in range(options.runs):
            _forget_builds(services.redis)
            quiet()
            figures.add("paid to live, built again", installs(product, offer, services))
    summary = figures.summary()
    if options.json:
        print(json.dumps(summary))
        return
    for name, told in summary.items():
        print(f"{name:28} p50 {told['p50_ms']:>5} ms   p95 {told['p95_ms']:>5} ms   of {told['runs']}")


def installs(product: Product, offer: Offer, services: container.Container) -> float:
    """Milliseconds from the payment's commit to the first answer of the copy."""
    with db.transaction() as session:
        purchase, item = make_purchase(session, make_user(session), offer)
        item_id = item.id
        request_installs(session, purchase, services.queue)
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST_SECONDS:
        slug = _slug_of(item_id)
        if slug and ask(product.ports.edge, host=f"{slug}.localhost").status == 200:
            return (time.perf_counter() - began) * 1000
        time.sleep(0.01)
    raise RuntimeError(f"It was not live within {LONGEST_SECONDS:.0f} s: {_problem(item_id)}")


def _sell(session: Session, slug: str) -> Offer:
    app = session.exec(select(App).where(App.slug == slug)).one()
    creator = make_creator(session, make_user(session))
    return make_offer(session, make_listing(session, creator, app=app), license=LicenseKind.COPY)


def _slug_of(item_id: UUID) -> str:
    with db.transaction() as session:
        copy = select(App.slug).join(Install).where(Install.item_id == item_id)
        return session.exec(copy).first() or ""


def _problem(item_id: UUID) -> str:
    with db.transaction() as session:
        install = session.exec(select(Install).where(Install.item_id == item_id)).one()
        item = session.get_one(PurchaseItem, item_id)
    return f"{item.license} is {InstallStatus(install.status)}: {install.error}"


def _forget_builds(redis: Redis) -> None:
    redis.delete("builds:used", "builds:sizes")


if __name__ == "__main__":
    main()
