"""Rows of the marketplace for tests, each with sensible defaults."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Session

from overskill.models import (
    App,
    CreatorProfile,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    Listing,
    ListingStatus,
    Offer,
    PriceModel,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Release,
    ReleaseStatus,
    User,
    utc_now,
)
from tests.factories import make_app, make_user


def make_creator(session: Session, user: User | None = None, *, username: str = "") -> CreatorProfile:
    user = user or make_user(session)
    creator = CreatorProfile(user_id=user.id, username=username or f"c{secrets.token_hex(6)}", name=user.name)
    session.add(creator)
    session.flush()
    return creator


def make_listing(
    session: Session,
    creator: CreatorProfile | None = None,
    *,
    app: App | None = None,
    status: ListingStatus = ListingStatus.PUBLISHED,
    title: str = "Habits",
    parent: Listing | None = None,
    allows_remix: bool = False,
    remix_share: int = 0,
) -> Listing:
    """With one release of the app's newest version; no offer yet."""
    creator = creator or make_creator(session)
    owner = session.get_one(User, creator.user_id)
    app = app or make_app(session, owner, name=title, versions=1)
    listing = Listing(
        app_id=app.id,
        creator_id=creator.id,
        parent_id=parent.id if parent else None,
        slug=app.slug,
        title=title,
        tagline="Streaks that stick",
        status=status,
        published_at=utc_now() if status is ListingStatus.PUBLISHED else None,
        allows_remix=allows_remix,
        remix_share=remix_share,
    )
    session.add(listing)
    session.flush()
    make_release(session, listing, version=app.current_version)
    return listing


def make_release(session: Session, listing: Listing, *, version: int, number: int = 1) -> Release:
    """Ready, and the one that is sold now."""
    release = Release(
        listing_id=listing.id,
        number=number,
        version=version,
        status=ReleaseStatus.READY,
        released_at=utc_now(),
    )
    session.add(release)
    session.flush()
    listing.release_id = release.id
    session.add(listing)
    return release


def make_offer(
    session: Session,
    listing: Listing,
    *,
    license: LicenseKind = LicenseKind.COPY,  # noqa: A002 - the column's name
    amount: int = 0,
    price_model: PriceModel | None = None,
    currency: str = "usd",
) -> Offer:
    kind = price_model or (PriceModel.ONE_TIME if amount else PriceModel.FREE)
    offer = Offer(listing_id=listing.id, license=license, price_model=kind, amount=amount, currency=currency)
    session.add(offer)
    session.flush()
    return offer


def make_purchase(
    session: Session,
    buyer: User,
    offer: Offer,
    *,
    status: PurchaseStatus = PurchaseStatus.PAID,
    paid_at: datetime | None = None,
) -> tuple[Purchase, PurchaseItem]:
    listing = session.get_one(Listing, offer.listing_id)
    purchase = Purchase(
        buyer_id=buyer.id,
        email=buyer.email,
        creator_id=listing.creator_id,
        status=status,
        currency=offer.currency,
        listed_amount=offer.amount,
        amount=offer.amount,
        total_amount=offer.amount,
        paid_at=paid_at or (utc_now() if status is not PurchaseStatus.PENDING else None),
    )
    session.add(purchase)
    session.flush()
    item = PurchaseItem(
        purchase_id=purchase.id,
        listing_id=listing.id,
        offer_id=offer.id,
        release_id=_sold_release(listing),
        license=offer.license,
        amount=offer.amount,
    )
    session.add(item)
    session.flush()
    return purchase, item


def make_license(session: Session, buyer: User, item: PurchaseItem) -> License:
    license_ = License(
        item_id=item.id,
        listing_id=item.listing_id,
        holder_id=buyer.id,
        kind=item.license,
        key_hash=uuid4().hex,
    )
    session.add(license_)
    session.flush()
    return license_


def make_install(session: Session, buyer: User, license_: License, copy: App | None = None) -> Install:
    """Live, with this copy."""
    item = session.get_one(PurchaseItem, license_.item_id)
    install = Install(
        item_id=item.id,
        license_id=license_.id,
        listing_id=item.listing_id,
        user_id=buyer.id,
        release_id=item.release_id,
        app_id=copy.id if copy else None,
        status=InstallStatus.LIVE,
        base_version=copy.current_version if copy else 0,
        live_at=utc_now(),
    )
    session.add(install)
    session.flush()
    return install


def _sold_release(listing: Listing) -> UUID:
    assert listing.release_id is not None
    return listing.release_id
