"""What a repository's workflow proves itself with: good for publishing exactly one app, and for nothing else.

Nothing of a token is kept here, not even a hash: OVERSKILL_SECRET_KEY and the repository's row make it again. It ends
with the row, or when the row gets another id (`end_token`).
"""

import base64
import hashlib
import hmac
import re
from uuid import UUID, uuid4

from sqlmodel import Session

from overskill.config import Settings
from overskill.errors import NotAllowed, Unavailable
from overskill.models import App, AppStatus, Repository

_FORM = re.compile(r"osd_([0-9a-f]{32})_[\w-]{43}")
_REFUSAL = "This token publishes nothing here. Turn “Publish from GitHub” on again in the app's settings."


def deploy_token(repository_id: UUID, *, settings: Settings) -> str:
    secret = settings.secret_key.get_secret_value()
    if not secret:
        raise Unavailable(
            "This process knows no OVERSKILL_SECRET_KEY. Start OverSkill with ./run up, or set it in .env."
        )
    proof = hmac.digest(secret.encode(), b"overskill deploy token " + repository_id.bytes, hashlib.sha256)
    return f"osd_{repository_id.hex}_{base64.urlsafe_b64encode(proof).decode().rstrip('=')}"


def repository_with(session: Session, token: str, *, settings: Settings) -> tuple[Repository, App]:
    """Whose token this is. Raises NotAllowed, which says nothing of what there is."""
    found = _FORM.fullmatch(token)
    if found is None:
        raise NotAllowed(_REFUSAL)
    repository_id = UUID(hex=found[1])
    if not hmac.compare_digest(token, deploy_token(repository_id, settings=settings)):
        raise NotAllowed(_REFUSAL)
    row = session.get(Repository, repository_id)
    if row is None:
        raise NotAllowed(_REFUSAL)
    app = session.get_one(App, row.app_id)
    if app.status is AppStatus.DELETED:
        raise NotAllowed(_REFUSAL)
    return row, app


def end_token(session: Session, row: Repository) -> None:
    """From now on the one that was handed out is good for nothing."""
    row.id = uuid4()
    session.add(row)
    session.flush()
