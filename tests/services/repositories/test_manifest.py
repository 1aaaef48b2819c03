import json
from typing import Any

from overskill.services.repositories.manifest import merged_manifest


def manifest(**facts: Any) -> str:
    return json.dumps(facts, indent=2) + "\n"


def test_what_nobody_changed_there_is_written_as_it_is() -> None:
    before, now = manifest(dependencies={"react": "19"}), manifest(dependencies={"react": "19", "zod": "4"})
    assert merged_manifest(before, now, before) == now
    assert merged_manifest(None, now, None) == now


def test_what_people_added_stays_and_what_the_app_needs_comes_in() -> None:
    before = manifest(dependencies={"react": "19", "old": "1"}, scripts={"dev": "vite"})
    now = manifest(dependencies={"react": "20", "zod": "4"}, scripts={"dev": "vite"})
    there = manifest(
        dependencies={"react": "19", "old": "1", "theirs": "2"},
        devDependencies={"eslint": "9"},
        scripts={"dev": "vite --host", "lint": "eslint ."},
    )
    merged = json.loads(merged_manifest(before, now, there))
    assert merged["dependencies"] == {"react": "20", "theirs": "2", "zod": "4"}
    assert merged["devDependencies"] == {"eslint": "9"}
    assert merged["scripts"] == {"dev": "vite --host", "lint": "eslint ."}


def test_what_can_not_be_read_is_written_anew() -> None:
    now = manifest(dependencies={"react": "19"})
    assert merged_manifest(None, now, "<<<<<<< HEAD") == now
    assert merged_manifest(None, now, "[]") == now


def test_what_is_nested_without_end_there_is_replaced() -> None:
    now = manifest(dependencies={"zod": "4"})
    assert merged_manifest(None, now, "[" * 100_000) == now
