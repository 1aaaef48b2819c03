"""Pickers: which prompts get one, and what is in the draw."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.listed import find_listed
from overskill.services.generation.recipes.palette import HUES
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def entries(prompt: str) -> list[str]:
    spec = planned(prompt)
    assert spec.main is not None
    return [str(row["name"]) for row in spec.main.samples]


@pytest.mark.parametrize(
    ("prompt", "view", "plural"),
    [
        ("wheel of names", "picker", "names"),
        ("pick a random student from my class of 24", "picker", "students"),
        ("name picker for my classroom", "picker", "names"),
        ("what should we have for dinner: tacos, ramen, pizza or curry", "picker", "dishes"),
        ("dinner picker", "picker", "dishes"),
        ("I can never decide what to cook", "picker", "dishes"),
        ("movie night picker", "picker", "movies"),
        ("restaurant roulette", "picker", "restaurants"),
        ("pick a random plant to water", "picker", "plants"),
        ("raffle with 3 winners", "picker", "names"),
        ("a random excuse generator", "picker", "excuses"),
        ("writing prompt generator", "picker", "prompts"),
        ("date idea generator", "picker", "date ideas"),
        ("random compliment generator for my girlfriend", "picker", "compliments"),
        ("icebreaker question generator for meetings", "picker", "questions"),
        ("baby name generator", "picker", "names"),
        ("truth or dare", "picker", "cards"),
        ("magic 8 ball", "picker", "answers"),
        ("chore wheel for the kids", "picker", "chores"),
        ("spin the wheel with prizes", "picker", "prizes"),
        ("random country picker", "picker", "countries"),
        ("bingo number caller", "picker", "numbers"),
        ("pick who pays for coffee: Tom, Ana, Jo", "picker", "names"),
        ("draw straws", "picker", "names"),
        ("raffle drawing for 50 tickets", "picker", "tickets"),
        ("random cat name generator", "picker", "names"),
        ("what to draw generator", "picker", "drawing prompts"),
        ("would you rather questions", "picker", "questions"),
        ("pair students randomly", "groups", "students"),
        ("standup order randomizer for my team of 8", "order", "names"),
        ("split the class in 4 groups", "groups", "names"),
        ("team divider for 10 players into 2 teams", "groups", "players"),
        ("random groups of 3 for my students", "groups", "students"),
        ("make 5 teams from 30 people", "groups", "people"),
        ("random order for presentations", "order", "names"),
        ("who goes first", "order", "names"),
        ("secret santa draw for Tom, Lisa, Max and Eva", "pairs", "names"),
    ],
)
def test_what_is_drawn_and_how(prompt: str, view: str, plural: str) -> None:
    spec = planned(prompt)
    assert spec.main is not None
    assert (spec.kind, spec.pages[0].view, spec.main.plural) == ("picker", view, plural)


@pytest.mark.parametrize(
    ("prompt", "views", "content"),
    [
        ("dice roller", ["dice"], {"sides": 6, "count": 2}),
        ("roll 2d6", ["dice"], {"sides": 6, "count": 2}),
        ("roll 3 twenty-sided dice", ["dice"], {"sides": 20, "count": 3}),
        ("D&D dice roller", ["dice"], {"sides": 20, "count": 1}),
        ("d20 roller for my RPG", ["dice"], {"sides": 20}),
        ("coin flip", ["coin"], {}),
        ("dice and coin flip", ["dice", "coin"], {}),
        ("lottery numbers 6 of 49", ["numbers"], {"count": 6, "lowest": 1, "highest": 49, "once": True}),
        ("random number generator between 1 and 50", ["numbers"], {"count": 1, "lowest": 1, "highest": 50}),
        ("pick 3 random numbers from 1 to 20 without repeats", ["numbers"], {"count": 3, "highest": 20, "once": True}),
    ],
)
def test_dice_coins_and_numbers_are_as_the_prompt_says(
    prompt: str, views: list[str], content: dict[str, object]
) -> None:
    spec = planned(prompt)
    assert [page.view for page in spec.pages] == views
    assert content.items() <= spec.content.items()


@pytest.mark.parametrize(
    "prompt",
    [
        "pick a name for our team mascot: options Otto, Pixel, Biscuit and Moss",
        "vote on where to have lunch",
        "help us pick a movie",
        "split rent with roommates",
        "split the bill",
        "group expenses",
        "random trivia quiz",
        "password generator",
        "colour palette generator",
        "invoice generator",
        "color picker",
        "a blog about my random thoughts",
        "secret santa wish list",
        "lottery tickets I bought",
        "raffle ticket sales",
        "dice collection",
        "dice game shop",
        "coin collection",
        "my coins and what they are worth",
        "team directory",
        "random notes",
        "what should I watch tonight? keep my movies with a rating",
        "ideas for dates with my wife",
        "chores for the kids",
        "list of names for the baby",
        "spinning class bookings",
        "team tasks with a deadline and status",
        "speakers of our conference",
        "wheel alignment appointments",
        "date night log",
    ],
)
def test_neighbours_of_pickers_stay_what_they_were(prompt: str) -> None:
    assert planned(prompt).kind != "picker"


def test_who_is_named_is_in_the_draw() -> None:
    assert entries("a wheel of names with Anna, Ben, Carla and Dan") == ["Anna", "Ben", "Carla", "Dan"]


def test_as_many_are_in_the_draw_as_the_prompt_says() -> None:
    assert len(entries("pick a random student from my class of 24")) == 24
    assert len(entries("make 5 teams from 30 people")) == 30


@pytest.mark.parametrize(
    ("prompt", "count"),
    [("split the class in 4 groups", 4), ("make 5 teams from 30 people", 5), ("random pairs for 10 students", 5)],
)
def test_there_are_as_many_groups_as_the_prompt_says(prompt: str, count: int) -> None:
    assert planned(prompt).content["count"] == count


def test_a_raffle_draws_its_winners_at_once_and_nobody_twice() -> None:
    content = planned("raffle with 3 winners").content
    assert (content["count"], content["once"]) == (3, True)


def test_a_budget_for_gifts_is_kept() -> None:
    assert planned("secret santa with a $20 limit").content["budget"] == "$20"


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("a wheel with tacos, ramen and curry", ["Tacos", "Ramen", "Curry"]),
        ("decide between pizza and sushi", ["Pizza", "Sushi"]),
        ("HIIT: 40 seconds work, 20 seconds rest, burpees, squats and lunges", ["Burpees", "Squats", "Lunges"]),
        ("for Tom and Lisa", ["Tom", "Lisa"]),
        ("what to eat for lunch from sushi, burgers, salad", ["Sushi", "Burgers", "Salad"]),
        ("decision wheel: yes, no, maybe", ["Yes", "No", "Maybe"]),
        ("pick a restaurant in Berlin, cheap, with a terrace", []),
        ("a picker with history and sounds", []),
        ("a timer for work and study", []),
        ("names: Mia, Leo, Sam, and show who was last", ["Mia", "Leo", "Sam"]),
    ],
)
def test_lists_of_things_are_found(text: str, listed: list[str]) -> None:
    assert find_listed(text) == listed


@pytest.mark.parametrize("name", ["pickers", "timers"])
def test_the_shelves_have_what_their_kinds_need(name: str) -> None:
    needed = {"pickers": {"one", "items"}, "timers": {"mode", "title"}}[name]
    for key, entry in shelf(name).items():
        assert needed | {"match", "icon", "hue", "names", "tagline"} <= entry.keys(), key
        assert entry["hue"] in HUES, key
