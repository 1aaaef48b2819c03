"""What a scan found is kept with the version it is about."""

from typing import Any

import pytest

from overskill.clients.bundler import FakeBundler, Finding
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, Unavailable
from overskill.models import App
from overskill.services.apps.findings import (
    fix_request,
    keep_findings,
    known_findings,
    refuse_critical,
    scan_version,
)
from overskill.services.apps.versions import find_version
from tests.factories import make_app, make_user


def finding(**values: Any) -> Finding:
    known: dict[str, Any] = {
        "rule": "eval",
        "severity": "critical",
        "file": "src/App.tsx",
        "line": 3,
        "column": 5,
        "message": "eval runs text as code.",
        "fix": "Write the code itself.",
    }
    return Finding(**known | values)


@pytest.fixture
def bundler(services: Container) -> FakeBundler:
    assert isinstance(services.bundler, FakeBundler)
    return services.bundler


@pytest.fixture
def app(services: Container) -> App:
    with transaction() as session:
        return make_app(session, make_user(session), versions=1)


def test_a_version_that_was_never_scanned_has_no_findings_rather_than_none_found(app: App) -> None:
    with transaction() as session:
        version = find_version(session, app.id, 1)
        assert known_findings(version) is None
        keep_findings(session, version, ())
    with transaction() as session:
        assert known_findings(find_version(session, app.id, 1)) == ()


def test_findings_are_read_as_they_were_kept(app: App) -> None:
    kept = (finding(), finding(severity="low", line=9))
    with transaction() as session:
        keep_findings(session, find_version(session, app.id, 1), kept)
    with transaction() as session:
        assert known_findings(find_version(session, app.id, 1)) == kept


def test_a_version_is_scanned_once(app: App, bundler: FakeBundler) -> None:
    bundler.findings = (finding(),)
    assert scan_version(app.id, 1, bundler) == (finding(),)
    bundler.findings = ()
    assert scan_version(app.id, 1, bundler) == (finding(),)
    assert [method for method, _ in bundler.calls] == ["scan"]


def test_a_scan_that_fails_leaves_the_version_unscanned(app: App, bundler: FakeBundler) -> None:
    bundler.is_down = True
    with pytest.raises(Unavailable):
        scan_version(app.id, 1, bundler)
    with transaction() as session:
        assert known_findings(find_version(session, app.id, 1)) is None


def test_only_critical_findings_are_refused() -> None:
    refuse_critical((finding(severity="high"), finding(severity="low")))
    with pytest.raises(Conflict, match=r"src/App\.tsx, line 3 is unsafe: eval runs .* Write the code itself\.$"):
        refuse_critical((finding(severity="high"), finding()))


def test_the_refusal_says_how_many_more_there_are() -> None:
    with pytest.raises(Conflict, match=r"There are 2 more like it\.$"):
        refuse_critical([finding()] * 3)


def test_what_is_to_be_fixed_is_asked_for_with_its_places() -> None:
    asked = fix_request([finding(), finding(file="src/b.ts", severity="high")])
    assert asked.splitlines() == [
        "Please fix what the security scan found:",
        "- src/App.tsx, line 3 (critical): eval runs text as code. Write the code itself.",
        "- src/b.ts, line 3 (high): eval runs text as code. Write the code itself.",
    ]
    assert fix_request(()) == ""


def test_a_request_to_fix_fits_into_a_message() -> None:
    assert len(fix_request([finding(file="src/" + "x" * 190, message="m" * 200, fix="f" * 200)] * 100)) < 8_000
