"""How many statements something sends to the database. No page runs more than six."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from overskill import db

MOST_OF_A_PAGE = 6


@dataclass
class Queries:
    """What was sent, for the message of an assertion."""

    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n\n".join(self.statements)


@contextmanager
def counted_queries() -> Iterator[Queries]:
    """Everything sent meanwhile, by any thread, over the connections of this process.

    with counted_queries() as sent:
        await tab.do(ExploreState.load)
    assert sent.count <= MOST_OF_A_PAGE, sent
    """
    sent, engine = Queries(), db.engine()

    def keep(*arguments: Any) -> None:
        sent.statements.append(arguments[2])

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", keep)
