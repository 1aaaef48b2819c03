"""What the first visit would have to wait for, done once when the web process starts."""

import asyncio
import logging
import secrets

from overskill import container
from overskill.db import in_thread
from overskill.errors import SignInRequired
from overskill.services.accounts.sessions import SignedIn
from overskill.services.studio import prepare_preview, view_editor
from overskill.state.chat import NEWEST

_NO_APP = "nothing"

log = logging.getLogger(__name__)


async def warm_up() -> None:
    """Open an app for nobody: the connections that it takes are there then, and what it asks them is compiled.

    No page waits for it, and it changes nothing. Should it fail, the first visit is slower.
    """
    services, nobody = container.get(), secrets.token_urlsafe()
    view = in_thread(view_editor, nobody, _NO_APP, turns=NEWEST, intake=services.intake, settings=services.settings)
    preview = in_thread(
        prepare_preview, nobody, _NO_APP, admit=_nobody, bundler=services.bundler, settings=services.settings
    )
    for outcome in await asyncio.gather(view, preview, return_exceptions=True):
        if not isinstance(outcome, SignInRequired):
            log.warning("the first visit will be slow, this could not be done ahead: %s", outcome)


def _nobody(user: SignedIn) -> None:
    raise SignInRequired(f"{user.email} was not asked for.")
