"""Briefs and plans that were thought out before, for prompts that say nearly the same.

A prompt finds only what the same words made, and what is kept is what the model made of them, never the prompt.
What could be about one person (addresses, links, long numbers, things sent along) is not kept at all.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete

from overskill.db import transaction
from overskill.models import Thought
from overskill.models.base import utc_now

KEPT_FOR = timedelta(days=30)
LONGEST_KEPT = 600  # characters of a prompt: nobody types a longer one twice
_PERSONAL = re.compile(
    r"@|\bhttps?:|\bwww\.|\b[\w-]+\.(?:com|net|org|io|dev|app|de|fr|uk|eu|co|info|biz)\b|(?:\d[\s().+/-]*){6,}",
    re.IGNORECASE,
)
# They change how something is asked for, not what.
_STOP_WORDS = frozenset(
    "a an the please pls hi hello hey i we me us im id want wanna need would could can you like to have get make build "
    "create write give do so just really kindly thanks thank app application".split()
)


class Thoughts(Protocol):
    """Safe from any thread; each call is a unit of work of its own."""

    def get(self, key: str) -> Mapping[str, Any] | None: ...

    def put(self, key: str, kind: str, value: Mapping[str, Any]) -> None: ...


class NoThoughts:
    """Nothing is kept: for those who opted out, and where there is no database."""

    def get(self, key: str) -> Mapping[str, Any] | None:  # noqa: ARG002  # the protocol's
        return None

    def put(self, key: str, kind: str, value: Mapping[str, Any]) -> None:
        pass


class KeptThoughts:
    """In the database, for thirty days."""

    def get(self, key: str) -> Mapping[str, Any] | None:
        with transaction() as session:
            kept = session.get(Thought, key)
            return kept.value if kept is not None and kept.expires_at > utc_now() else None

    def put(self, key: str, kind: str, value: Mapping[str, Any]) -> None:
        row = {"kind": kind, "value": dict(value), "expires_at": utc_now() + KEPT_FOR}
        with transaction() as session:
            statement = insert(Thought).values(key=key, **row)
            session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=row))


def forget_expired_thoughts(session: Session) -> None:
    session.exec(delete(Thought).where(col(Thought.expires_at) <= utc_now()))


def may_be_kept(prompt: str) -> bool:
    """Whether a prompt is short and says nothing that could point to one person."""
    return len(prompt) <= LONGEST_KEPT and not _PERSONAL.search(unicodedata.normalize("NFKC", prompt))


def normalized(prompt: str) -> str:
    """The words that matter, in order: the same for prompts that differ only in case, spaces, marks and courtesy."""
    text = unicodedata.normalize("NFKC", prompt).casefold().replace("'", "").replace("’", "")
    return " ".join(word for word in re.findall(r"\w+", text) if word not in _STOP_WORDS)


def key_of(prompt: str, *, model: str, instructions: str) -> str:
    """`instructions` is a version: with others, the same prompt is thought through anew."""
    asked = "\x1f".join((normalized(prompt), model, instructions))
    return hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()
