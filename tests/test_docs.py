"""What we say about settings and commands is what is there."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr
from typer.main import get_command

from overskill.cli import app
from overskill.config import Settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
DOCUMENTED = dict(re.findall(r"^#([A-Z][A-Z0-9_]*)=(.*)$", EXAMPLE, re.MULTILINE))


def defaults() -> dict[str, str]:
    """Each setting's name in the environment, and its default as one would write it there."""
    fields: type[BaseModel] = Settings
    return {str(field.alias): written(field.default) for field in fields.model_fields.values()}


def written(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def test_the_example_documents_every_setting_and_no_other() -> None:
    assert set(DOCUMENTED) == set(defaults())


@pytest.mark.parametrize("name", sorted(DOCUMENTED))
def test_the_example_shows_the_default_of(name: str) -> None:
    assert DOCUMENTED[name] == defaults()[name]


def test_every_block_of_settings_begins_with_what_they_do() -> None:
    for block in EXAMPLE.split("\n\n"):
        assert block.startswith("# ") or not re.search(r"^#[A-Z]", block, re.MULTILINE), block


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in command_names() if f"./run {name}" not in readme]
    assert not missing, f"README.md does not mention: {json.dumps(missing)}"


@pytest.mark.parametrize("name", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_the_help_has_an_example_of(name: str) -> None:
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    assert f"./run {name}" in (command.epilog or "")
    assert command.help


def command_names() -> list[str]:
    return sorted(get_command(app).commands)  # type: ignore[attr-defined]
