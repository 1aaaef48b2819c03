"""One switch at a time of what an environment of an app shows.

A lock of its own, not the app's row: an edge may take seconds to switch, and saves of the app's files go on meanwhile.
Who waits for it, or asks the edge, has written nothing and holds no row: then nobody waits in a circle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.models import DeploymentEnvironment

# An edge that is asked again and again answers, or has failed, by then.
_PATIENCE = "90s"
_LONGEST_SWITCH = "300s"


@contextmanager
def switching(app_id: UUID, environment: DeploymentEnvironment) -> Iterator[None]:
    """A block in which no other process switches this environment of the app. Holds a connection, and no row."""
    with transaction() as session:
        lock_switch(session, app_id, environment)
        yield


def lock_switch(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> None:
    """As `switching`, until the caller's transaction ends. What the session has read is read again.

    Raises Unavailable when others take too long.
    """
    session.flush()
    connection = session.connection()
    connection.execute(text(f"set local lock_timeout = '{_PATIENCE}'"))
    connection.execute(text(f"set local idle_in_transaction_session_timeout = '{_LONGEST_SWITCH}'"))
    key = f"switch:{app_id}:{environment}"
    try:
        connection.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        raise Unavailable(
            f"Another change of what {environment} shows takes unusually long. Wait until it is over, then try again."
        ) from error
    session.expire_all()  # it may have changed while this waited
