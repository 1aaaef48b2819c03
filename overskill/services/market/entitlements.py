"""Who may use an app that is sold: signed for the dispatch worker, which lets nobody else in.

The key is made from the server's secret, so there is nothing to keep. A token works for some weeks at most. Passes that
were taken back meanwhile are named in the app's route; where these are too many, all come again through the library.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.edge_routes import sign_entitlement
from overskill.config import Settings
from overskill.errors import NotFound, Unavailable
from overskill.models import (
    App,
    AppStatus,
    DeploymentEnvironment,
    Install,
    License,
    LicenseKind,
    LicenseStatus,
    LicenseTransfer,
    Listing,
    Membership,
    Offer,
    PriceModel,
    utc_now,
)
from overskill.services.deployments.addresses import address_of, script_beside
from overskill.services.market.licenses import GRACE, is_valid

LIFETIME = timedelta(days=30)
PARAMETER = "overskill_license"
MOST_REVOKED = 12  # a route has a fixed size on one machine
_ID_LETTERS = 12
_BESIDE = re.compile(r"pr-[1-9][0-9]{0,8}|branch")
_NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class LicenseTerms:
    """What the edge has to know of an app that is sold, or was bought; nothing of any other."""

    entitlement_key: str = ""
    listing: str = ""
    not_before: int = 0
    revoked: tuple[str, ...] = ()
    until: int | None = None


def license_terms(session: Session, app: App, *, settings: Settings) -> LicenseTerms:
    """Sold apps are guarded wherever they are published, as staging would be the way around it; copies that are paid
    for by the month are, too."""
    until = _served_until(session, app.id)
    listing = _sold_for_use(session, app.id)
    if listing is None:
        return LicenseTerms(until=until)
    revoked = _taken_back(session, listing.id)
    named, others = revoked[:MOST_REVOKED], revoked[MOST_REVOKED:]
    return LicenseTerms(
        entitlement_key=entitlement_key(app.id, settings),
        listing=listing.slug,
        not_before=int(others[0][1].timestamp()) if others else 0,
        revoked=tuple(holder for holder, _ in named),
        until=until,
    )


def entitlement_key(app_id: UUID, settings: Settings) -> str:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise Unavailable(
            "Apps can't be opened for their buyers: this process knows no OVERSKILL_SECRET_KEY. Start OverSkill with "
            "./run up, or set it in .env."
        )
    mac = hmac.digest(secret.encode(), b"overskill entitlement " + app_id.bytes, "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def pass_id(license_id: UUID, holder_id: UUID) -> str:
    """What tokens name: a licence in somebody's hands. In another's it is another."""
    return hashlib.sha256(license_id.bytes + holder_id.bytes).hexdigest()[:_ID_LETTERS]


def way_in(
    session: Session,
    user_id: UUID,
    slug: str,
    *,
    settings: Settings,
    environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION,
    beside: str = "",
) -> str:
    """The address that lets this person into the app of a listing: they have a licence, or it is their team's. Buyers
    have production; the others are the team's alone, and so is what is shown `beside` the app ("pr-12").

    Raises NotFound for everybody else.
    """
    found = session.exec(
        select(Listing, App).join(App, col(App.id) == Listing.app_id).where(Listing.slug == slug)
    ).one_or_none()
    if found is None or found[1].status is AppStatus.DELETED:
        raise NotFound("There is no such app any more.")
    listing, app = found
    if beside and not _BESIDE.fullmatch(beside):
        raise NotFound("There is no such place. Open the app from your library.")
    script = script_beside(app, beside) if beside else app.slug
    address = address_of(settings, environment, script)
    if _sold_for_use(session, app.id) is None:
        return f"{address}/"
    now = utc_now()
    bought = listing.id if environment is DeploymentEnvironment.PRODUCTION and not beside else None
    holder, expires = _entitled(session, user_id, bought, app.team_id, now)
    token = sign_entitlement(
        entitlement_key(app.id, settings),
        environment,
        script,
        license_id=holder,
        issued=now,
        expires=expires,
    )
    return f"{address}/?{PARAMETER}={token}"


def _entitled(
    session: Session, user_id: UUID, listing_id: UUID | None, team_id: UUID, now: datetime
) -> tuple[str, datetime]:
    """For whom the token is, and until when. Without a listing, licences don't count."""
    licenses = session.exec(
        select(License)
        .where(License.holder_id == user_id, License.listing_id == listing_id, License.kind == LicenseKind.USE)
        .order_by(col(License.created_at).desc())
    ).all()
    latest = now + LIFETIME
    for license_ in licenses:
        if is_valid(license_, now):
            return pass_id(license_.id, user_id), min(latest, license_.expires_at or latest)
    member = select(Membership.id).where(Membership.team_id == team_id, Membership.user_id == user_id)
    if session.exec(member).first() is None:
        raise NotFound("You have no licence for this app, or it has ended.")
    return "team", latest


def _sold_for_use(session: Session, app_id: UUID) -> Listing | None:
    """The app's listing, where its last offer to use the hosted app asked to be bought. One that was never published
    guards nothing; one that is sold no more still does, for those who paid."""
    found = session.exec(
        select(Listing, Offer.price_model)
        .join(Offer, col(Offer.listing_id) == Listing.id)
        .where(Listing.app_id == app_id, col(Listing.published_at).is_not(None), Offer.license == LicenseKind.USE)
        .order_by(col(Offer.created_at).desc())
        .limit(1)
    ).first()
    return found[0] if found is not None and found[1] is not PriceModel.FREE else None


def _served_until(session: Session, app_id: UUID) -> int | None:
    license_ = session.exec(
        select(License).join(Install, col(Install.license_id) == License.id).where(Install.app_id == app_id)
    ).first()
    if license_ is None or license_.kind is LicenseKind.USE:
        return None
    moment = _end_of(license_)
    return None if moment is None else int(moment.timestamp())


def _end_of(license_: License) -> datetime | None:
    match license_.status:
        case LicenseStatus.REVOKED:
            return _NEVER
        case LicenseStatus.EXPIRED:
            return license_.expires_at or _NEVER
        case _:
            return license_.expires_at + GRACE if license_.expires_at else None


def _taken_back(session: Session, listing_id: UUID) -> list[tuple[str, datetime]]:
    """Passes that may still be about, and since when they don't count: the newest first, one more than are named."""
    since = utc_now() - LIFETIME - GRACE
    revoked = session.exec(
        select(License.id, License.holder_id, License.revoked_at)
        .where(License.listing_id == listing_id, License.kind == LicenseKind.USE, col(License.revoked_at) > since)
        .order_by(col(License.revoked_at).desc())
        .limit(MOST_REVOKED + 1)
    ).all()
    moved = session.exec(
        select(LicenseTransfer.license_id, LicenseTransfer.from_id, LicenseTransfer.accepted_at)
        .join(License, col(License.id) == LicenseTransfer.license_id)
        .where(License.listing_id == listing_id, col(LicenseTransfer.accepted_at) > since)
        .order_by(col(LicenseTransfer.accepted_at).desc())
        .limit(MOST_REVOKED + 1)
    ).all()
    passes = [(pass_id(license_id, holder), at) for license_id, holder, at in (*revoked, *moved) if at is not None]
    return sorted(passes, key=itemgetter(1), reverse=True)[: MOST_REVOKED + 1]
