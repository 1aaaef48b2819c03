"""A creator's own page, as they edit it."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.models import CreatorLevel, CreatorProfile
from overskill.services.market.creators import edit_profile, find_creator
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.session import require_user
from overskill.state.toasts import done

LEVEL_WORDS = {
    CreatorLevel.STARTER: "Starter",
    CreatorLevel.RISING: "Rising",
    CreatorLevel.ESTABLISHED: "Established",
    CreatorLevel.TOP: "Top",
}
_NEXT_LEVEL = {
    CreatorLevel.STARTER: "“Rising” takes earnings of $100, or as much in another currency, and a rating of 3.5.",
    CreatorLevel.RISING: "“Established” takes earnings of $1,000 in one currency, 5 ratings, and 4.2 of them.",
    CreatorLevel.ESTABLISHED: "“Top” takes earnings of $10,000 in one currency, 20 ratings, and 4.5 of them.",
    CreatorLevel.TOP: "There is no level above this one.",
}


class ProfileState(rx.State):
    is_loaded: bool = False
    username: str = ""
    name: str = ""
    bio: str = ""
    website: str = ""
    picture: str = ""  # checksum
    level: str = ""
    next_level: str = ""
    is_verified: bool = False
    has_account: bool = False
    missing: int = 0  # what Stripe still wants to know
    followers: int = 0
    refused: str = ""
    refusal: str = ""
    saved: int = 0  # grows with what was saved: the form begins anew

    @rx.event
    async def load(self) -> EventType[()] | None:
        user = await require_user(self)
        creator = await in_thread(find_creator, user.id)
        if creator is None:
            return rx.redirect("/sell")
        _show(self, creator)
        return None

    @rx.event
    async def save(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "sell")
        given = {name: str(form.get(name) or "") for name in ("username", "name", "bio", "website")}
        try:
            creator = await in_thread(edit_profile, user.id, **given)
        except InvalidInput as refusal:
            assign(self, refused=refusal.field, refusal=refusal.message)
            return None
        _show(self, creator)
        assign(self, refused="", refusal="", saved=self.saved + 1)
        return done("Saved.")


def _show(state: ProfileState, creator: CreatorProfile) -> None:
    assign(
        state,
        is_loaded=True,
        username=creator.username,
        name=creator.name,
        bio=creator.bio,
        website=creator.website,
        picture=creator.picture,
        level=LEVEL_WORDS[creator.level],
        next_level=_NEXT_LEVEL[creator.level],
        is_verified=creator.verified_at is not None,
        has_account=creator.account_id != "",
        missing=len(creator.requirements),
        followers=creator.follower_count,
    )
