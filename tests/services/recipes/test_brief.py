"""What is read out of a prompt."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def labels(spec: AppSpec) -> list[str]:
    assert spec.main is not None
    return [field.label for field in spec.main.fields]


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a habit tracker called Streaky", "Streaky"),
        ('a site named "The Paper Moon" for my band', "The Paper Moon"),
        ("a budget app called money mind with charts", "Money Mind"),
        ("call it Pantry Pal, a list of what is in the fridge", "Pantry Pal"),
    ],
)
def test_a_name_that_is_given_is_taken(prompt: str, name: str) -> None:
    assert planned(prompt).name == name


def test_a_name_does_not_decide_what_the_app_is_about() -> None:
    assert planned('called "Dog Days": my plants').main.plural == "plants"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("something to keep track of my plants", "tracker"),
        ("a habit tracker with streaks", "habits"),
        ("page for my band", "landing"),
        ("website for my coffee shop", "landing"),
        ("website to sell candles", "shop"),
        ("help me split rent with roommates", "split"),
        ("vote on where to have lunch", "poll"),
        ("how much should I tip", "calculator"),
        ("test my knowledge of the solar system", "quiz"),
        ("dashboard for the sales of my shop", "dashboard"),
        ("my clients and what each deal is worth", "crm"),
        ("let people book a haircut with me", "booking"),
        ("jot down ideas quickly", "notes"),
        ("a blog about cooking", "blog"),
        ("a wall where our neighbours can post messages", "feed"),
        ("a kanban board for my team", "kanban"),
        ("board games we own", "tracker"),
    ],
)
def test_the_kind_follows_from_what_is_wanted_not_from_what_it_is_for(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind


def test_a_full_list_of_fields_is_what_a_record_holds() -> None:
    spec = planned("coffee beans I have tried, with roaster, origin, price and rating")
    assert labels(spec) == ["Name", "Roaster", "Origin", "Price", "Rating"]


def test_field_types_follow_from_their_names() -> None:
    spec = planned("bees: hives, last inspection, honey harvested in kg, email of the owner and notes")
    types = {field.label: (field.type, field.unit) for field in spec.main.fields}  # type: ignore[union-attr]
    assert types["Last inspection"] == ("date", "")
    assert types["Honey harvested"] == ("number", "kg")
    assert types["Email of the owner"] == ("email", "")
    assert types["Notes"] == ("longtext", "")


def test_one_field_more_is_added_to_what_the_subject_has() -> None:
    spec = planned("track my plants with pot size")
    assert {"Species", "Pot size"} <= set(labels(spec))


def test_two_subjects_get_a_page_each() -> None:
    assert [page.title for page in planned("track books and movies I want to get to").pages] == ["Books", "Films"]


def test_an_unknown_noun_is_what_the_app_is_about() -> None:
    spec = planned("log my grumbles with date and severity")
    assert spec.main is not None
    assert (spec.main.plural, labels(spec)) == ("grumbles", ["Name", "Date", "Severity", "Notes"])


def test_charts_that_are_asked_for_get_a_page() -> None:
    assert "insights" in [page.view for page in planned("my running log, with charts please").pages]


def test_a_sort_order_is_taken() -> None:
    spec = planned("a to-do list sorted by priority")
    assert spec.main is not None
    assert spec.main.sort == "priority"


@pytest.mark.parametrize(
    ("prompt", "look"),
    [
        ("a budget in dark green", ("green", "deep", "dark")),
        ("a minimal black and white to-do list", ("slate", "grey", "system")),
        ("my plants, dark mode", ("green", "clear", "dark")),
        ("notes in #8b5cf6", ("violet", "clear", "system")),
        ("soft pink habit tracker", ("pink", "soft", "system")),
    ],
)
def test_colours_and_dark_mode_are_read(prompt: str, look: tuple[str, str, str]) -> None:
    chosen = planned(prompt).look
    assert (chosen.hue, chosen.tone, chosen.theme) == look


def test_words_of_other_languages_are_known_for_common_subjects() -> None:
    assert planned("una aplicación para mis plantas").main.plural == "plants"  # type: ignore[union-attr]


def test_options_of_a_vote_come_from_the_prompt() -> None:
    spec = planned("pick a name for our team mascot: options Otto, Pixel, Biscuit and Moss")
    assert [row["option"] for row in spec.main.samples] == ["Otto", "Pixel", "Biscuit", "Moss"]  # type: ignore[union-attr]


def test_sections_that_are_asked_for_are_on_the_page() -> None:
    kinds = [section.kind for section in planned("a site for my bakery with a gallery and a FAQ").sections]
    assert {"gallery", "faq"} <= set(kinds)


@pytest.mark.parametrize(
    ("prompt", "kind", "shown"),
    [
        ("stuff I lent to friends and when I get it back", "tracker", "Lent things"),
        ("the dishes on our food truck, with prices, and where we park this week", "tracker", "Dishes"),
        ("rehearsals and concerts of our choir", "tracker", "Calendar"),
        ("a place for my photos of old doors", "tracker", "Photos"),
        ("whose turn is it to clean the kitchen", "tracker", "Chores"),
        ("every beer I tasted, with a score and where it was", "tracker", "Beers"),
        ("my grandmother's stories, one after the other", "tracker", "Stories"),
        ("can I afford this car? price, down payment, rate, years", "calculator", "Can I afford it?"),
        ("sign-ups for a weekend yoga retreat in the mountains", "tracker", "Sign-ups"),
        ("our sprint: what is open, what is being done, what is done", "kanban", "Board"),
        ("handmade soap, six kinds, let people order", "shop", "Handmade Soaps"),
        ("how many litres of paint do I need for a room", "calculator", "Paint calculator"),
        ("how many pizzas do I need for 20 people", "calculator", "How many pizzas?"),
        ("patients of a small vet: owner, animal, last visit, next vaccination", "tracker", "Patients"),
        ("complaints of the tenants in our house", "tracker", "Complaints"),
        ("words I learn in Portuguese", "tracker", "Words"),
        ("open hours and team of a bike repair shop", "landing", "Home"),
        ("where the five of us should go on holiday", "poll", "Vote"),
        ("vegetables in my garden: sown on, harvested on, kilos", "tracker", "Vegetables"),
        ("tell my colleagues what I am working on today", "feed", "Today"),
        ("the collection of our little museum: object, year, room, donor", "tracker", "Objects"),
        ("countdown to the things I look forward to", "tracker", "Countdowns"),
        ("letters to my future self", "tracker", "Letters"),
        ("gift ideas for my mother", "tracker", "Gift ideas"),
        ("let customers order bread for saturday", "shop", "Bread"),
        ("what everyone brings to the barbecue", "tracker", "Things to bring"),
        ("menu of our little café", "landing", "Home"),
        ("how much does a dog cost per year", "calculator", "What a dog costs"),
        ("the children's heights over the years", "tracker", "Heights"),
        ("the keys of our office and who has them", "tracker", "Keys"),
        ("songs our band can play, with key and tempo", "tracker", "Songs"),
    ],
)
def test_the_noun_at_the_head_wins_over_places_and_people(prompt: str, kind: str, shown: str) -> None:
    spec = planned(prompt)
    assert (spec.kind, shown in [page.title for page in spec.pages]) == (kind, True)


def test_a_second_list_comes_along_when_the_prompt_has_a_word_of_it() -> None:
    pages = planned("the dishes on our food truck, with prices, and where we park this week").pages
    assert [page.title for page in pages] == ["Dishes", "Stops"]


def test_where_it_was_is_a_field() -> None:
    assert {"Score", "Where"} <= set(labels(planned("every beer I tasted, with a score and where it was")))


def test_questions_about_a_state_are_no_fields() -> None:
    asked = labels(planned("our sprint: what is open, what is being done, what is done"))
    assert not [label for label in asked if label.startswith("What is")]


def test_the_first_of_a_list_is_what_a_collection_holds() -> None:
    spec = planned("the collection of our little museum: object, year, room, donor")
    assert labels(spec)[1:] == ["Year", "Room", "Donor"]
    assert all(1800 < row["year"] < 2030 for row in spec.main.samples)  # type: ignore[union-attr, operator]


def test_dates_and_weights_are_known_by_their_names() -> None:
    spec = planned("vegetables in my garden: sown on, harvested on, kilos")
    types = {field.label: field.type for field in spec.main.fields}  # type: ignore[union-attr]
    assert types == {"Name": "text", "Sown on": "date", "Harvested on": "date", "Kilos": "number"}


def test_the_team_of_a_shop_is_a_section_of_its_page() -> None:
    kinds = [section.kind for section in planned("open hours and team of a bike repair shop").sections]
    assert {"people", "contact"} <= set(kinds)


def test_nothing_is_made_up_for_a_text_that_nobody_knows() -> None:
    spec = planned("my zorbs: frumble, glim, date")
    assert spec.main is not None
    assert {row["frumble"] for row in spec.main.samples} == {""}
    assert len(spec.main.samples) == 3


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("our dog walks: who, when, how far", "Dog walks"),
        ("tips for our new employees", "Tips"),
        ("which neighbours feed the cat while we are away", "People"),
        ("a waiting list for our allotment garden: name, since, phone", "Sign-ups"),
        ("things to fix around the house", "Tasks"),
    ],
)
def test_a_word_that_only_tells_which_does_not_decide(prompt: str, shown: str) -> None:
    assert shown in [page.title for page in planned(prompt).pages]
