"""From a prompt to an app that is being written."""

from uuid import UUID

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.models import App
from overskill.services.apps.create import create_app
from overskill.services.generation.requests import request_turn
from overskill.services.progress import ProgressLog
from overskill.starter import starter_files


def start_app(session: Session, user_id: UUID, prompt: str, *, queue: JobQueue, log: ProgressLog) -> App:
    """Make the app and queue its first turn. Raises InvalidInput or LimitReached."""
    app = create_app(session, user_id, prompt, starter_files())
    request_turn(session, app, user_id, prompt, queue=queue, log=log)
    return app
