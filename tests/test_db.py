"""Units of work: committed whole, taken back whole, and begun again where something has to be done first."""

import traceback
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from overskill import db
from overskill.db import PLANNED_EACH_TIME, BeginAgain, after_commit, run, transaction
from overskill.models import User
from tests.factories import make_user


def test_a_service_that_begins_again_leaves_nothing_of_its_first_try(database: str) -> None:
    told: list[str] = []
    seen: list[int] = []

    def count() -> None:
        with transaction() as session:
            seen.append(len(session.exec(select(User)).all()))

    def service(session: Session) -> UUID:
        user = make_user(session)
        after_commit(session, lambda: told.append("committed"))
        if not seen:
            raise BeginAgain(count)
        return user.id

    made = run(service)
    assert seen == [0]
    assert told == ["committed"]
    with transaction() as session:
        assert [user.id for user in session.exec(select(User))] == [made]


def test_what_is_to_be_done_first_is_done_without_a_connection(database: str) -> None:
    in_use: list[int] = []

    def service(session: Session) -> None:
        session.exec(select(User)).all()
        if not in_use:
            raise BeginAgain(lambda: in_use.append(db.engine().pool.checkedout()))  # type: ignore[attr-defined]

    run(service)
    assert in_use == [0]


ADA = {"email": "ada@secret.example", "name": "Ada of Secret Street"}


def twice(session: Session) -> None:
    for _ in range(2):
        make_user(session, **ADA)


def nameless(session: Session) -> None:
    user = make_user(session, **ADA)
    session.execute(text("update users set email = null where id = :id"), {"id": user.id})


@pytest.mark.parametrize("service", [twice, nameless])
def test_what_a_statement_was_about_is_not_in_its_error(database: str, service: Callable[[Session], None]) -> None:
    """Errors are logged, and kept with jobs that failed."""
    with pytest.raises(DBAPIError, match="violates") as caught:
        run(service)
    assert "secret" not in "".join(traceback.format_exception(caught.value)).lower()


@pytest.mark.parametrize(("options", "kept"), [({}, 1), (PLANNED_EACH_TIME, 0)])
def test_only_what_is_not_planned_each_time_is_kept_by_the_server(
    session: Session, options: dict[str, bool], kept: int
) -> None:
    mark = uuid4().hex
    for number in range(8):
        asked = text(f"select cast(:number as int) as told_{mark}")
        assert session.execute(asked, {"number": number}, execution_options=options).scalar_one() == number
    counted = text("select count(*) from pg_prepared_statements where statement like :mark")
    assert session.execute(counted, {"mark": f"%{mark}%"}).scalar_one() == kept
