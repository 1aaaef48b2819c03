"""Coupons: a lower price for who has the code; without a code for everybody, which is a launch discount."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import Coupon, Listing, Purchase, PurchaseStatus, utc_now
from overskill.services.billing.money import parse
from overskill.services.market.prices import code_of, refusal_of

LONGEST_CODE = 40
MOST_DAYS = 3650
MOST_USES = 1_000_000
_SENT_WITHIN = timedelta(minutes=5)  # to the payment page; who was not by then never is
_ALL_USED = (
    "That code has been used as often as it could, or somebody is paying with the last of it just now. Go on without "
    "it, or try again in half an hour."
)
_CODE = re.compile(r"[A-Z0-9]([A-Z0-9_-]*[A-Z0-9])?")


@dataclass(frozen=True, slots=True)
class CouponDraft:
    """A coupon as somebody typed it: `percent` or `amount`; empty fields are no limit."""

    code: str = ""  # "": for everybody
    percent: str = ""
    amount: str = ""
    days: str = ""  # from now
    most_uses: str = ""


def list_coupons(session: Session, creator_id: UUID, listing_id: UUID) -> list[Coupon]:
    """Of one listing, and those of all of the creator's: the newest first, what ended last."""
    rows = select(Coupon).where(
        col(Coupon.creator_id) == creator_id, col(Coupon.listing_id).is_(None) | (col(Coupon.listing_id) == listing_id)
    )
    return list(session.scalars(rows.order_by(col(Coupon.ended_at).desc().nulls_first(), col(Coupon.starts_at).desc())))


def make_coupon(session: Session, listing: Listing, draft: CouponDraft, *, everywhere: bool = False) -> Coupon:
    """For this listing, or for all of its creator's. A code that ended begins anew.

    Raises InvalidInput naming the field.
    """
    code = code_of(draft.code)
    if code and (len(code) > LONGEST_CODE or not _CODE.fullmatch(code)):
        raise InvalidInput("A code has letters A-Z, digits and hyphens, such as SPRING-25.", field="code")
    percent = _number(draft.percent, "A discount is 1 to 100 %.", field="percent", most=100)
    amount = 0 if percent else parse(draft.amount or "0", listing.currency, field="amount")
    if not percent and not amount:
        raise InvalidInput("Say how much it takes off: a percentage or an amount.", field="percent")
    days = _number(draft.days, f"It can count for 1 to {MOST_DAYS} days.", field="days", most=MOST_DAYS)
    uses = _number(draft.most_uses, "It can be used once or more often.", field="most_uses", most=MOST_USES)
    listing_id = None if everywhere else listing.id
    now = utc_now()
    before = _same(session, listing.creator_id, listing_id, code)
    if before is not None and refusal_of(before, now) == "":
        words = f"The code {code} is there already." if code else "There is a launch discount already."
        raise InvalidInput(f"{words} End it first.", field="code")
    coupon = before or Coupon(creator_id=listing.creator_id, listing_id=listing_id, code=code)
    coupon.percent, coupon.amount = percent, amount
    coupon.currency = "" if percent else listing.currency
    coupon.starts_at, coupon.ends_at = now, now + timedelta(days=days) if days else None
    coupon.most_uses, coupon.use_count, coupon.ended_at = uses or None, 0, None
    session.add(coupon)
    session.flush()
    return coupon


def end_coupon(session: Session, listing: Listing, coupon_id: UUID) -> Coupon:
    """Of this listing, or of all of its creator's. Raises NotFound for any other."""
    coupon = session.get(Coupon, coupon_id)
    if coupon is None or coupon.creator_id != listing.creator_id or coupon.listing_id not in (None, listing.id):
        raise NotFound("That coupon is not there any more. Reload the page.")
    coupon.ended_at = coupon.ended_at or utc_now()
    session.add(coupon)
    return coupon


def check_is_left(session: Session, coupon_id: UUID) -> bool:
    """Whether one more may pay with it, those counted who are about to. Nobody else is asked until we are done.

    Returns whether its uses are limited. Raises InvalidInput for a code, Conflict for a launch discount.
    """
    coupon = session.get_one(Coupon, coupon_id, with_for_update={"key_share": True}, populate_existing=True)
    if coupon.most_uses is None:
        return False
    is_payable = (col(Purchase.session_id) != "") | (col(Purchase.created_at) > utc_now() - _SENT_WITHIN)
    paying = select(func.count()).where(
        col(Purchase.coupon_id) == coupon_id, col(Purchase.status) == PurchaseStatus.PENDING, is_payable
    )
    if coupon.use_count + int(session.execute(paying).scalar_one()) < coupon.most_uses:
        return True
    if coupon.code:
        raise InvalidInput(_ALL_USED, field="coupon")
    raise Conflict("The launch discount has been used as often as it could. Reload the page to see the price now.")


def count_use(session: Session, coupon_id: UUID) -> None:
    """Somebody paid with it. Once a purchase: the caller sees to that."""
    session.execute(update(Coupon).where(col(Coupon.id) == coupon_id).values(use_count=col(Coupon.use_count) + 1))


def _same(session: Session, creator_id: UUID, listing_id: UUID | None, code: str) -> Coupon | None:
    return session.scalars(
        select(Coupon).where(
            col(Coupon.creator_id) == creator_id,
            col(Coupon.code) == code,
            col(Coupon.listing_id).is_not_distinct_from(listing_id),
        )
    ).one_or_none()


def _number(text: str, refusal: str, *, field: str, most: int) -> int:
    """0 where nothing was typed."""
    typed = text.strip().removesuffix("%").strip()
    if not typed:
        return 0
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9 or not 1 <= int(typed) <= most:
        raise InvalidInput(refusal, field=field)
    return int(typed)
