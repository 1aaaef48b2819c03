"""The desk's page of money: sales and refunds, transfers and holds, debts, and whether the books agree with Stripe."""

import asyncio
from uuid import UUID

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput, OverskillError
from overskill.services.admin import money_desk, sales_desk
from overskill.services.billing.money import decimal, say
from overskill.services.billing.reconciling import reconcile
from overskill.state.admin import enter
from overskill.state.admin_money_rows import (
    Asked,
    BookRow,
    DebtRow,
    DifferenceRow,
    SaleRow,
    TransferRow,
    book_rows,
    debt_row,
    difference_row,
    sale_row,
    transfer_row,
)
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done

FOLLOWS_SECONDS = 1.0
FOLLOWS = 20  # looks, after money was given back
_GONE = "This is not there any more. Reload the page."
_WISHES = ("refund", "hold", "release", "write_off")


class MoneyState(rx.State):
    is_loaded: bool = False
    is_busy: bool = False  # while the books are compared
    is_test: bool = False  # no money moves: Stripe's double answers, or a key for tests
    view: str = "sales"  # or "transfers", "debts", "books"
    words: str = ""
    sales: list[SaleRow] = []
    transfers: list[TransferRow] = []
    debts: list[DebtRow] = []
    books: list[BookRow] = []
    differences: list[DifferenceRow] = []
    wish: str = ""  # one of _WISHES that is asked for; "" for none
    chosen: Asked = Asked()
    refusal: str = ""

    @rx.event
    async def load(self) -> None:
        if admin := await enter(self):
            query = self.router.url.query_parameters
            await _read(self, admin.id, query.get("view", "") or self.view, query.get("q", "") or self.words)

    @rx.event
    async def show(self, view: str) -> None:
        admin = await require_admin(self)
        await _read(self, admin.id, view, self.words)

    @rx.event
    async def search(self, form: dict[str, str]) -> None:
        admin = await require_admin(self)
        await _read(self, admin.id, self.view, form.get("q", ""))

    @rx.event
    async def ask(self, wish: str, row_id: str) -> None:
        """Before anything is done with a row of those that are shown."""
        await require_admin(self)
        chosen = self._find(wish, row_id)
        if wish not in _WISHES or chosen is None:
            raise InvalidInput(_GONE)
        assign(self, wish=wish, chosen=chosen, refusal="")

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, wish="", refusal="")

    @rx.event
    async def act(self, form: dict[str, str]) -> list[EventType[()]]:
        """What was asked for, with this reason."""
        admin = await require_admin(self)
        chosen, reason = self.chosen, form.get("reason", "")
        row_id, queue = id_in(chosen.id, _GONE), container.get().queue
        amount, until = form.get("amount", ""), form.get("until", "")
        try:
            match self.wish:
                case "refund":
                    await in_thread(sales_desk.give_back, admin.id, row_id, amount, reason, queue=queue)
                    words = "The money is on its way back."
                case "hold":
                    await in_thread(money_desk.hold_transfer, admin.id, row_id, reason, until)
                    words = "It is held. The creator sees the reason."
                case "release":
                    await in_thread(money_desk.release_transfer, admin.id, row_id, reason)
                    words = "It is sent with the next transfers, within a minute."
                case "write_off":
                    lost = await in_thread(money_desk.write_off, admin.id, row_id, chosen.currency, reason)
                    words = f"{say(lost, chosen.currency)} is written off."
                case _:
                    raise InvalidInput(_GONE)
        except OverskillError as error:
            assign(self, refusal=error.message)
            return []
        is_refund = self.wish == "refund"
        assign(self, wish="", refusal="")
        await _read(self, admin.id, self.view, self.words)
        return [done(words), MoneyState.follow] if is_refund else [done(words)]

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Until Stripe has answered of every refund that is shown."""
        for _ in range(FOLLOWS):
            async with self:
                admin = await require_admin(self)
                if self.view != "sales" or not any(row.is_waiting for row in self.sales):
                    return
                words = self.words
            await asyncio.sleep(FOLLOWS_SECONDS)
            found = await in_thread(sales_desk.find_sales, admin.id, words)
            async with self:
                if (self.view, self.words) == ("sales", words):
                    assign(self, sales=[sale_row(each) for each in found])

    @rx.event(background=True, supersedes=True)
    async def compare(self) -> EventType[()] | None:
        """The books with Stripe, now instead of at the next hour."""
        async with self:
            admin = await require_admin(self)
            if self.is_busy:
                return None
            assign(self, is_busy=True)
        try:
            await asyncio.to_thread(reconcile, container.get().payments)
        finally:
            async with self:
                assign(self, is_busy=False)
        async with self:
            await _read(self, admin.id, "books", self.words)
        return done("Compared.")

    def _find(self, wish: str, row_id: str) -> Asked | None:
        """What a dialog says of a row."""
        if wish == "refund":
            sale = next((row for row in self.sales if row.id == row_id and row.left > 0 and not row.is_own), None)
            left = decimal(sale.left, sale.currency) if sale else ""
            return Asked(sale.id, sale.titles, sale.left, sale.currency, left) if sale else None
        if wish == "write_off":
            debt = next((row for row in self.debts if row.key == row_id and not row.is_at_stripe), None)
            return Asked(debt.creator_id, debt.creator, debt.amount, debt.currency) if debt else None
        transfer = next((row for row in self.transfers if row.id == row_id), None)
        return Asked(transfer.id, transfer.creator, transfer.amount, transfer.currency) if transfer else None


async def _read(state: MoneyState, admin_id: UUID, view: str, words: str) -> None:
    """Only what is looked at: of the rest nothing is asked."""
    words = words[:100]
    shown: dict[str, object] = {}
    match view:
        case "sales":
            shown["sales"] = [sale_row(each) for each in await in_thread(sales_desk.find_sales, admin_id, words)]
        case "transfers":
            found = await in_thread(money_desk.list_transfers, admin_id, words)
            shown["transfers"] = [transfer_row(each) for each in found]
        case "debts":
            shown["debts"] = [debt_row(each) for each in await in_thread(money_desk.list_debts, admin_id)]
        case "books":
            books = await in_thread(money_desk.view_books)
            shown["books"] = book_rows(books)
            shown["differences"] = [difference_row(each) for each in books.differences]
        case _:
            raise InvalidInput("Choose one of the lists that are offered.")
    is_test = container.get().payments.is_test
    assign(state, view=view, words=words, is_test=is_test, is_loaded=True, **shown)
