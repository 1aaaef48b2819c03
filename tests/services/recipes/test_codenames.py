"""What entities are called in the code of an app."""

import pytest

from overskill.services.generation.recipes.codenames import EntityCode
from overskill.services.generation.recipes.fields import field_from_notation
from overskill.services.generation.recipes.render import declared_names
from overskill.services.generation.recipes.spec import Entity


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
