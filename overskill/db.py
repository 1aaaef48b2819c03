"""The engine, one unit of work, and what happens once it is committed."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import orjson
from sqlalchemy import Engine, ExceptionContext, ExecutionContext, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")

# For `execution_options`: the statement's best plan depends on what is asked, so it never gets one plan for all.
PLANNED_EACH_TIME = {"is_planned_each_time": True}

_engine: Engine | None = None


def connect(url: str, *, pool_size: int = 10) -> Engine:
    """Open the engine for a `postgresql://` URL, with aware UTC times and a 5 s lock timeout."""
    engine = create_engine(
        url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=10,
        pool_pre_ping=True,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        connect_args={"options": "-c timezone=utc -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"},
        hide_parameters=True,  # what a statement was about: mail addresses, hashes, what people write
    )
    event.listen(engine, "handle_error", _leave_rows_out)
    event.listen(engine, "do_execute", _plan_each_time)
    return engine


def _plan_each_time(
    cursor: DBAPICursor, statement: str, parameters: Mapping[str, Any], context: ExecutionContext | None
) -> bool:
    """psycopg prepares what it is asked five times, and Postgres may then plan it once, whatever is asked.

    https://www.psycopg.org/psycopg3/docs/advanced/prepare.html. Returns whether the statement was executed here.
    """
    if context is None or not context.execution_options.get("is_planned_each_time"):
        return False
    cursor.execute(statement, parameters, prepare=False)  # type: ignore[call-arg]  # psycopg's own
    return True


def _leave_rows_out(failure: ExceptionContext) -> None:
    """What an error says below its first line quotes the row. Errors are logged, and kept with jobs that failed."""
    said = str(failure.original_exception)
    first = said.partition("\n")[0]
    for error in (failure.original_exception, failure.sqlalchemy_exception):
        if error is not None and said != first:
            error.args = tuple(each.replace(said, first) if isinstance(each, str) else each for each in error.args)


def use(engine: Engine | None) -> None:
    """Make this the engine of the process."""
    global _engine
    _engine = engine


def engine() -> Engine:
    if _engine is None:
        raise RuntimeError("No database: call container.boot() first.")
    return _engine


def answers() -> bool:
    """Raises what connecting raises."""
    with engine().connect() as connection:
        return bool(connection.execute(text("SELECT 1")).scalar_one())


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: commit on success, roll back on error. Services never commit."""
    with Session(engine(), expire_on_commit=False) as session:
        with session.begin():
            yield session
        for action in session.info.pop("after_commit", []):
            action()


class BeginAgain(Exception):
    """Raised by a service that finds something to be done first which takes longer than rows may be locked.

    `run` takes back what the service did, does `first` without a transaction, and begins the service again.
    """

    def __init__(self, first: Callable[[], object]) -> None:
        super().__init__()
        self.first = first


def run(service: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service in a transaction of its own."""
    while True:
        try:
            with transaction() as session:
                return service(session, *args, **kwargs)
        except BeginAgain as asked:
            first = asked.first
        first()


async def in_thread(service: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """As `run`, off the event loop that every user shares."""
    return await asyncio.to_thread(run, service, *args, **kwargs)


def after_commit(session: Session, action: Callable[[], object]) -> None:
    """Do this only once the row it talks about is really there."""
    session.info.setdefault("after_commit", []).append(action)
