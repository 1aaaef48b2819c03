"""Samples for the marketplace, from the command line."""

import pytest
from sqlmodel import select

from overskill import db
from overskill.container import Container
from overskill.models import Listing
from tests.cli.conftest import CommandLine


def count_listings() -> int:
    with db.transaction() as session:
        return len(session.exec(select(Listing.id)).all())


def test_samples_are_made_and_taken_away(services: Container, connected_run: CommandLine) -> None:
    made = connected_run("seed", "--listings", "20")
    assert (made.exit_code, count_listings()) == (0, 20)
    assert "20  listings" in made.stdout
    assert connected_run("seed", "--clear").exit_code == 0
    assert count_listings() == 0


def test_an_instance_in_production_gets_samples_only_when_they_are_meant(
    services: Container, connected_run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(services.settings), "is_production", True)
    refused = connected_run("seed", "--listings", "5")
    assert (refused.exit_code, count_listings()) == (1, 0)
    assert "add --yes" in refused.stderr
    assert connected_run("seed", "--listings", "5", "--yes").exit_code == 0
    assert count_listings() == 5
