"""Licences of a sale that the staff looks at, and in how many places each may be used."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventType

from overskill.db import in_thread
from overskill.errors import OverskillError
from overskill.services.admin.licenses_desk import LicenseLine, licenses_of, limit_activations
from overskill.services.figures import count_words
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin
from overskill.state.toasts import done

_GONE = "This is not there any more. Reload the page."


@dataclass(frozen=True)
class LicenseRow:
    id: str = ""
    title: str = ""
    what: str = ""  # "copy, active, key …HW3E"
    used: str = ""  # "2 places of 5"
    most: str = ""  # for the input
    is_own: bool = False


class LicensesState(rx.State):
    sale_id: str = ""  # whose licences are shown; "" for none
    rows: list[LicenseRow] = []
    chosen: LicenseRow = LicenseRow()  # the one whose limit is set; without an id none is
    refusal: str = ""

    @rx.event
    async def open(self, sale_id: str) -> None:
        admin = await require_admin(self)
        found = await in_thread(licenses_of, admin.id, id_in(sale_id, _GONE))
        assign(self, sale_id=sale_id, rows=[_row(each) for each in found], chosen=LicenseRow(), refusal="")

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, sale_id="", rows=[], chosen=LicenseRow(), refusal="")

    @rx.event
    async def choose(self, license_id: str) -> None:
        await require_admin(self)
        chosen = next((row for row in self.rows if row.id == license_id), LicenseRow())
        assign(self, chosen=chosen, refusal="")

    @rx.event
    async def limit(self, form: dict[str, str]) -> list[EventType[()]]:
        admin = await require_admin(self)
        license_id = id_in(self.chosen.id, _GONE)
        try:
            await in_thread(limit_activations, admin.id, license_id, form.get("most", ""), form.get("reason", ""))
        except OverskillError as error:
            assign(self, refusal=error.message)
            return []
        found = await in_thread(licenses_of, admin.id, id_in(self.sale_id, _GONE))
        assign(self, rows=[_row(each) for each in found], chosen=LicenseRow(), refusal="")
        return [done("The limit is set.")]


def _row(line: LicenseLine) -> LicenseRow:
    key = f", key …{line.key_ending}" if line.key_ending else ""
    limit = ", no limit" if line.most is None else f" of {line.most:,}"
    used = f"used in {count_words(line.activations, 'place')}{limit}"
    return LicenseRow(line.id, line.title, f"{line.kind}, {line.status}{key}", used, str(line.most or ""), line.is_own)
