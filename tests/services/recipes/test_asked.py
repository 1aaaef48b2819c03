"""Which fields a prompt asks for, and what is shown of a prompt that asks for none."""

import pytest

from overskill.services.generation.recipes.aspects import aspects_of
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.people import find_people
from overskill.services.generation.recipes.spec import Entity


def main_of(prompt: str) -> Entity:
    main = plan_app(read_brief(prompt)).main
    assert main is not None
    return main


@pytest.mark.parametrize(
    ("prompt", "plural", "labels"),
    [
        ("compare phone plans by price, data and contract length", "phone plans", "Price Data Contract length"),
        ("our dog walks: who, when, how far", "dog walks", "Who Date Distance"),
        ("car pool: who drives when", "", "Who When"),
        ("where I parked the car and on which level", "car spots", "Where Level"),
        ("medication log for my dad: what he took, when, and how much", "medicines", "What he took When Amount"),
        ("tools in the shed (name, where it is, condition)", "tools", "Name Where Condition"),
        ("record every fish I catch: species, length, weight, lake, bait", "fish", "Species Length Weight Lake Bait"),
        ("gift ideas for family: person, idea, price, bought or not", "gift ideas", "Idea Person Price Bought"),
        (
            "maintenance log for our boat. date, engine hours, what was done, cost",
            "",
            "Date Engine hours What was done",
        ),
        ("a list of the neighbours with house number, phone and kids' names", "neighbours", "House number Kids' names"),
        ("reading list with author, genre and a 5 star rating", "books", "Author Genre Rating"),
    ],
)
def test_what_is_listed_is_what_a_record_holds(prompt: str, plural: str, labels: str) -> None:
    entity = main_of(prompt)
    shown = " ".join(field.label for field in entity.fields)
    assert plural in {"", entity.plural}
    for label in labels.split():
        assert label in shown


@pytest.mark.parametrize(
    ("prompt", "label", "options"),
    [
        ("expenses with categories rent, food, travel and fun", "Category", ("Rent", "Food", "Travel", "Fun")),
        ("bugs with severity low/medium/high/critical and steps", "Severity", ("Low", "Medium", "High", "Critical")),
        (
            "job applications with company, status (applied, interview, offer) and salary",
            "Status",
            ("Applied", "Interview", "Offer"),
        ),
        ("chores for Anna, Ben and Mia", "Who", ("Anna", "Ben", "Mia")),
        ("headache diary with triggers like sleep, stress and wine", "Trigger", ("Sleep", "Stress", "Wine")),
    ],
)
def test_options_that_are_given_are_taken(prompt: str, label: str, options: tuple[str, ...]) -> None:
    entity = main_of(prompt)
    field = next(one for one in entity.fields if one.label == label)
    assert field.options == options
    assert all(row[field.id] in options for row in entity.samples)


@pytest.mark.parametrize(
    ("prompt", "labels"),
    [
        ("track my sleep, mood and coffee", ("Sleep", "Mood", "Coffee")),
        ("I want to log my weight, steps and what I eat every day", ("Weight", "Steps", "What I eat")),
        ("greenhouse temperature and humidity, twice a day", ("Greenhouse temperature", "Humidity")),
    ],
)
def test_what_is_measured_each_day_is_one_entry(prompt: str, labels: tuple[str, ...]) -> None:
    shown = [field.label for field in main_of(prompt).fields]
    assert set(labels) < set(shown)


@pytest.mark.parametrize(
    ("noun", "labels"),
    [
        ("weekly allowances", ("Who", "Amount", "Paid")),
        ("vet visits", ("Date", "Duration")),
        ("lost property", ("Found where", "Returned")),
        ("guitar chords", ("Level",)),
        ("zorbs", ("Name", "Where", "Notes")),
    ],
)
def test_what_no_domain_knows_has_what_is_usual_for_such_a_noun(noun: str, labels: tuple[str, ...]) -> None:
    assert set(labels) < {field.label for field in aspects_of(noun).fields}


def test_what_is_done_for_each_person_has_who() -> None:
    assert "Who" in [field.label for field in main_of("zorb points per player").fields]


def test_who_comes_along_is_no_field() -> None:
    assert "Toddler" not in [field.label for field in main_of("a packing list for camping with a toddler").fields]


def test_which_of_them_are_is_a_check_box() -> None:
    toxic = next(one for one in main_of("which of my houseplants is toxic to cats").fields if "cats" in one.label)
    assert (toxic.label, toxic.type) == ("Toxic to cats", "boolean")


def test_what_it_is_for_is_the_first_example() -> None:
    entity = main_of("track my savings towards a trip to Japan")
    assert entity.samples[0][entity.title.id] == "Trip to Japan"


def test_things_to_pack_are_for_where_it_goes() -> None:
    packed = [row["item"] for row in main_of("a packing list for camping").samples]
    assert "Tent and pegs" in packed
    assert "Passport" not in packed


def test_a_diary_keeps_its_date() -> None:
    assert "Date" in [field.label for field in main_of("headache diary: strength, trigger, medicine").fields]


def test_two_lists_are_not_measures() -> None:
    assert not read_brief("track my plants and pets").measures


def test_people_have_the_day_on_which_they_do_it() -> None:
    assert "Brings cake on" in [field.label for field in main_of("colleagues who bring cake").fields]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("chores for Anna, Ben and Mia", ("Anna", "Ben", "Mia")),
        ("a trip with Lisbon, Porto and Faro", ()),
        ("vocabulary for Spanish and French", ()),
    ],
)
def test_names_of_people_are_known_from_places(text: str, people: tuple[str, ...]) -> None:
    assert find_people(text) == people


def test_what_nothing_else_shows_stands_in_the_tagline_in_the_prompts_words() -> None:
    assert plan_app(read_brief("I need something for the zorbs in our frumble club")).tagline == (
        "The zorbs in our frumble club."
    )


@pytest.mark.parametrize(
    ("prompt", "label", "options"),
    [
        (
            "budget for a student with rent, food, phone, nights out",
            "Category",
            ("Rent", "Food", "Phone", "Nights out"),
        ),
        (
            "grade book for my class, homework 20%, quizzes 30%, exam 50%",
            "Kind",
            ("Homework 20%", "Quizzes 30%", "Exam 50%"),
        ),
        ("car maintenance, oil, tyres, brakes", "Kind", ("Oil", "Tyres", "Brakes")),
        (
            "medicine schedule: pill, dose, morning noon evening, taken or not",
            "Time of day",
            ("Morning", "Noon", "Evening"),
        ),
    ],
)
def test_what_there_is_of_something_is_a_choice(prompt: str, label: str, options: tuple[str, ...]) -> None:
    assert next(one for one in main_of(prompt).fields if one.label == label).options == options


def test_names_of_people_are_no_fields() -> None:
    labels = [
        field.label for field in main_of("chore chart for 3 kids Mia, Leo and Sam with points they can swap").fields
    ]
    assert "Points" in labels
    assert not {"Leo", "Sam"} & set(labels)
