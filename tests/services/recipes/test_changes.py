"""From the files an app has to those it should have."""

from hypothesis import given
from hypothesis import strategies as st

from overskill.services.generation.recipes.changes import Change, Plan, find_edits, plan_changes
from overskill.services.generation.recipes.spec import checksum

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "}\n", "\n", "d();\n"]), max_size=30).map("".join)


def test_a_file_as_it_should_be_is_left_alone() -> None:
    assert plan_changes({"a": "1"}, {"a": "0"}, {"a": "1"}, {}) == Plan((), ())


def test_a_file_that_is_missing_is_written() -> None:
    assert plan_changes({}, {}, {"a": "1\n"}, {}).changes == (Change("a", text="1\n"),)


def test_a_file_of_another_release_of_the_templates_is_still_ours() -> None:
    plan = plan_changes({"a": "older\n"}, {"a": "old\n"}, {"a": "new\n"}, {"a": checksum("older\n")})
    assert plan.changes == (Change("a", text="new\n"),)


def test_a_file_that_goes_but_was_changed_by_hand_is_a_conflict() -> None:
    assert plan_changes({"a": "mine"}, {"a": "theirs"}, {}, {}) == Plan((), ("a",))


@given(LINES, LINES)
def test_edits_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    edits = find_edits(before, after, before)
    text = before
    for edit in edits or ():
        assert text.count(edit.search) == 1
        text = text.replace(edit.search, edit.replace)
    assert edits is None or text == after
