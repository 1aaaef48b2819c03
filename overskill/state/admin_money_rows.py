"""Sales, transfers, debts and books as the page of the desk shows them: plain values."""

from dataclasses import dataclass, field

from overskill.models import LedgerAccount, RefundStatus, TransferStatus
from overskill.services.admin.money_desk import Books, Debt, Difference, TransferLine
from overskill.services.admin.sales_desk import RefundNote, Sale
from overskill.services.billing.money import say

_SALE_WORDS = {
    "paid": ("Paid", "positive"),
    "partly_refunded": ("Partly given back", "warning"),
    "refunded": ("Given back", "neutral"),
    "disputed": ("Disputed", "danger"),
    "lost": ("Lost to the bank", "danger"),
}
_REFUND_WORDS = {
    RefundStatus.ASKED: "is asked for",
    RefundStatus.PENDING: "is on its way back",
    RefundStatus.SUCCEEDED: "was given back",
    RefundStatus.DECLINED: "was declined",
    RefundStatus.FAILED: "could not be given back",
}
_TRANSFER_WORDS = {
    TransferStatus.HELD: ("Waits", "neutral"),
    TransferStatus.DUE: ("Due", "accent"),
    TransferStatus.SENDING: ("Being sent", "accent"),
    TransferStatus.FAILED: ("Failed", "danger"),
}
# In the order in which they are read: with 1, an amount is where money is; with -1, whose it is.
_ACCOUNTS = (
    (LedgerAccount.PROCESSOR, "Our balance at Stripe", 1),
    (LedgerAccount.CONNECTED, "Creators' balances at Stripe", 1),
    (LedgerAccount.BANK, "Paid out", 1),
    (LedgerAccount.DISPUTED, "Kept by banks, undecided", 1),
    (LedgerAccount.PROCESSOR_FEES, "Stripe's fees", 1),
    (LedgerAccount.LOSSES, "Lost and written off", 1),
    (LedgerAccount.CREATOR, "Earned by creators", -1),
    (LedgerAccount.PLATFORM, "Our fees", -1),
    (LedgerAccount.TAX, "Tax collected", -1),
)
_MORE = (
    "Stripe has more than the ledger. Look for a payment, a top-up or a refund that failed and belongs to no sale, "
    "under Balances at Stripe, in the hour before."
)
_LESS = (
    "Stripe has less than the ledger. Look for a fee, a payout, a refund or a conversion made at Stripe itself, under "
    "Balances there, in the hour before. What belongs to a sale is booked by itself within the hour."
)


@dataclass(frozen=True)
class Asked:
    """What a dialog is about."""

    id: str = ""
    name: str = ""
    amount: int = 0
    currency: str = ""
    suggested: str = ""  # for the input: "12.50"


@dataclass(frozen=True)
class SaleRow:
    id: str
    titles: str
    slug: str
    receipt: str
    who: str  # "ada@example.com, bought of Grace"
    amount: int
    left: int
    currency: str
    words: str
    tone: str
    refunds: str  # "$5.00 was given back: It broke"
    is_waiting: bool
    is_test: bool
    is_own: bool
    at: str  # ISO


@dataclass(frozen=True)
class TransferRow:
    id: str
    creator: str
    username: str
    what: str  # "Habits, receipt 2026…"
    amount: int
    currency: str
    words: str
    tone: str
    reason: str
    error: str
    until: str  # ISO
    is_held: bool
    can_be_held: bool
    is_test: bool
    is_own: bool


@dataclass(frozen=True)
class DebtRow:
    key: str
    creator_id: str
    creator: str
    username: str
    amount: int
    coming: int
    currency: str
    is_at_stripe: bool
    is_own: bool


@dataclass(frozen=True)
class AccountRow:
    name: str
    amount: int
    currency: str
    is_odd: bool  # below zero, where nothing should be


@dataclass(frozen=True)
class BookRow:
    currency: str
    accounts: list[AccountRow] = field(default_factory=list)
    theirs: int = 0
    difference: int = 0
    at: str = ""  # ISO; "" where it was never compared


@dataclass(frozen=True)
class DifferenceRow:
    key: str
    since: str  # ISO
    until: str  # ISO
    currency: str
    amount: int
    advice: str
    is_open: bool


def sale_row(sale: Sale) -> SaleRow:
    words, tone = _SALE_WORDS.get(sale.status, (sale.status, "neutral"))
    bought = f"{sale.email or 'A guest'}, bought of {sale.creator}"
    return SaleRow(
        id=sale.id,
        titles=sale.titles,
        slug=sale.slug,
        receipt=sale.receipt,
        who=bought,
        amount=sale.amount,
        left=sale.left,
        currency=sale.currency,
        words=words,
        tone=tone,
        refunds=" · ".join(_refund_words(one, sale.currency) for one in sale.refunds),
        is_waiting=any(one.status is RefundStatus.PENDING for one in sale.refunds),
        is_test=sale.is_test,
        is_own=sale.is_own,
        at=sale.at.isoformat(),
    )


def _refund_words(refund: RefundNote, currency: str) -> str:
    why = refund.error if refund.status is RefundStatus.FAILED else refund.reason
    return f"{say(refund.amount, currency)} {_REFUND_WORDS[refund.status]}{f': {why}' if why else ''}"


def transfer_row(line: TransferLine) -> TransferRow:
    words, tone = ("Held", "warning") if line.is_held else _TRANSFER_WORDS[line.status]
    royalty = ", a royalty" if line.is_royalty else ""
    return TransferRow(
        id=line.id,
        creator=line.creator,
        username=line.username,
        what=f"{line.title}{royalty}{f', receipt {line.receipt}' if line.receipt else ''}",
        amount=line.amount,
        currency=line.currency,
        words=words,
        tone=tone,
        reason=line.reason,
        error=line.error,
        until=line.until.isoformat() if line.until and line.status is TransferStatus.HELD else "",
        is_held=line.status is TransferStatus.HELD,
        can_be_held=line.status is not TransferStatus.SENDING and not line.is_held,
        is_test=line.is_test,
        is_own=line.is_own,
    )


def debt_row(debt: Debt) -> DebtRow:
    return DebtRow(
        key=f"{debt.creator_id}-{debt.currency}{'-stripe' if debt.is_at_stripe else ''}",
        creator_id=debt.creator_id,
        creator=debt.creator,
        username=debt.username,
        amount=debt.amount,
        coming=debt.coming,
        currency=debt.currency,
        is_at_stripe=debt.is_at_stripe,
        is_own=debt.is_own,
    )


def book_rows(books: Books) -> list[BookRow]:
    newest = {one.currency: one for one in books.newest}
    rows = []
    for currency in sorted({*books.accounts, *newest}):
        seen, lies = newest.get(currency), books.accounts.get(currency, {})
        accounts = [
            AccountRow(name, sign * lies[account], currency, sign * lies[account] < 0)
            for account, name, sign in _ACCOUNTS
            if lies.get(account)
        ]
        compared = (seen.theirs, seen.amount, seen.at.isoformat()) if seen else (0, 0, "")
        rows.append(BookRow(currency, accounts, *compared))
    return rows


def difference_row(difference: Difference) -> DifferenceRow:
    return DifferenceRow(
        key=f"{difference.currency}-{difference.since.isoformat()}",
        since=difference.since.isoformat(),
        until=difference.at.isoformat(),
        currency=difference.currency,
        amount=difference.amount,
        advice=_MORE if difference.amount > 0 else _LESS,
        is_open=difference.is_open,
    )
