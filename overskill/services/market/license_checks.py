"""What an app that was bought elsewhere asks of a licence key: is it good, and may it be used in one more place.

Whoever has the key may ask. What is no key, and what nobody has, is answered alike.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound
from overskill.models import License, LicenseActivation, LicenseStatus, Listing, utc_now
from overskill.services.accounts.tokens import hash_token
from overskill.services.market.license_keys import read_key
from overskill.services.market.licenses import is_valid

MOST_ACTIVATIONS = 1_000  # of one licence, also where its creator set no limit
UNKNOWN = "There is no such licence key. Check that it was copied whole."


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason` is "" where it is valid; else what stands against it, in a word for programs."""

    license: License
    listing: str
    reason: str
    activation: LicenseActivation | None = None


def places_in(text: str, *, field: str) -> int | None:
    """In how many places a key may be used, as somebody typed it; "" for no limit. Raises InvalidInput."""
    typed = text.strip()
    if not typed:
        return None
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    if not 1 <= wanted <= MOST_ACTIVATIONS:
        raise InvalidInput(f"Enter 1 to {MOST_ACTIVATIONS:,} places, or nothing for no limit.", field=field)
    return wanted


def validate(
    session: Session,
    key: str,
    *,
    activation_id: UUID | None = None,
    conditions: dict[str, Any] | None = None,
    increment_usage: int = 0,
) -> Answer:
    """Whether the key is good now, here and for so much more use, which is counted only if it is.

    Raises NotFound for a key that nobody has.
    """
    license_ = _licensed(session, key)
    listing = session.get_one(Listing, license_.listing_id).slug
    activation = _activation(session, license_, activation_id) if activation_id else None
    reason = _objection(license_, activation_id, activation, conditions or {}, increment_usage)
    if not reason:
        license_.usage += increment_usage
        license_.validated_at = utc_now()
        session.add(license_)
    return Answer(license_, listing, reason, activation)


def activate(
    session: Session, key: str, *, label: str, conditions: dict[str, Any], meta: dict[str, Any]
) -> LicenseActivation:
    """One more place where the key is used. Raises NotFound, Conflict where it is not good any more, LimitReached."""
    license_ = _licensed(session, key)
    if not is_valid(license_, utc_now()):
        raise Conflict("This licence has ended, so it can't be activated.")
    most = MOST_ACTIVATIONS if license_.most_activations is None else license_.most_activations
    if license_.activation_count >= most:
        raise LimitReached(
            f"This licence is used in {license_.activation_count} places already, and {most} is the most. "
            "Deactivate one of them."
        )
    row = LicenseActivation(license_id=license_.id, label=label, conditions=conditions, meta=meta)
    license_.activation_count += 1
    session.add(license_)
    session.add(row)
    session.flush()
    return row


def deactivate(session: Session, key: str, activation_id: UUID) -> None:
    """Raises NotFound; what ended before stays ended."""
    license_ = _licensed(session, key)
    activation = _activation(session, license_, activation_id)
    if activation is None:
        raise NotFound("This key has no such activation.")
    end_activation(session, license_, activation)


def end_activation(session: Session, license_: License, activation: LicenseActivation) -> None:
    """The caller holds the licence's row lock."""
    activation.revoked_at = utc_now()
    session.add(activation)
    session.flush()
    running = select(func.count()).where(
        LicenseActivation.license_id == license_.id, col(LicenseActivation.revoked_at).is_(None)
    )
    license_.activation_count = session.exec(running).one()
    session.add(license_)


def _licensed(session: Session, typed: str) -> License:
    key = read_key(typed)
    query = select(License).where(License.key_hash == hash_token(key or typed[:60])).with_for_update()
    license_ = session.exec(query).one_or_none()  # asked for what is no key, too: both take as long
    if license_ is None or not key:
        raise NotFound(UNKNOWN)
    return license_


def _activation(session: Session, license_: License, activation_id: UUID) -> LicenseActivation | None:
    """A running one of this licence."""
    row = session.get(LicenseActivation, activation_id)
    return row if row is not None and row.license_id == license_.id and row.revoked_at is None else None


def _objection(
    license_: License,
    activation_id: UUID | None,
    activation: LicenseActivation | None,
    conditions: dict[str, Any],
    increment: int,
) -> str:
    if not is_valid(license_, utc_now()):
        return "revoked" if license_.status is LicenseStatus.REVOKED else "expired"
    if activation is None and (activation_id is not None or license_.most_activations is not None):
        return "not_activated"
    if activation is not None and any(conditions.get(name) != value for name, value in activation.conditions.items()):
        return "conditions"
    if license_.most_usage is not None and license_.usage + increment > license_.most_usage:
        return "usage"
    return ""
