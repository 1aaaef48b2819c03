"""What the code editor asks about an app's code. Whoever may read an app may ask.

A question waits for the language service without a transaction: it may take seconds, and connections are few.
"""

from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Bundler
from overskill.config import Settings
from overskill.services.apps import app_to_read
from overskill.services.generation import open_preview


def code_key(session: Session, user_id: UUID, slug: str) -> str:
    """The name under which the language service knows the app."""
    return app_to_read(session, user_id, slug).preview_key


def open_code(session: Session, user_id: UUID, slug: str, *, bundler: Bundler, settings: Settings) -> None:
    """Hand over the app's files again, when they are not held any more. Raises Unavailable."""
    open_preview(session, app_to_read(session, user_id, slug), bundler, settings=settings)
