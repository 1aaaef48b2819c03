"""A creator's account at Stripe (Express): made, set up on Stripe's own pages, and known by what Stripe says of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeAccount
from overskill.db import run
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import CreatorProfile, User
from overskill.services.billing import transfers
from overskill.services.billing.payout_countries import PAYOUT_COUNTRIES

REFRESH_PATH = "/sell/onboarding"
RETURN_PATH = "/sell/onboarding/done"
_NO_PROFILE = "You do not sell anything yet. Make a page for what you sell first, then set up your payouts."


@dataclass(frozen=True, slots=True)
class _Seller:
    creator_id: UUID
    account_id: str
    email: str
    country: str


def begin(user_id: UUID, *, country: str = "", payments: Payments, site_url: str) -> str:
    """Where a creator sets up their account, or goes on with it: good once, for some minutes."""
    seller = run(_seller, user_id)
    account_id = seller.account_id
    if not account_id:
        made = payments.create_account(
            email=seller.email,
            country=_checked_country(country or seller.country),
            reference=str(seller.creator_id),
            key=f"account-{seller.creator_id}",
        )
        account_id = run(_keep_account, seller.creator_id, made.id)
    return payments.onboarding_link(
        account_id, return_url=f"{site_url}{RETURN_PATH}", refresh_url=f"{site_url}{REFRESH_PATH}"
    )


def dashboard(user_id: UUID, *, payments: Payments) -> str:
    """Where a creator sees their balance at Stripe and changes their bank account."""
    seller = run(_seller, user_id)
    if not seller.account_id:
        raise Conflict("You have no account for payouts yet. Set it up first.")
    return payments.dashboard_link(seller.account_id)


def look_again(user_id: UUID, *, payments: Payments, queue: JobQueue) -> None:
    """A creator came back from Stripe: how their account is now, without waiting to be told."""
    seller = run(_seller, user_id)
    if seller.account_id:
        run(note_account, payments.account(seller.account_id), queue=queue)


def _seller(session: Session, user_id: UUID) -> _Seller:
    creator = session.exec(select(CreatorProfile).where(CreatorProfile.user_id == user_id)).one_or_none()
    if creator is None:
        raise NotFound(_NO_PROFILE)
    return _Seller(creator.id, creator.account_id, session.get_one(User, user_id).email, creator.country)


def _checked_country(country: str) -> str:
    country = country.strip().upper()
    if country not in PAYOUT_COUNTRIES:
        raise InvalidInput("Choose the country you live in. Stripe pays out in those of the list.", field="country")
    return country


def _keep_account(session: Session, creator_id: UUID, account_id: str) -> str:
    creator = session.get_one(CreatorProfile, creator_id, with_for_update={"key_share": True}, populate_existing=True)
    creator.account_id = creator.account_id or account_id
    session.add(creator)
    return creator.account_id


def note_account(session: Session, told: StripeAccount, *, queue: JobQueue) -> None:
    """What Stripe says of an account; what could not be transferred to it is tried again once it can be."""
    creator = session.exec(
        select(CreatorProfile)
        .where(CreatorProfile.account_id == told.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).first()
    if creator is None:
        return
    could_receive = creator.charges_enabled
    creator.charges_enabled, creator.payouts_enabled = told.transfers_enabled, told.payouts_enabled
    creator.country = told.country[:2] or creator.country
    creator.requirements, creator.disabled_reason = list(told.requirements), told.disabled_reason[:60]
    session.add(creator)
    if told.transfers_enabled and not could_receive:
        transfers.try_failed_again(session, creator.id, queue)
