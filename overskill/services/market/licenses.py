"""Licences: what somebody may do with what they bought, from the payment on until it ends.

What depends on a licence at the edge follows soon after any change: the row says that it `needs_telling`, and
`licensed_serving.py` tells. A licence has no key until somebody asks for it: keys are sealed, and only processes that
know OVERSKILL_SECRET_KEY make them.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.config import Settings
from overskill.errors import Conflict, NotFound
from overskill.models import (
    App,
    AppStatus,
    Install,
    License,
    LicenseActivation,
    LicenseKind,
    LicenseStatus,
    Offer,
    Purchase,
    PurchaseItem,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.tokens import hash_token, make_token
from overskill.services.market.license_keys import ENDING, make_key
from overskill.services.providers.sealing import Unreadable, seal, unseal

PURPOSE = "licence key"
GRACE = timedelta(days=3)  # after what is paid has ended: a payment may be late, or word of it
NOT_INSTALLED = "It could not be installed."
_INCLUDED_IN = {  # a licence that somebody has -> what they need not buy
    LicenseKind.USE: {LicenseKind.USE},
    LicenseKind.COPY: {LicenseKind.USE, LicenseKind.COPY},
    LicenseKind.SOURCE: {LicenseKind.USE, LicenseKind.COPY, LicenseKind.SOURCE},
}
_NOT_YOURS = "There is no such licence, or it isn't yours. Reload your library."


def issue(session: Session, item: PurchaseItem, holder_id: UUID) -> License:
    """The licence of what was bought, with what was promised of it; the one that is there, if it was issued before.

    The caller holds the purchase's row lock.
    """
    known = session.exec(select(License).where(License.item_id == item.id)).one_or_none()
    if known is not None:
        return known
    license_ = License(
        item_id=item.id,
        listing_id=item.listing_id,
        holder_id=holder_id,
        kind=item.license,
        key_hash=hash_token(make_token()),  # nobody's, until there is a key
        most_activations=session.get_one(Offer, item.offer_id).most_activations,
    )
    session.add(license_)
    session.flush()
    return license_


def is_valid(license_: License, now: datetime) -> bool:
    """Whether it still lets its holder in, the grace period included."""
    if license_.status not in (LicenseStatus.ACTIVE, LicenseStatus.GRACE):
        return False
    return license_.expires_at is None or now < license_.expires_at + GRACE


def has_one(session: Session, holder_id: UUID, listing_id: UUID, kind: LicenseKind) -> bool:
    """Whether they need not buy it: what they have allows as much."""
    held = session.exec(select(License).where(License.holder_id == holder_id, License.listing_id == listing_id))
    now = utc_now()
    return any(is_valid(each, now) and kind in _INCLUDED_IN[each.kind] for each in held)


def own_license(session: Session, user_id: UUID, license_id: UUID, *, locked: bool = False) -> License:
    """Raises NotFound: whether it exists is nobody else's business."""
    session.flush()
    license_ = session.get(License, license_id, with_for_update=locked)
    if license_ is None or license_.holder_id != user_id:
        raise NotFound(_NOT_YOURS)
    return license_


def show_key(session: Session, user_id: UUID, license_id: UUID, *, settings: Settings) -> str:
    """The key, for its holder. It is made when it is looked at for the first time.

    Raises NotFound; Conflict where it was kept with another OVERSKILL_SECRET_KEY.
    """
    license_ = own_license(session, user_id, license_id, locked=True)
    if not license_.sealed_key:
        return _give_key(session, license_, settings)
    try:
        return unseal(license_.sealed_key, settings=settings, purpose=PURPOSE, owner=str(license_.id))
    except Unreadable:
        raise Conflict(
            "This key can't be shown any more: it was kept with another OVERSKILL_SECRET_KEY. It still works; "
            "to see one again, replace it."
        ) from None


def rotate_key(session: Session, user_id: UUID, license_id: UUID, *, settings: Settings) -> str:
    """Another key; the one before works no more, and whatever was activated with it has to be activated again."""
    license_ = own_license(session, user_id, license_id, locked=True)
    if license_.status is LicenseStatus.REVOKED:
        raise Conflict("This licence was taken back, so it needs no other key.")
    end_activations(session, license_)
    record(session, "license.key_replaced", user_id, subject=f"license:{license_.id}")
    return _give_key(session, license_, settings)


def forget_key(session: Session, license_: License) -> None:
    """Nobody who saw it can use it any more. The next who looks gets another."""
    license_.key_hash, license_.sealed_key, license_.key_ending = hash_token(make_token()), "", ""
    session.add(license_)


def end_activations(session: Session, license_: License) -> None:
    now = utc_now()
    session.exec(
        update(LicenseActivation)
        .where(col(LicenseActivation.license_id) == license_.id, col(LicenseActivation.revoked_at).is_(None))
        .values(revoked_at=now, updated_at=now)
    )
    license_.activation_count = 0
    session.add(license_)


def revoke(session: Session, what: Purchase | License, reason: str) -> list[License]:
    """For good, as after a refund: it lets nobody in any more, and a copy goes off the air and out of the way.

    Returns the licences: what was made of their copies can't be sold any more, see `rights.take_off_sale`.
    """
    found = _licenses_of(session, what)
    for license_ in found:
        if license_.status is LicenseStatus.REVOKED:
            continue
        license_.status, license_.revoked_at = LicenseStatus.REVOKED, utc_now()
        license_.revoked_reason, license_.needs_telling = reason[:300], True
        end_activations(session, license_)
        _move_copy(session, license_, AppStatus.ACTIVE, AppStatus.ARCHIVED)
        record(session, "license.revoked", None, subject=f"license:{license_.id}")
    return found


def restore(session: Session, what: Purchase | License) -> None:
    """Undo `revoke`: the bank decided for the creator, or a refund failed. What was never installed stays revoked."""
    for license_ in _licenses_of(session, what):
        if license_.status is not LicenseStatus.REVOKED or license_.revoked_reason == NOT_INSTALLED:
            continue
        is_over = license_.expires_at is not None and license_.expires_at + GRACE <= utc_now()
        license_.status = LicenseStatus.EXPIRED if is_over else LicenseStatus.ACTIVE
        license_.revoked_at, license_.revoked_reason, license_.needs_telling = None, "", True
        session.add(license_)
        _move_copy(session, license_, AppStatus.ARCHIVED, AppStatus.ACTIVE)
        record(session, "license.restored", None, subject=f"license:{license_.id}")


def extend(session: Session, license_: License, until: datetime) -> None:
    """A subscription was paid until then. Word of an earlier payment that comes late shortens nothing."""
    _lock(session, license_)
    if license_.status is LicenseStatus.REVOKED:
        return
    if license_.expires_at is None or until > license_.expires_at:
        license_.expires_at = until
    license_.status, license_.revoked_at, license_.needs_telling = LicenseStatus.ACTIVE, None, True
    session.add(license_)


def note_late_payment(session: Session, license_: License) -> None:
    """A subscription's payment was refused. It goes on until what is paid has ended, and the grace period."""
    _lock(session, license_)
    if license_.status is LicenseStatus.ACTIVE:
        license_.status = LicenseStatus.GRACE
        session.add(license_)


def end(session: Session, license_: License, at: datetime | None = None) -> None:
    """A subscription is over: at once, or when what is paid has ended."""
    _lock(session, license_)
    if license_.status is LicenseStatus.REVOKED:
        return
    now = utc_now()
    license_.expires_at = min(at or now, license_.expires_at or at or now)
    if license_.expires_at <= now:
        license_.status, license_.revoked_at = LicenseStatus.EXPIRED, now
    license_.needs_telling = True
    session.add(license_)


def expire_licenses(session: Session, now: datetime, *, at_most: int = 200) -> list[License]:
    """Those whose time has run out begin their grace period, or are over. Returns the ones that changed."""
    runs, is_late = col(License.expires_at) <= now, col(License.expires_at) <= now - GRACE
    rows = session.exec(
        select(License)
        .where(
            ((col(License.status) == LicenseStatus.ACTIVE) & runs)
            | (col(License.status).in_([LicenseStatus.ACTIVE, LicenseStatus.GRACE]) & is_late)
        )
        .limit(at_most)
        .with_for_update(skip_locked=True)
    ).all()
    for license_ in rows:
        is_over = license_.expires_at is not None and license_.expires_at <= now - GRACE
        license_.status = LicenseStatus.EXPIRED if is_over else LicenseStatus.GRACE
        license_.needs_telling = license_.needs_telling or is_over
        session.add(license_)
    return list(rows)


def _licenses_of(session: Session, what: Purchase | License) -> list[License]:
    query = select(License).order_by(col(License.id)).with_for_update()
    if isinstance(what, License):
        query = query.where(License.id == what.id)
    else:
        query = query.join(PurchaseItem, col(PurchaseItem.id) == License.item_id)
        query = query.where(PurchaseItem.purchase_id == what.id)
    return list(session.exec(query.execution_options(populate_existing=True)).all())


def _move_copy(session: Session, license_: License, before: AppStatus, after: AppStatus) -> None:
    copies = select(Install.app_id).where(Install.license_id == license_.id)
    session.exec(update(App).where(col(App.id).in_(copies), col(App.status) == before).values(status=after))


def _lock(session: Session, license_: License) -> None:
    session.flush()
    session.refresh(license_, with_for_update=True)


def _give_key(session: Session, license_: License, settings: Settings) -> str:
    key = make_key()
    license_.key_hash, license_.key_ending = hash_token(key), key[-ENDING:]
    license_.sealed_key = seal(key, settings=settings, purpose=PURPOSE, owner=str(license_.id))
    session.add(license_)
    return key
