"""What a message does to an app that the recipes wrote."""

import pytest

from overskill.services.generation.events import Kind
from overskill.services.generation.recipes.spec import SPEC_PATH, AppSpec, from_json
from tests.services.recipes.prompts import FOLLOW_UPS
from tests.services.recipes.turns import Chat, prose, started, touched


def spec_of(chat: Chat) -> AppSpec:
    return from_json(chat.files[SPEC_PATH])


def test_a_field_is_added_and_sorted_by_in_one_message() -> None:
    chat = started("a habit tracker with streaks")
    chat.say("add a due date and sort by it")
    entity = spec_of(chat).main
    assert entity is not None
    assert entity.field("dueDate") is not None
    assert entity.sort == "dueDate"
    assert "dueDate: string;" in chat.files["src/data/habits.ts"]
    assert 'useState<HabitSort>("dueDate")' in chat.files["src/lib/use-habit-list.ts"]


def test_a_colour_changes_only_the_theme() -> None:
    chat = started("a habit tracker with streaks")
    events = chat.say("make it dark green")
    assert touched(events) == {"src/index.css", "src/lib/theme.ts", SPEC_PATH}
    assert spec_of(chat).look.hue == "green"
    assert '"dark"' in chat.files["src/lib/theme.ts"]


def test_another_name_is_announced_and_written() -> None:
    chat = started("a habit tracker with streaks")
    events = chat.say("rename it to Streaky")
    assert [event.text for event in events if event.kind is Kind.NAME] == ["Streaky"]
    assert "<title>Streaky</title>" in chat.files["index.html"]
    assert "Streaky" in chat.files["src/components/app-shell.tsx"]


def test_several_wishes_in_one_message_are_all_done() -> None:
    chat = started("something to keep track of my plants")
    chat.say("add a calendar page, a price field and make it purple. Also call it Fernwood")
    spec = spec_of(chat)
    assert (spec.name, spec.look.hue) == ("Fernwood", "purple")
    assert "calendar" in [page.view for page in spec.pages]
    assert spec.main is not None
    assert spec.main.field("price") is not None


def test_what_is_not_understood_changes_nothing_and_says_what_can_be_done() -> None:
    chat = started("something to keep track of my plants")
    before = dict(chat.files)
    events = chat.say("fly me to the moon")
    assert chat.files == before
    assert not touched(events)
    assert "nothing is changed" in prose(events)
    assert "“add a due date and sort by it”" in prose(events)


def test_what_is_half_understood_is_done_by_half_and_says_so() -> None:
    chat = started("something to keep track of my plants")
    events = chat.say("make it purple and then fly me to the moon")
    assert spec_of(chat).look.hue == "purple"
    assert "did not understand “fly me to the moon”" in prose(events)


def test_what_is_so_already_is_said_and_nothing_is_written() -> None:
    chat = started("something to keep track of my plants")
    chat.say("make it purple")
    events = chat.say("make it purple")
    assert not touched(events)
    assert "already" in prose(events)


@pytest.mark.parametrize(
    "wish",
    ["let users sign in with Google", "send me an email reminder", "add authentication", "connect it to our API"],
)
def test_what_recipes_can_not_do_is_not_taken_for_a_field(wish: str) -> None:
    chat = started("something to keep track of my plants")
    assert not touched(chat.say(wish))


def test_a_label_can_not_break_out_of_the_code() -> None:
    chat = started("something to keep track of my plants")
    chat.say("add a field called `${x}` {y} </p> */")
    label = spec_of(chat).main.fields[-2].label  # type: ignore[union-attr]
    assert not set("`${}<>*") & set(label)


def test_a_field_is_renamed_without_losing_what_is_stored_under_it() -> None:
    chat = started("something to keep track of my plants")
    chat.say("rename room to place")
    field = spec_of(chat).main.field("room")  # type: ignore[union-attr]
    assert field is not None
    assert field.label == "Place"


def test_records_get_another_name_and_keep_their_storage() -> None:
    chat = started("something to keep track of my plants")
    events = chat.say("rename plants to crops")
    assert "src/data/crops.ts" in chat.files
    assert "src/data/plants.ts" not in chat.files
    assert any(event.kind is Kind.DELETE for event in events)
    assert 'createCollection<Crop>("plants"' in chat.files["src/data/crops.ts"]


def test_a_removed_field_leaves_no_trace() -> None:
    chat = started("something to keep track of my plants")
    chat.say("remove species")
    assert not [path for path, text in chat.files.items() if "species" in text.lower()]


def test_an_option_is_added_to_a_choice() -> None:
    chat = started("something to keep track of my plants")
    chat.say("add Bathroom to the rooms")
    assert "Bathroom" in spec_of(chat).main.field("room").options  # type: ignore[union-attr]


def test_sections_are_added_removed_and_moved() -> None:
    chat = started("page for my band")
    chat.say("add a FAQ section")
    chat.say("remove the newsletter")
    chat.say("move music to the top")
    assert [section.id for section in spec_of(chat).sections] == ["music", "shows", "members", "faq"]


def test_examples_can_be_taken_out_and_stay_out() -> None:
    chat = started("something to keep track of my plants")
    chat.say("remove the sample data")
    chat.say("add a price")
    assert spec_of(chat).main.samples == ()  # type: ignore[union-attr]


def test_a_small_change_is_an_edit_not_a_file() -> None:
    chat = started("page for my band")
    events = chat.say('change the headline to "We are loud."')
    assert {event.kind for event in events if event.path == "src/sections/hero.tsx"} == {Kind.EDIT}


def test_a_change_by_hand_elsewhere_in_a_file_is_kept() -> None:
    chat = started("something to keep track of my plants")
    path = "src/components/plant-card.tsx"
    chat.files[path] = chat.files[path].replace("hover:shadow-md", "hover:shadow-xl")
    chat.say("add a price")
    assert "hover:shadow-xl" in chat.files[path]
    assert "plant.price" in chat.files[path]


def test_a_change_by_hand_that_is_in_the_way_is_not_overwritten() -> None:
    chat = started("something to keep track of my plants")
    chat.files["src/components/plant-dialog.tsx"] = "export function PlantDialog() {\n  return null;\n}\n"
    before = dict(chat.files)
    events = chat.say("add a price")
    assert chat.files == before
    assert "`src/components/plant-dialog.tsx`" in prose(events)
    assert "changed by hand" in prose(events)


def test_an_app_that_recipes_did_not_write_is_left_alone() -> None:
    chat = started("something to keep track of my plants")
    del chat.files[SPEC_PATH]
    events = chat.say("make it purple")
    assert not touched(events)
    assert "not written by the recipes" in prose(events)


def test_an_app_that_was_stopped_half_way_is_finished() -> None:
    whole = started("something to keep track of my plants")
    chat = Chat()
    calls = iter(range(10_000))
    chat.say("something to keep track of my plants", should_stop=lambda: next(calls) > 60)
    assert chat.files != whole.files
    chat.say("continue")
    assert chat.files == whole.files


@pytest.mark.parametrize(("prompt", "messages"), FOLLOW_UPS, ids=[prompt for prompt, _ in FOLLOW_UPS])
def test_everyday_messages_change_the_app(prompt: str, messages: tuple[str, ...]) -> None:
    chat = started(prompt)
    for message in messages:
        events = chat.say(message)
        assert touched(events), f"{message}: {prose(events)}"
        assert "did not understand" not in prose(events), message
