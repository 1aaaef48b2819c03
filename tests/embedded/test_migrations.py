from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from overskill.embedded import migrations
from overskill.embedded.migrations import migrate_if_needed
from overskill.embedded.places import Home
from tests.support_servers import clone_database, drop_database


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).create()


@pytest.fixture
def empty_database(postgres: str) -> Iterator[str]:
    name = f"empty_{uuid4().hex}"
    yield clone_database(postgres, "template0", name)
    drop_database(postgres, name)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every real run of Alembic."""
    done: list[str] = []
    real = migrations.migrate

    def migrate(url: str) -> str:
        done.append(url)
        return real(url)

    monkeypatch.setattr(migrations, "migrate", migrate)
    return done


def test_an_empty_database_gets_every_table(empty_database: str, home: Home) -> None:
    migrate_if_needed(empty_database, home)
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT to_regclass('apps')").fetchone() == ("apps",)


def test_a_database_that_is_up_to_date_is_recognised_without_alembic(
    database: str, home: Home, runs: list[str]
) -> None:
    migrate_if_needed(database, home)
    migrate_if_needed(database, home)
    assert len(runs) == 1


def test_another_database_is_migrated_whatever_was_noted_of_the_first(
    database: str, empty_database: str, home: Home, runs: list[str]
) -> None:
    migrate_if_needed(database, home)
    migrate_if_needed(empty_database, home)
    assert runs == [database, empty_database]
