"""What a card of the library says, in words."""

from dataclasses import dataclass
from typing import Literal

from overskill.models import (
    AppStatus,
    InstallStatus,
    LicenseActivation,
    LicenseKind,
    LicenseStatus,
    PurchaseStatus,
    RefundStatus,
)
from overskill.services.figures import count_words
from overskill.services.market.library import LibraryEntry

Tone = Literal["neutral", "accent", "positive", "warning", "danger"]
KINDS = {
    LicenseKind.USE: "Use of the hosted app",
    LicenseKind.COPY: "Your own copy",
    LicenseKind.SOURCE: "Your own copy, which you may sell",
}
_STEPS = {InstallStatus.QUEUED: (8, "Waiting for its turn"), InstallStatus.COPYING: (35, "Making your own copy")}
_REFUNDS = {
    RefundStatus.ASKED: "You asked for the money back. Its creator answers by mail.",
    RefundStatus.PENDING: "The money is on its way back to you.",
    RefundStatus.FAILED: "Your bank did not take the money back. Write to whoever runs this instance.",
    RefundStatus.DECLINED: "Giving the money back was declined.",
}
_AT_BANK = {
    PurchaseStatus.DISPUTED: "Your bank disputes this payment. Until it has decided, this stays yours.",
    PurchaseStatus.LOST: "Your bank took the payment back, so this is yours no more.",
}


@dataclass(frozen=True)
class LibraryRow:
    id: str = ""  # of the item
    purchase_id: str = ""
    license_id: str = ""
    install_id: str = ""
    title: str = ""
    slug: str = ""
    cover: str = ""
    accent: str = ""
    kind: str = ""
    group: str = ""  # "copies", "use" or "ended"
    release: int = 0
    amount: int = 0
    currency: str = "usd"
    is_test: bool = False
    is_bundle: bool = False
    bought_at: str = ""  # ISO time
    badge: str = ""
    tone: Tone = "neutral"
    is_working: bool = False
    percent: int = 0
    step: str = ""
    problem: str = ""
    address: str = ""  # where it is, as it is shown
    open_at: str = ""
    studio: str = ""  # "" where there is none of one's own
    needs: str = ""
    offered_to: str = ""
    update_id: str = ""
    refund: str = ""
    renews_at: str = ""  # ISO time, of a subscription
    interval: str = ""  # "month" or "year", of a subscription that goes on, or could
    renewal: str = ""  # "renews", "ends", "late", or "" where it is over, or somebody else's
    served_until: str = ""  # ISO time, of one whose payment is late
    may_install: bool = False  # again
    may_uninstall: bool = False
    may_hand_on: bool = False
    refunds: str = ""  # "now", "ask" or ""
    has_receipt: bool = False


@dataclass(frozen=True)
class ActivationRow:
    id: str
    label: str
    since: str  # ISO time


def row_of(entry: LibraryEntry) -> LibraryRow:
    install, license_ = entry.install, entry.license
    badge, tone = _badge(entry)
    is_working = entry.is_holder and entry.is_valid and install is not None and not install.status.is_final
    percent, step = _step(entry) if is_working else (0, "")
    is_live = entry.is_holder and entry.is_valid and entry.is_installed
    return LibraryRow(
        id=str(entry.item_id),
        purchase_id=str(entry.purchase_id),
        license_id=str(license_.id) if license_ is not None and entry.is_holder else "",
        install_id=str(install.id) if install is not None and entry.is_holder else "",
        title=entry.listing.title,
        slug=entry.listing.slug,
        cover=entry.cover,
        accent=entry.listing.accent,
        kind=KINDS[entry.kind],
        group=_group(entry),
        release=entry.release,
        amount=entry.amount,
        currency=entry.currency,
        is_test=entry.is_test,
        is_bundle=entry.is_bundle,
        bought_at=entry.bought_at.isoformat(),
        badge=badge,
        tone=tone,
        is_working=is_working,
        percent=percent,
        step=step,
        problem=_problem(entry),
        address=install.url.removeprefix("https://").removeprefix("http://") if install and is_live else "",
        open_at=_open_at(entry) if is_live else "",
        studio=f"/studio/{entry.app.slug}" if entry.app is not None and entry.app.status is AppStatus.ACTIVE else "",
        needs=", ".join(entry.needs) if is_live else "",
        offered_to=entry.offered_to,
        update_id=str(entry.update_id) if entry.update_id is not None and is_live else "",
        refund=_money_note(entry),
        renews_at=license_.expires_at.isoformat() if license_ and license_.expires_at and entry.is_holder else "",
        interval=entry.interval,
        renewal=_renewal(entry),
        served_until=entry.served_until.isoformat() if entry.served_until else "",
        may_install=_may_install(entry),
        may_uninstall=is_live,
        may_hand_on=is_live and license_ is not None and license_.expires_at is None,
        refunds="now" if entry.can_refund else "ask" if entry.may_ask else "",
        has_receipt=entry.is_buyer,
    )


def activation_row(activation: LicenseActivation) -> ActivationRow:
    return ActivationRow(str(activation.id), activation.label, activation.created_at.isoformat())


def uses_words(count: int, most: int | None) -> str:
    if most is None:
        return f"{count_words(count, 'activation')}."
    return f"{count_words(count, 'activation')} of {most}."


def _group(entry: LibraryEntry) -> str:
    if not (entry.is_holder and entry.is_valid):
        return "ended"
    return "use" if entry.kind is LicenseKind.USE else "copies"


def _badge(entry: LibraryEntry) -> tuple[str, Tone]:
    license_ = entry.license
    if license_ is not None and not entry.is_holder:
        return "Handed on", "neutral"
    if license_ is None or license_.status is LicenseStatus.REVOKED:
        was_refunded = entry.purchase_status is PurchaseStatus.REFUNDED
        return ("Refunded" if was_refunded else "Taken back"), "neutral"
    if not entry.is_valid:
        return "Ended", "neutral"
    if license_.status is LicenseStatus.GRACE:
        return "Payment is late", "warning"
    return _installed_badge(entry)


def _installed_badge(entry: LibraryEntry) -> tuple[str, Tone]:
    install = entry.install
    if install is not None and install.status is InstallStatus.FAILED:
        return "Not installed", "danger"
    if install is not None and not install.status.is_final:
        return "Installing", "accent"
    if not entry.is_installed:
        return "Uninstalled", "neutral"
    return ("Ready" if entry.kind is LicenseKind.USE else "Live"), "positive"


def _step(entry: LibraryEntry) -> tuple[int, str]:
    assert entry.install is not None  # noqa: S101 - what is working has one
    if entry.install.status is InstallStatus.QUEUED and entry.install.error:
        return 8, "It did not work yet. It is tried again in a moment"
    words = "Opening the app for you" if entry.kind is LicenseKind.USE else "Publishing it at your own address"
    return _STEPS.get(entry.install.status, (75, words))


def _problem(entry: LibraryEntry) -> str:
    if entry.install is None or not entry.is_holder or entry.install.status is not InstallStatus.FAILED:
        return ""
    return entry.install.error


def _money_note(entry: LibraryEntry) -> str:
    """What becomes of the money, to who paid it."""
    if entry.is_buyer and entry.purchase_status in _AT_BANK:
        return _AT_BANK[entry.purchase_status]
    return _REFUNDS.get(entry.refund.status, "") if entry.refund is not None else ""


def _open_at(entry: LibraryEntry) -> str:
    """An app that is hosted is opened by a link that is signed when it is followed."""
    if entry.kind is LicenseKind.USE:
        return f"/library/open/{entry.listing.slug}"
    return entry.install.url if entry.install is not None else ""


def _renewal(entry: LibraryEntry) -> str:
    if not (entry.interval and entry.is_buyer and entry.is_holder and entry.is_valid):
        return ""
    if entry.is_ending:
        return "ends"
    return "late" if entry.license is not None and entry.license.status is LicenseStatus.GRACE else "renews"


def _may_install(entry: LibraryEntry) -> bool:
    if entry.install is None or not entry.is_holder or not entry.is_valid:
        return False
    return entry.install.status.is_final and not entry.is_installed
