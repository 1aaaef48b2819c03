"""What somebody sells and bought, down to the last row, for tests that let others at it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from overskill.db import transaction
from overskill.models import (
    Act,
    Bundle,
    BundleItem,
    CopyUpdate,
    Coupon,
    CreatorProfile,
    Dispute,
    Install,
    InstallStatus,
    LicenseActivation,
    LicenseKind,
    LicenseTransfer,
    Listing,
    ListingMedia,
    ListingStatus,
    ModerationAct,
    Purchase,
    Refund,
    SubjectKind,
    User,
    utc_now,
)
from overskill.services.market.listings import SHORTEST_DESCRIPTION
from tests.factories import make_app, make_user
from tests.market_rows import make_creator, make_install, make_license, make_listing, make_offer, make_purchase
from tests.market_rows import make_release as make_release_row

SECRET = "Undisclosed"  # stands in whatever nobody else may read
CHECKSUM = "a" * 64


@dataclass
class Belongings:
    """Of Ada, who sells a draft and two apps, and bought one of Grace's."""

    owner: User
    draft: str  # address of each
    sold: str
    other: str
    bought: str
    update_id: str
    purchase_id: str
    bundle: str
    ids: dict[str, str]  # by what they are of

    @property
    def words(self) -> list[str]:
        """Whatever a client may hand over as a name of something of hers."""
        return [*self.ids.values(), self.draft, self.sold, self.bundle, CHECKSUM]


def arrange() -> Belongings:
    with transaction() as session:
        ada = make_user(session, name=f"{SECRET} Ada", email="ada@undisclosed.example")
        creator = make_creator(session, ada, username="ada")
        draft, sold, other = (
            _listing(session, creator, status=status)
            for status in (ListingStatus.DRAFT, ListingStatus.PUBLISHED, ListingStatus.PUBLISHED)
        )
        draft.title = f"{SECRET} idea"
        offers = [make_offer(session, each, amount=900) for each in (draft, sold, other)]
        ids = {"offer": offers[0].id, **_terms(session, creator, draft, sold), **_sale(session, offers[1])}
        bundle = Bundle(creator_id=creator.id, slug="two-of-them", title="Two of them", amount=1000, currency="usd")
        session.add(bundle)
        session.flush()
        session.add_all(BundleItem(bundle_id=bundle.id, offer_id=each.id) for each in offers[1:])
        bought, purchase, mine = _bought(session, ada)
        notice = ModerationAct(
            subject_kind=SubjectKind.LISTING,
            subject_id=draft.id,
            concerns_id=ada.id,
            act=Act.DECLINE,
            reason=f"{SECRET} reason",
        )
        session.add(notice)
        session.flush()
        ids |= {"bundle": bundle.id, "notice": notice.id, "listing": draft.id, "purchase": purchase.id, **mine}
        return Belongings(
            owner=ada,
            draft=draft.slug,
            sold=sold.slug,
            other=other.slug,
            bought=bought.slug,
            update_id=str(mine["update"]),
            purchase_id=str(purchase.id),
            bundle=bundle.slug,
            ids={name: str(one) for name, one in ids.items()},
        )


def _listing(session: Session, creator: CreatorProfile, *, status: ListingStatus) -> Listing:
    listing = make_listing(session, creator, status=status)
    listing.description = f"{SECRET if status is ListingStatus.DRAFT else 'Open'} words. " * SHORTEST_DESCRIPTION
    if status is ListingStatus.DRAFT:
        listing.release_id = None
    session.add(listing)
    return listing


def _terms(session: Session, creator: CreatorProfile, draft: Listing, sold: Listing) -> dict[str, Any]:
    coupon = Coupon(creator_id=creator.id, listing_id=sold.id, code="UNDISCLOSED", percent=50)
    picture = ListingMedia(listing_id=draft.id, position=0, checksum=CHECKSUM, width=10, height=10, alt=SECRET)
    session.add_all([coupon, picture])
    session.flush()
    return {"coupon": coupon.id, "picture": picture.id}


def _sale(session: Session, offer: Any) -> dict[str, Any]:
    buyer = make_user(session, name=f"{SECRET} Bob")
    purchase, _ = make_purchase(session, buyer, offer)
    facts = {"purchase_id": purchase.id, "amount": 100, "currency": "usd"}
    refund = Refund(**facts, reason=f"{SECRET} reason", asked_by_id=buyer.id)
    dispute = Dispute(
        **facts, external_id="dp_1", status="needs_response", reason="fraudulent", evidence={"text": f"{SECRET} answer"}
    )
    session.add_all([refund, dispute])
    session.flush()
    return {"refund": refund.id, "dispute": dispute.id}


def _bought(session: Session, ada: User) -> tuple[Listing, Purchase, dict[str, Any]]:
    """A copy with an update that waits, handed to nobody yet, used in one place."""
    listing = make_listing(session, title="Streaks")
    purchase, item = make_purchase(session, ada, make_offer(session, listing, license=LicenseKind.COPY, amount=500))
    license_ = make_license(session, ada, item)
    copy = make_app(session, ada, name=f"{SECRET} copy", versions=1)
    install: Install = make_install(session, ada, license_, copy)
    install.url, install.status = f"https://{SECRET}.example", InstallStatus.LIVE
    update = CopyUpdate(
        install_id=install.id,
        release_id=make_release_row(session, listing, version=1, number=2).id,
        files={"src/App.tsx": "changed"},
        conflicts=[{"path": "src/App.tsx", "choice": "", "text": SECRET}],
    )
    activation = LicenseActivation(license_id=license_.id, label=f"{SECRET} office")
    link = LicenseTransfer(
        license_id=license_.id,
        from_id=ada.id,
        email="undisclosed@example.com",
        token_hash="0" * 64,
        expires_at=utc_now() + timedelta(days=1),
    )
    session.add_all([update, activation, link])
    session.flush()
    ids = {"update": update.id, "license": license_.id, "install": install.id, "activation": activation.id}
    return listing, purchase, {**ids, "item": item.id}


def all_rows() -> dict[str, tuple[int, int]]:
    """Of each table how many rows it has, and a sum of what they hold; but not who is signed in."""
    names = [table.name for table in SQLModel.metadata.sorted_tables if table.name != "login_sessions"]
    each = (f"SELECT '{name}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {name} t" for name in names)  # noqa: S608
    with transaction() as session:
        return {name: (count, total) for name, count, total in session.execute(text(" UNION ALL ".join(each)))}
