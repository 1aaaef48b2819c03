"""How often one user may do what makes work for the machine everybody shares. Nobody who works by hand comes near."""

import asyncio
from typing import Literal

from overskill import container
from overskill.services.accounts.sessions import SignedIn
from overskill.services.rate_limits import count_attempt

Action = Literal[
    "publish",
    "copy",
    "go-back",
    "rename",
    "sell",
    "settings",
    "open-preview",
    "review",
    "vote",
    "follow",
    "report",
    "library",
    "onboarding",
    "refund",
]
LIMITS: dict[Action, str] = {
    "publish": "60/hour",
    "copy": "60/hour",
    "go-back": "120/hour",
    "rename": "120/hour",
    "sell": "600/hour",
    "settings": "300/hour",
    "review": "30/hour",
    "vote": "300/hour",
    "follow": "120/hour",
    "library": "120/hour",
    "onboarding": "30/hour",
    "refund": "120/hour",
    "report": "30/hour",
    "open-preview": "200/minute",  # each open tab asks ten times a minute while its preview is away
}


async def limit(user: SignedIn, action: Action) -> None:
    """Raises LimitReached."""
    await asyncio.to_thread(limit_now, action, user)


def limit_now(action: Action, user: SignedIn) -> None:
    """As `limit`, for threads."""
    count_attempt(container.get().redis, action, str(user.id), limit=LIMITS[action])
