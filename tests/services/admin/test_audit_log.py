"""The audit log: all that the staff does is in it, and stays as it was written."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from overskill import db
from overskill.services.accounts.audit import record

SERVICES = Path("overskill/services")
RECORD = ("overskill.services.accounts.audit", "record")
Function = tuple[str, str]  # its module, and its name
CHECKS = {  # what only looks whether somebody may
    ("overskill.services.accounts.conflicts", "decided_as_own"),  # what is to be recorded, too
    ("overskill.services.billing.holds", "check_admin"),
    ("overskill.services.market.moderation", "_as_own"),
    ("overskill.services.market.moderation", "_check_admin"),
    ("overskill.services.market.moderation", "_undo"),  # `decide_appeal` records it
}


@pytest.mark.parametrize(
    "change",
    [
        "update audit_events set actor_id = null",
        "update audit_events set details = '{}'",
        "delete from audit_events",
        "truncate audit_events",
    ],
)
def test_what_is_written_stays_as_it_was(database: str, change: str) -> None:
    with db.transaction() as session:
        record(session, "user.signed_out", None, subject="user:ada")
    with pytest.raises(DBAPIError, match="only grows"), db.transaction() as session:
        session.execute(text(change))
    assert _count() == 1


def _count() -> int:
    with db.transaction() as session:
        return _counted(session)


def _counted(session: Session) -> int:
    return session.execute(text("select count(*) from audit_events")).scalar_one()


def test_whatever_a_service_does_as_an_admin_is_recorded() -> None:
    """Each service that is told which admin it works for comes to `record`, by itself or by what it calls."""
    desk = {function for function in _functions() if "admin_id" in _arguments(function)} - CHECKS
    assert len(desk) > 25
    assert sorted(function for function in desk if not _records(function, set())) == []


def _records(function: Function, seen: set[Function]) -> bool:
    if function == RECORD:
        return True
    if function in seen:
        return False
    seen.add(function)
    return any(_records(called, seen) for called in _called(function))


def _arguments(function: Function) -> set[str]:
    arguments = _functions()[function].args
    return {each.arg for each in (*arguments.args, *arguments.kwonlyargs)}


def _called(function: Function) -> Iterator[Function]:
    module, _ = function
    for node in ast.walk(_functions()[function]):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                called = _where(module, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)):
                called = _where(".".join(_imports()[module].get(name, ("", ""))), attribute)
            case _:
                continue
        if called in _functions():
            yield called


def _where(module: str, name: str) -> Function:
    """Where what a module calls so was made."""
    while (module, name) not in _functions() and name in _imports().get(module, {}):
        module, name = _imports()[module][name]
    return module, name


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_text())
        for path in SERVICES.rglob("*.py")
    }


@cache
def _functions() -> dict[Function, ast.FunctionDef]:
    return {
        (module, node.name): node
        for module, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


@cache
def _imports() -> dict[str, dict[str, Function]]:
    return {
        module: {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for module, tree in _trees().items()
    }
