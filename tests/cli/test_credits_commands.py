"""The operator's view of credits."""

import pytest
from sqlmodel import select

from overskill import db
from overskill.container import Container
from overskill.models import AuditEvent
from tests.cli.conftest import CommandLine
from tests.factories import make_user


@pytest.fixture(autouse=True)
def _ada(services: Container) -> None:
    with db.transaction() as session:
        make_user(session, email="ada@example.com")


def test_a_grant_is_there_at_once_and_shown(connected_run: CommandLine) -> None:
    granted = connected_run("credits", "grant", "ada@example.com", "500", "--reason", "Thank you")
    assert granted.stdout == "ada@example.com got 500 credits, and has 600 credits now.\n"
    shown = connected_run("credits", "show", "ada@example.com").stdout
    assert "Free, today      100 of 100" in shown
    assert "Bought or given  500" in shown
    assert "Used this month  0 (budget: no limit)" in shown


def test_a_grant_is_in_the_audit_log(connected_run: CommandLine) -> None:
    connected_run("credits", "grant", "ada@example.com", "1", "--reason", "Thank you")
    with db.transaction() as session:
        event = session.exec(select(AuditEvent)).one()
    assert event.action == "credits.grant"
    assert event.details == {"reason": "Thank you", "asked": 1.0, "moved": 1.0}


def test_more_is_never_taken_back_than_is_left(connected_run: CommandLine) -> None:
    connected_run("credits", "grant", "ada@example.com", "0.5")
    taken = connected_run("credits", "grant", "ada@example.com", "--", "-3")
    assert taken.stdout == "ada@example.com gave back 0.5 credits, and has 100 credits now.\n"


@pytest.mark.parametrize("amount", ["many", "0", "0.0001", "1000001", "nan", "inf"])
def test_an_amount_that_is_none_is_refused(connected_run: CommandLine, amount: str) -> None:
    refused = connected_run("credits", "grant", "ada@example.com", amount)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: ")


def test_an_email_of_nobody_is_refused(connected_run: CommandLine) -> None:
    refused = connected_run("credits", "show", "grace@example.com")
    assert (refused.exit_code, refused.stderr) == (1, "Error: Nobody here has the email grace@example.com.\n")
