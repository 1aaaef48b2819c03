"""Forms: which prompts get one, and what it asks."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec, Field
from tests.services.recipes.turns import Chat, prose


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def asked(prompt: str) -> dict[str, Field]:
    spec = planned(prompt)
    assert spec.main is not None
    return {field.label: field for field in spec.main.fields if field.id != "sentOn"}


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("a form where parents sign up for the school trip", "Child's name"),
        ("customer feedback survey", "How satisfied are you overall?"),
        ("RSVP form", "Will you come?"),
        ("rsvp for our wedding with meal choice (beef, fish, vegan) and song request", "Song request"),
        ("contact form", "Message"),
        ("job application form", "Why would you like to work with us?"),
        ("registration form for summer camp", "Emergency contact"),
        ("dentist intake form", "Medication you take"),
        ("survey about remote work with 5 questions", "What do you like about remote work?"),
        ("volunteer sign-up sheet", "When can you help?"),
        ("petition for a new playground", "Petition for a new playground"),
        ("petition to save the library, goal 500 signatures", "500"),
        ("cake order form", "Text on the cake"),
        ("order form for handmade soap", "Order handmade soap here"),
        ("pet adoption application", "Do you have other animals?"),
        ("course feedback form", "How clear were the explanations?"),
        ("employee satisfaction survey", "My workload is"),
        ("let people register for the chess tournament", "Register for the chess tournament"),
        ("a form to collect t-shirt sizes (S, M, L, XL) for the team", "T-shirt size"),
        ("form asking for name, email, phone and preferred time", "Preferred time"),
        ("feedback form for our restaurant with rating 1-5 for food, service and price", "Service"),
        ("survey: how often do you cycle to work? what would make you cycle more?", "What would make you cycle more?"),
        ("maintenance request form for tenants", "How urgent is it?"),
        ("birthday party rsvp", "What will you bring?"),
        ("event registration with dietary needs", "Dietary needs"),
        ("newsletter signup form", "Subscribe"),
        ("membership application for the tennis club", "Membership application for the tennis club"),
        ("quote request form for my photography", "Budget"),
        ("collect feedback from workshop participants", "Feedback from workshop participants"),
        ("a registration page for the science fair", "the science fair"),
        ("lost pet report form", "Where was it?"),
        ("waiver form for my climbing gym", "Health or injuries we should know about"),
        ("signup form for a potluck: name, dish, how many it serves", "How many it serves?"),
        ("registration form: name, age, school, t-shirt size", "School"),
        ("survey for my thesis about sleep habits", "What do you like about sleep habits?"),
        ("class survey for grade 6 about lunch", "What do you like about lunch?"),
    ],
)
def test_a_form_asks_what_was_named(prompt: str, shown: str) -> None:
    spec = planned(prompt)
    assert spec.kind == "form"
    assert shown in str(spec)


@pytest.mark.parametrize(
    "prompt",
    [
        "vote on where to have lunch",
        "poll: which day suits you",
        "quiz with 5 questions about space",
        "portfolio website with contact form",
        "site for my bakery with an order form",
        "landing page for a survey company",
        "who is coming to our wedding, what they eat and where they sit",
        "handmade soap, six kinds, let people order",
        "job application tracker",
        "customer list with phone numbers",
        "crm for leads",
        "a wall where our neighbours can post messages",
        "guest book for our anniversary",
        "let people book a haircut with me",
        "water intake tracker",
        "invoice tracker",
        "track my expenses",
        "reading list",
    ],
)
def test_what_is_no_form_stays_what_it_is(prompt: str) -> None:
    assert planned(prompt).kind != "form"


def test_options_in_brackets_are_the_choices() -> None:
    assert asked("a form to collect t-shirt sizes (S, M, L, XL) for the team")["T-shirt size"].options == (
        "S",
        "M",
        "L",
        "XL",
    )


def test_whether_is_a_question_of_yes_and_no() -> None:
    fields = asked("trip sign up form with child's name, class, allergies and whether they need a lunch")
    assert fields["Do you need a lunch?"].options == ("Yes", "No")


def test_what_is_rated_gets_a_rating_each() -> None:
    fields = asked("feedback form for our cafe with rating 1-5 for food, service and price")
    assert [fields[name].type for name in ("Food", "Service", "Price")] == ["rating"] * 3


def test_a_whole_list_of_questions_is_all_that_is_asked() -> None:
    assert list(asked("form asking for name, email, phone and preferred time")) == [
        "Name",
        "Email",
        "Phone",
        "Preferred time",
    ]


@pytest.mark.parametrize(
    "prompt",
    ["questionnaire with 5 questions", "survey about cycling with five questions", "customer survey, 5 questions"],
)
def test_so_many_questions_as_were_wanted(prompt: str) -> None:
    assert len(asked(prompt)) == 5


def test_a_petition_has_a_goal() -> None:
    assert planned("petition for a new playground, goal 250 signatures").content["goal"] == 250


def test_a_form_does_not_say_that_signing_up_is_missing_but_where_answers_are_kept() -> None:
    said = prose(Chat().say("a form where parents sign up for the school trip"))
    assert "accounts" not in said
    assert "stays in this browser" in said


@pytest.mark.parametrize(
    ("prompt", "label", "options"),
    [
        ("RSVP page for my grandad's 80th, choose fish, chicken or veggie", "Meal", ("Fish", "Chicken", "Veggie")),
        ("t-shirt order form with name, size S, M or L and colour red or blue", "Size", ("S", "M", "L")),
        ("t-shirt order form with name, size S, M or L and colour red or blue", "Colour", ("Red", "Blue")),
        ("sign up form with name, email and prefer morning or afternoon", "Time", ("Morning", "Afternoon")),
        ("camp registration form with child's name, age, either bus or car", "Transport", ("Bus", "Car")),
        ("wedding rsvp: name, meal choice of beef, salmon or vegan, song", "Meal", ("Beef", "Salmon", "Vegan")),
        ("rsvp form where guests pick saturday or sunday", "Day", ("Saturday", "Sunday")),
        ("form asking name, whether they want tea or coffee and phone", "Drink", ("Tea", "Coffee")),
        (
            "job application form with name, email and full time or part time",
            "Full time or part time?",
            ("Full time", "Part time"),
        ),
    ],
)
def test_a_list_that_ends_in_or_is_one_question(prompt: str, label: str, options: tuple[str, ...]) -> None:
    spec = plan_app(read_brief(prompt))
    assert spec.main is not None
    assert {one.label: one.options for one in spec.main.fields}[label] == options


def test_phone_or_mobile_is_no_choice() -> None:
    spec = plan_app(read_brief("contact form with name, email, phone or mobile and message"))
    assert spec.main is not None
    assert not spec.main.of_type("select")
