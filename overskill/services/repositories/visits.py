"""A visit to GitHub: somebody goes there to say who they are, and comes back with a code for what they set out to do.

begin ──► GitHub: who are you ──► back with a code ──► no account has our App ──► GitHub: let it in ──► back again
                                         └─► what they wanted is done in their name, once
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from redis import Redis

from overskill.clients.github import CodeHost
from overskill.errors import NotAllowed
from overskill.services.accounts.tokens import make_token
from overskill.services.notes import keep_note, take_note

Purpose = Literal["connect", "import"]


@dataclass(frozen=True, slots=True)
class Visit:
    """`person` is their token at GitHub, for what they came for and nothing later."""

    user_id: UUID
    purpose: Purpose
    facts: Mapping[str, str]
    person: str = field(repr=False)


def begin_visit(user_id: UUID, purpose: Purpose, facts: Mapping[str, str], *, redis: Redis, host: CodeHost) -> str:
    """Where the browser goes now."""
    verifier = make_token()
    return host.sign_in_address(_remember(user_id, purpose, facts, verifier, redis), verifier)


def end_visit(user_id: UUID, state: str, code: str, *, redis: Redis, host: CodeHost) -> Visit:
    """Raises NotAllowed where the visit is another person's, too old, or was ended before."""
    note = take_note(redis, "connect", state)
    if note.pop("user", "") != str(user_id):
        raise NotAllowed("That took too long, or was begun by somebody else. Connect again.")
    purpose: Purpose = "import" if note.pop("purpose") == "import" else "connect"
    person = host.sign_in(code, note.pop("verifier"))
    return Visit(user_id, purpose, note, person)


def begin_installing(user_id: UUID, purpose: Purpose, facts: Mapping[str, str], *, redis: Redis, host: CodeHost) -> str:
    """As `begin_visit`, where our App is to be let in first."""
    return host.install_address(_remember(user_id, purpose, facts, "", redis))


def _remember(user_id: UUID, purpose: Purpose, facts: Mapping[str, str], verifier: str, redis: Redis) -> str:
    return keep_note(redis, "connect", {**facts, "user": str(user_id), "purpose": purpose, "verifier": verifier})
