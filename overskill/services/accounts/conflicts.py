"""Nobody of the staff decides in favour of themselves while somebody else could: docs/decisions/0046.

    decided_as_own(session, admin_id, concerned)    before a decision: refused, or what the audit log says of it
    left_to_others(session, viewer_id, concerned)   for a list: which rows the admin who looks can't decide

`concerned` are whom a decision would be in favour of. Another admin who is one of them does not count as somebody else,
nor does one who is suspended. Where nobody else is left, the admin decides, and the audit log says whose it was.
"""

from collections.abc import Collection, Mapping
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotAllowed
from overskill.models import User

NOTED = "own"  # in the details of an audit event
_REFUSAL = "This is about something of your own. Ask another admin."
K = TypeVar("K")


def decided_as_own(session: Session, admin_id: UUID, concerned: Collection[UUID | None]) -> dict[str, bool]:
    """What to add to the details of the audit event: nothing where it is not theirs. Raises NotAllowed."""
    if left_to_others(session, admin_id, {admin_id: concerned}):
        raise NotAllowed(_REFUSAL)
    return {NOTED: True} if admin_id in concerned else {}


def left_to_others(session: Session, viewer_id: UUID, concerned: Mapping[K, Collection[UUID | None]]) -> frozenset[K]:
    """Those of them that concern the admin, and that somebody else could decide. One query, if there are any."""
    own = {key: people for key, people in concerned.items() if viewer_id in people}
    if not own:
        return frozenset()
    is_other = (col(User.is_admin), col(User.id) != viewer_id, col(User.suspended_at).is_(None))
    others = set(session.exec(select(User.id).where(*is_other)))
    return frozenset(key for key, people in own.items() if others.difference(people))
