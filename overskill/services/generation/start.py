"""From a prompt to an app that is being written."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from overskill.models import App, GenerationMode
from overskill.services.apps.create import create_app
from overskill.services.generation.requests import Intake, Wish, request_turn
from overskill.services.generation.validation import validated
from overskill.starter import starter_files


def start_app(
    session: Session,
    user_id: UUID,
    prompt: str,
    *,
    intake: Intake,
    mode: GenerationMode = GenerationMode.BUILD,
    attachments: Sequence[UUID] = (),
) -> App:
    """Make the app and queue its first turn. Raises InvalidInput or LimitReached."""
    text = validated(prompt).text
    app = create_app(session, user_id, text, starter_files())
    request_turn(session, app, user_id, text, Wish(mode=mode, attachments=attachments), intake=intake)
    return app
