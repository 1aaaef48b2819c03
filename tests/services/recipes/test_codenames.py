"""What entities are called in the code of an app."""

import pytest

from overskill.services.generation.recipes.codenames import EntityCode, FieldCode
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.render import declared_names
from overskill.services.generation.recipes.spec import Entity
from overskill.services.generation.recipes.views.stats import stats_file


def code(singular: str, plural: str) -> EntityCode:
    return EntityCode(Entity(singular, plural, "Bookmark", (field_from_notation("Name!"),)))


def test_a_list_is_called_as_its_records_are() -> None:
    assert (code("plant", "plants").many, code("plant", "plants").files) == ("plants", "plants")


@pytest.mark.parametrize("plural", ["people", "entries", "samples", "names"])
def test_no_variable_of_a_template_hides_a_list(plural: str) -> None:
    assert plural in declared_names()
    assert code("one", plural).many not in declared_names()


def test_a_list_that_goes_by_another_name_keeps_its_file_and_what_is_stored() -> None:
    people = code("person", "people")
    assert (people.many, people.files, people.storage) == ("personList", "people", "people")


@pytest.mark.parametrize("label", ["For", "Class", "With"])
def test_a_list_is_narrowed_by_fields_that_are_called_as_the_language_calls_its_own(label: str) -> None:
    assert FieldCode(field_from_notation(f"{label}: One / Two")).chosen == f"{label.lower()}Filter"


@pytest.mark.parametrize("singular", ["key", "ref"])
def test_no_record_is_handed_on_under_a_name_that_react_keeps(singular: str) -> None:
    assert code(singular, f"{singular}s").one not in {"key", "ref"}


def test_an_icon_that_is_called_as_the_records_gives_way() -> None:
    entity = Entity("ticket", "tickets", "Ticket", (field_from_notation("Name!"),))
    assert 'import { Bookmark } from "lucide-react"' in stats_file(entity)["src/components/ticket-stats.tsx"]
