"""Licences of a sale as the staff sees them, and in how many places each may be used."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import CreatorProfile, License, Listing, PurchaseItem
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own, left_to_others
from overskill.services.admin.people import checked_reason
from overskill.services.market.license_checks import places_in

_GONE = "This licence is not there any more. Reload the page."


@dataclass(frozen=True, slots=True)
class LicenseLine:
    id: str
    title: str
    kind: str
    status: str
    key_ending: str
    activations: int
    most: int | None  # None: nobody set a limit
    is_own: bool  # the admin who looks has it or sold it, and another one sets the limit


def licenses_of(session: Session, viewer_id: UUID, purchase_id: UUID) -> list[LicenseLine]:
    rows = session.exec(
        select(License, Listing.title, CreatorProfile.user_id)
        .join(PurchaseItem, col(PurchaseItem.id) == License.item_id)
        .join(Listing, col(Listing.id) == License.listing_id)
        .join(CreatorProfile, col(CreatorProfile.id) == Listing.creator_id)
        .where(PurchaseItem.purchase_id == purchase_id)
        .order_by(Listing.title, col(License.id))
    ).all()
    own = left_to_others(session, viewer_id, {row.id: {row.holder_id, seller_id} for row, _, seller_id in rows})
    return [
        LicenseLine(
            id=str(row.id),
            title=title,
            kind=row.kind.value,
            status=row.status.value,
            key_ending=row.key_ending,
            activations=row.activation_count,
            most=row.most_activations,
            is_own=row.id in own,
        )
        for row, title, _ in rows
    ]


def limit_activations(session: Session, admin_id: UUID, license_id: UUID, most: str, reason: str) -> None:
    """In how many places the key may be used; "" for no limit. What is activated already stays.

    Raises NotFound, InvalidInput; NotAllowed for a licence that the admin has or sold.
    """
    reason, wanted = checked_reason(reason), places_in(most, field="most")
    row = session.get(License, license_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_GONE)
    seller_id = session.get_one(CreatorProfile, session.get_one(Listing, row.listing_id).creator_id).user_id
    own = decided_as_own(session, admin_id, {row.holder_id, seller_id})
    details = {"reason": reason, "most": wanted, "before": row.most_activations, **own}
    row.most_activations = wanted
    session.add(row)
    record(session, "license.limited", admin_id, subject=f"license:{license_id}", details=details)
