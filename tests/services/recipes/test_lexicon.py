"""The data files hold together."""

import json
import re
from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import domain_entity, shelf
from overskill.services.generation.recipes.palette import HUES
from overskill.services.generation.recipes.spec import from_json, to_json
from overskill.services.generation.recipes.views import write_app
from overskill.starter import starter_files
from tests.services.recipes.prompts import PROMPTS

VENDOR = Path(__file__).parents[3] / "overskill/bundler/vendor/package.json"


@pytest.mark.parametrize("key", sorted(shelf("domains")))
def test_the_samples_of_a_domain_fit_its_fields(key: str) -> None:
    entry = shelf("domains")[key]
    entity = domain_entity(entry)
    for row in entry["rows"]:
        assert len(row) <= len(entity.fields), row
    for row in entity.samples:
        for field in entity.fields:
            if field.type == "select":
                assert row[field.id] in field.options, (key, row)
            if field.type in {"date", "number", "money", "rating"}:
                is_open = field.type == "date" and row[field.id] == ""  # not yet
                assert is_open or isinstance(row[field.id], int | float), (key, field.label, row)
    assert entry["hue"] in HUES
    if "action" in entry:
        assert entity.action is not None


def test_the_rows_for_some_have_what_the_others_have() -> None:
    for key, entry in shelf("domains").items():
        for rows in entry.get("rows_for", {}).values():
            entity = domain_entity({**entry, "rows": rows})
            for row in entity.samples:
                for field in entity.of_type("select"):
                    assert row[field.id] in field.options, (key, row)


def test_every_app_survives_its_json() -> None:
    for prompt in PROMPTS:
        spec = plan_app(read_brief(prompt))
        assert from_json(to_json(spec, {})) == spec


def test_every_icon_exists(bundler_installation: Installation) -> None:
    icons = set(json.loads((bundler_installation.vendor / "dist/icons.json").read_text()))
    entries = [
        entry
        for name in ("domains", "subjects", "families", "calculators", "polls", "shops", "timers", "pickers")
        for entry in shelf(name).values()
    ]
    named = {entry["icon"] for entry in entries if "icon" in entry}
    imported: set[str] = set()
    for prompt in PROMPTS:
        for text in write_app(plan_app(read_brief(prompt))).values():
            for found in re.finditer(r"import \{([^}]*)\} from \"lucide-react\"", text):
                imported |= {one.strip() for one in found[1].split(",")} - {""}
    assert not (named | {one for one in imported if not one.startswith("type ")}) - icons


def test_the_starter_asks_for_the_packages_that_the_preview_has() -> None:
    vendor = json.loads(VENDOR.read_text())["dependencies"]
    wanted = json.loads(starter_files()["package.json"])["dependencies"]
    assert {name: version.lstrip("^") for name, version in wanted.items()} == {name: vendor[name] for name in wanted}
