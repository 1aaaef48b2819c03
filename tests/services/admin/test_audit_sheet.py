import csv
import io

import pytest
from sqlmodel import Session

from overskill.services.accounts.audit import record
from overskill.services.admin.audit_log import AuditFilter, audit_sheet
from tests.factories import make_user


@pytest.mark.parametrize("email", ["=cmd@example.com", "+1@example.com"])
def test_a_sheet_of_the_audit_log_runs_nothing_that_somebody_typed(session: Session, email: str) -> None:
    """An address may begin like a formula."""
    record(session, "user.create", make_user(session, email=email).id, subject="user:1")
    session.flush()
    rows = list(csv.reader(io.StringIO(audit_sheet(session, AuditFilter()))))[1:]
    assert rows
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
