"""Brings a database up to the newest migration."""

import hashlib
import json

import psycopg

from overskill.embedded.files import write_private
from overskill.embedded.places import PROJECT, Home

_VERSIONS = PROJECT / "alembic" / "versions"


def migrate(database_url: str) -> str:
    """Run what is missing; the revision that the database has now."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from alembic import command
    from overskill import db

    config = Config(PROJECT / "alembic.ini")
    engine = db.connect(database_url)
    try:
        config.attributes["engine"] = engine
        command.upgrade(config, "head")
    finally:
        engine.dispose()
    return ScriptDirectory.from_config(config).get_current_head() or ""


def migrate_if_needed(database_url: str, home: Home) -> None:
    """The same, but a database known to be up to date is recognised in milliseconds, without Alembic."""
    note = home.run / "migrated.json"
    files = _digest()
    if note.exists():
        known = json.loads(note.read_text(encoding="utf-8"))
        if known["files"] == files and known["revision"] == _revision(database_url):
            return
    revision = migrate(database_url)
    write_private(note, json.dumps({"files": files, "revision": revision}))


def _revision(database_url: str) -> str | None:
    with psycopg.connect(database_url) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return str(row[0]) if row else None


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(_VERSIONS.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
