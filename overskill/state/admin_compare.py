"""A listing beside those that it is nearly the same as, before the staff decides which is the copy."""

from dataclasses import dataclass

import reflex as rx

from overskill.db import in_thread
from overskill.services.admin.lookalikes import Compared, compare
from overskill.services.figures import count_words
from overskill.state.arguments import id_in
from overskill.state.base import assign
from overskill.state.session import require_admin

_GONE = "This is not there any more. Reload the page."


@dataclass(frozen=True)
class ComparedRow:
    slug: str = ""
    title: str = ""
    tagline: str = ""
    creator: str = ""
    username: str = ""
    cover: str = ""
    accent: str = ""
    begun_at: str = ""  # ISO
    sales: str = ""
    alike: str = ""  # "87% of the code"; "" of the one that is compared
    looks_the_same: bool = False


class CompareState(rx.State):
    is_open: bool = False
    listing: ComparedRow = ComparedRow()
    others: list[ComparedRow] = []

    @rx.event
    async def open(self, listing_id: str) -> None:
        await require_admin(self)
        found = await in_thread(compare, id_in(listing_id, _GONE))
        assign(self, is_open=True, listing=_row(found.listing), others=[_row(one) for one in found.others])

    @rx.event
    async def close(self, _is_open: bool) -> None:
        await require_admin(self)
        assign(self, is_open=False)


def _row(one: Compared) -> ComparedRow:
    return ComparedRow(
        slug=one.slug,
        title=one.title,
        tagline=one.tagline,
        creator=one.creator,
        username=one.username,
        cover=one.cover,
        accent=one.accent,
        begun_at=one.begun_at.isoformat(),
        sales=count_words(one.sales, "sale"),
        alike=f"{one.code:.0%} of the code is the same" if one.code else "",
        looks_the_same=one.looks_the_same,
    )
