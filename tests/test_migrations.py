"""What the migrations make is what the models say, and what was there before is still there."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel

from alembic import command
from overskill import db
from overskill.services.apps import version_files
from tests.support_servers import clone_database, drop_database

ROOT = Path(__file__).parent.parent
_OLD = """
insert into teams (id, created_at, updated_at, name, models) values (:team, now(), now(), 'T', '{}');
insert into users (id, created_at, updated_at, email, name, is_admin) values (:user, now(), now(), 'a@b.c', 'A', false);
insert into apps (id, created_at, updated_at, team_id, creator_id, slug, name, prompt, accent, logo, status,
    preview_key, current_version, thumbnail, in_gallery, changed_at)
    values (:app, now(), now(), :team, :user, 'a', 'A', 'an app', '', '', 'active', 'k', 3, '', true, now());
insert into file_blobs (checksum, content, size) values ('1', 'one', 3), ('2', 'two', 3);
insert into app_versions (id, created_at, updated_at, app_id, number, note, cause, builds, screenshot) values
    (:first, now(), now(), :app, 1, '', 'edit', true, ''), (:second, now(), now(), :app, 2, '', 'edit', true, ''),
    (:third, now(), now(), :app, 3, '', 'edit', true, '');
insert into version_files (version_id, path, checksum) values
    (:first, 'a.ts', '1'), (:first, 'b.ts', '1'),
    (:second, 'a.ts', '2'), (:second, 'b.ts', '1'),
    (:third, 'a.ts', '2'), (:third, 'c.ts', '1')
"""


def test_the_migrations_make_every_table_column_and_index_of_the_models(database: str) -> None:
    with db.engine().connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


@pytest.fixture
def empty(postgres: str) -> Iterator[Engine]:
    name = f"test_{uuid.uuid4().hex}"
    engine = db.connect(clone_database(postgres, "template0", name), pool_size=1)
    yield engine
    engine.dispose()
    drop_database(postgres, name)


def migrate(engine: Engine, revision: str) -> None:
    config = Config(ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, revision)


def test_versions_hold_the_same_files_when_they_keep_only_what_they_changed(empty: Engine) -> None:
    migrate(empty, "2026112104")
    ids = {name: uuid.uuid4() for name in ("team", "user", "app", "first", "second", "third")}
    with empty.begin() as connection:
        for statement in _OLD.split(";"):
            used = {name: value for name, value in ids.items() if f":{name}" in statement}
            connection.execute(text(statement), used)
    migrate(empty, "head")
    with Session(empty) as session:
        assert [version_files(session, ids["app"], number) for number in (1, 2, 3)] == [
            {"a.ts": "one", "b.ts": "one"},
            {"a.ts": "two", "b.ts": "one"},
            {"a.ts": "two", "c.ts": "one"},
        ]
        assert session.connection().execute(text("select count(*) from version_files")).scalar_one() == 5
