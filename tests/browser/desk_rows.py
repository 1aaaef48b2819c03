"""What an admin's desk has to show: costs, a failed publish, sales and what became of them, and what waits."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from sqlmodel import Session

from overskill.models import (
    Alert,
    App,
    CreatorProfile,
    Deployment,
    DeploymentStatus,
    GenerationStatus,
    Listing,
    ListingStatus,
    Purchase,
    Reconciliation,
    Refund,
    Report,
    ReportReason,
    SubjectKind,
    TransferStatus,
    User,
    utc_now,
)
from overskill.services.accounts.sessions import Visitor, open_session
from overskill.services.accounts.users import create_user
from tests.factories import make_app, make_generation
from tests.market_rows import make_creator, make_listing
from tests.services.billing.sales import make_sale, transfers_of
from tests.support_product import Product

DEAREST = "Quarterly Report"
FAILED = "Photo Wall"
WHY_IT_FAILED = "The build stopped: src/pages/Wall.tsx imports ./frames, which is not there."
PEOPLE = ("Grace Hopper", "Katherine Johnson", "Radia Perlman")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"


async def furnish(product: Product) -> None:
    await asyncio.to_thread(_furnish, product)


def _furnish(product: Product) -> None:
    with product.session() as session:
        people = [_person(session, name) for name in PEOPLE]
        _costs(session, people)
        _failed_publish(session, people[0])
        _market(session, people)
        session.add(Alert(name="model_cost", value=131.5, limit=100))
        session.commit()


def _person(session: Session, name: str) -> User:
    user = create_user(session, name=name, email=f"{name.split(maxsplit=1)[0].lower()}-{uuid4().hex[:6]}@example.com")
    for ip in ("203.0.113.7", "198.51.100.20"):
        open_session(session, user.id, Visitor(ip=ip, user_agent=FIREFOX))
    return user


def _costs(session: Session, people: list[User]) -> None:
    """Of two weeks, the dearest app by far yesterday."""
    names = (DEAREST, "Habit Garden", "Invoice Desk", "Meal Planner for a whole family with many allergies")
    for number, name in enumerate(names):
        app = make_app(session, people[number % len(people)], name=name, slug=f"desk-{number}-{uuid4().hex[:6]}")
        for days in range(14):
            turn = make_generation(session, app, status=GenerationStatus.SUCCEEDED)
            if (days + number) % 5 == 0:
                turn.status = GenerationStatus.FAILED
            turn.created_at = turn.started_at = utc_now() - timedelta(days=days)
            turn.finished_at = turn.started_at + timedelta(seconds=20 + 3 * days)
            turn.cost_micro = 9_870_000 if (days, number) == (1, 0) else 120_000 * (number + 1)
            turn.model = ("anthropic/claude-sonnet", "openai/gpt-mini")[number % 2]
            turn.usage = {"build": {"model": turn.model, "cost_micro": turn.cost_micro}}


def _failed_publish(session: Session, owner: User) -> None:
    app = make_app(session, owner, name=FAILED, slug=f"desk-wall-{uuid4().hex[:6]}")
    session.add(
        Deployment(
            app_id=app.id,
            user_id=owner.id,
            version=3,
            status=DeploymentStatus.FAILED,
            error=WHY_IT_FAILED,
            log=[{"text": "Building version 3", "at": 0.2}, {"text": WHY_IT_FAILED, "at": 1.4}],
        )
    )


def _market(session: Session, people: list[User]) -> None:
    maker = make_creator(session, people[0], username=f"grace-{uuid4().hex[:6]}")
    title = f"Orchard {uuid4().hex[:4]}"
    sold = make_listing(session, maker, title=title, app=_sold_app(session, people[0], title))
    waits = make_listing(session, maker, title="Tide Times", app=_sold_app(session, people[0], "Tide Times"))
    waits.status, waits.published_at = ListingStatus.REVIEW, None
    session.add(waits)
    sales = [_sale(session, sold, people[1], number) for number in range(3)]
    _sale(session, sold, people[2], 3, currency="jpy", amount=1_200)
    _held_and_owed(session, sales)
    purchase = sales[2]
    session.add(Refund(purchase_id=purchase.id, amount=1_200, currency="usd", reason="It does not fit my phone."))
    session.add(
        Report(
            subject_kind=SubjectKind.LISTING,
            subject_id=sold.id,
            reporter_id=people[2].id,
            reason=ReportReason.SPAM,
            details="The same text as five other listings.",
        )
    )
    for hours, theirs in ((5, 3_600), (4, 3_100), (3, 3_100), (2, 3_600)):
        at = utc_now() - timedelta(hours=hours)
        session.add(Reconciliation(currency="usd", ours=3_600, theirs=theirs, created_at=at))


def _sold_app(session: Session, owner: User, title: str) -> App:
    return make_app(session, owner, name=title, slug=f"desk-sold-{uuid4().hex[:6]}", versions=1)


def _sale(
    session: Session, listing: Listing, buyer: User, number: int, *, currency: str = "usd", amount: int = 1_200
) -> Purchase:
    purchase = make_sale(session, amount, listing=listing, buyer=buyer, currency=currency)
    purchase.is_test = True
    purchase.paid_at = utc_now() - timedelta(days=20 * number)
    purchase.receipt_number = f"20261101-{uuid4().hex[:8].upper()}"
    session.add(purchase)
    return purchase


def _held_and_owed(session: Session, sales: list[Purchase]) -> None:
    (held,), (owed,) = transfers_of(session, sales[0]), transfers_of(session, sales[1])
    held.hold_reason, held.hold_until = "We look into a report", utc_now() + timedelta(days=5)
    owed.status, owed.sent_amount = TransferStatus.SENT, owed.amount
    owed.reversed_amount = owed.owed_amount = 400
    creator = session.get_one(CreatorProfile, held.creator_id)
    creator.hold_reason = "Papers of the company are missing"
    session.add_all([held, owed, creator])
