"""Cards to learn, scoreboards, games and quizzes: which prompts get them, and what of the prompt they show."""

import json

import pytest

from overskill.bundler.setup import Installation
from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.named import find_audience, find_count, find_names, find_range, find_seconds
from overskill.services.generation.recipes.replies import introduction
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def written(prompt: str) -> str:
    return "\n".join(write_app(planned(prompt)).values())


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("flashcards to learn Spanish", "el agua"),
        ("learn French vocabulary", "au revoir"),
        ("flash cards for the periodic table", "Hydrogen (1)"),
        ("study cards for my anatomy exam", "Femur"),
        ("an app to memorize capitals", "Ottawa"),
        ("flashcards for my daughter to learn the alphabet", "for your daughter"),
        ("Japanese vocabulary trainer with 10 new words a day", "NEW_A_DAY = 10"),
        ("spaced repetition for my biology final", "Mitochondrion"),
        ("index cards for my bar exam", "Your first question about bar exam"),
        ("flashcards about beekeeping", "Your first question about beekeeping"),
        ("practice German words", "auf Wiedersehen"),
        ("vocab app for my Italian course", "buongiorno"),
        ("flashcards for Spanish and French", '["Spanish", "French"]'),
        ("flashcards of dates in history", "Battle of Hastings"),
        ("times tables for grade 3", "for grade 3"),
        ("multiplication tables practice for my son", "for your son"),
        ("the 7 times table for my daughter", "TABLES = [7]"),
        ("addition practice up to 20 for my 6 year old", "HIGHEST = 20"),
        ("practice multiplication and division with 30 questions", "ROUND = 30"),
    ],
)
def test_cards_to_learn_are_about_the_subject(prompt: str, shown: str) -> None:
    assert planned(prompt).kind == "flashcards"
    assert shown in written(prompt)


@pytest.mark.parametrize(
    ("prompt", "view", "shown"),
    [
        ("keep score for our darts league", "league", "Darts league"),
        ("ping pong ladder at the office", "league", "Ping pong ladder"),
        ("foosball ranking", "league", "Rating over time"),
        ("leaderboard for our chess club", "league", "Chess leaderboard"),
        ("padel ranking for our office", "league", "Padel ranking"),
        ("cornhole tournament scores", "league", "Cornhole tournament"),
        ("fantasy league standings with 10 teams", "league", "Team 10"),
        ("scoreboard for board game night", "rounds", "Board game night"),
        ("golf handicap tracker", "rounds", "Golf handicap"),
        ("golf score card for Anna, Ben and Carl", "rounds", "Carl"),
        ("bowling scores of four friends", "rounds", "Bowling scores"),
        ("track points for our card game, lowest wins", "rounds", "a.total - b.total"),
        ("who is winning at mini golf, 6 players", "rounds", "Mini golf scores"),
        ("Mario Kart standings for Tim, Jo and Max", "rounds", "Tim"),
        ("trivia night scoreboard with 5 teams", "rounds", "Orange team"),
        ("scoreboard for a basketball game", "tally", "STEPS = [1, 2, 3]"),
        ("a score keeper, first to 21", "tally", "TARGET = 21"),
        ("house points for our classroom: Lions, Tigers and Bears", "tally", "Tigers"),
    ],
)
def test_scores_are_kept_as_the_game_counts_them(prompt: str, view: str, shown: str) -> None:
    spec = planned(prompt)
    assert (spec.kind, spec.pages[0].view) == ("scoreboard", view)
    assert shown in written(prompt)


@pytest.mark.parametrize(
    ("prompt", "kind", "shown"),
    [
        ("flash card app for nursing students: drug names and side effects", "flashcards", "Side effects"),
        ("flashcards with state capitals for my 4th grader", "flashcards", "for your 4th grader"),
        ("kanji flashcards: kanji, reading, meaning", "flashcards", "meaning: string"),
        ("multiplication game for kids with a timer", "flashcards", "Times tables for kids"),
        ("simple math game for 2nd graders", "flashcards", "HIGHEST = 100"),
        ("keep track of who wins our weekly poker nights: Dan, Mike, Steve and Rob", "scoreboard", "Steve"),
        ("bocce ball score keeper to 13", "scoreboard", "TARGET = 13"),
        ("soccer league table with goals for and against", "scoreboard", "Goals for and against"),
        ("chore points for my kids Emma and Liam", "scoreboard", "Liam"),
        ("scoreboard for boys vs girls at school", "scoreboard", "Girls"),
        ("quiz app with 10 questions about the 90s", "quiz", "(10)"),
        ("how well do you know me quiz for my birthday", "quiz", "How well do you know me?"),
        ("US citizenship test practice quiz", "quiz", "question about US citizenship"),
        ("game where two players take turns", "game", "Two players"),
        ("a clicker game about cats", "game", "<Cat "),
        ("memory card game with fruits, 6 pairs", "game", "Memory: fruits"),
        ("a word game like hangman for learning french", "game", "au revoir"),
        ("halloween whack a ghost game", "game", "Whack-a-ghost"),
    ],
)
def test_what_else_is_named_is_shown(prompt: str, kind: str, shown: str) -> None:
    assert planned(prompt).kind == kind
    assert shown in written(prompt)


def test_every_picture_of_a_game_exists(bundler_installation: Installation) -> None:
    icons = set(json.loads((bundler_installation.vendor / "dist/icons.json").read_text()))
    for theme in shelf("games").values():
        assert set(theme["pictures"]) <= icons
        assert len(set(theme["pictures"])) == 12
    for name in ("decks", "scoreboards"):
        assert {entry["icon"] for entry in shelf(name).values() if "icon" in entry} <= icons


def test_results_are_never_made_up_for_people_who_are_named() -> None:
    assert planned("golf score card for Anna, Ben and Carl").content["samples"] == []
    assert planned("keep score for our darts league").content["samples"]


@pytest.mark.parametrize(
    ("prompt", "game", "shown"),
    [
        ("tic tac toe", "tic-tac-toe", "Strong computer"),
        ("tic-tac-toe for Mia versus Leo", "tic-tac-toe", '"Leo"'),
        ("a memory game with animals", "memory", "Squirrel"),
        ("memory game for my kids about space", "memory", "Telescope"),
        ("matching game with vehicles for my toddler", "memory", "Made for your toddler"),
        ("a simple game for my kids", "memory", "Made for your kids"),
        ("hangman with countries", "hangman", "portugal"),
        ("I want a word guessing game about food", "hangman", "spaghetti"),
        ("guess the number between 1 and 50", "guess-number", "HIGHEST = 50"),
        ("snake game", "snake", "Snake"),
        ("2048", "2048", "2048"),
        ("rock paper scissors, best of 5", "rock-paper-scissors", "WINS = 3"),
        ("minesweeper", "minesweeper", "Mines left"),
        ("reaction time test", "reaction", "Wait for green"),
        ("60 second typing test", "typing", "SECONDS = 60"),
        ("whack-a-mole for my kids", "whack", "Whack-a-mole"),
        ("cookie clicker", "clicker", "Cookie clicker"),
    ],
)
def test_a_game_is_chosen_by_its_name(prompt: str, game: str, shown: str) -> None:
    spec = planned(prompt)
    assert (spec.kind, spec.content["game"]) == ("game", game)
    assert shown in written(prompt)
    assert "reply" not in spec.content or prompt == "a simple game for my kids"


@pytest.mark.parametrize(
    ("prompt", "wanted", "got"),
    [
        ("make me a tetris game", "tetris", "snake"),
        ("build a wordle clone", "wordle", "guess the word"),
        ("chess game", "chess", "tic-tac-toe"),
        ("a game", "no game", "memory"),
    ],
)
def test_a_game_that_is_not_there_is_replaced_and_the_chat_says_so(prompt: str, wanted: str, got: str) -> None:
    brief = read_brief(prompt)
    said = introduction(brief, plan_app(brief))
    assert wanted in said
    assert got in said.lower()


@pytest.mark.parametrize(
    "prompt",
    [
        "board games we own",
        "list of words I learn",
        "words I learn in Portuguese",
        "my video game backlog",
        "game night planner",
        "a page for our gaming club",
        "website for my game studio",
        "landing page for my indie game",
        "games I want to play, with platform and rating",
        "who brings which game to game night",
        "inventory of my board game shop",
        "blog about retro games",
        "my snake's feeding log",
        "reading log for my son",
        "memory book for my grandma",
        "memories of our trip to Italy",
        "notes about my piano practice",
        "habit tracker for practicing French",
        "track my golf clubs",
        "book a tennis court",
        "our football team's members",
        "football training schedule",
        "page for my darts club",
        "vote on which game to play",
        "log of my typing practice sessions",
        "cards for my business: name, phone, email",
        "birthday cards to send",
        "credit card expenses",
        "points of my loyalty cards",
        "test scores of my students",
        "credit score tracker",
        "homework planner for my son",
        "reaction to new foods: baby log",
        "collection of trading cards",
        "grades of my pupils in math",
        "Spanish lessons booking",
        "score of my exams",
    ],
)
def test_neighbours_keep_their_own_kind(prompt: str) -> None:
    assert planned(prompt).kind not in {"flashcards", "scoreboard", "game", "quiz"}


@pytest.mark.parametrize(
    ("prompt", "title", "shown"),
    [
        ("harry potter quiz", "Harry Potter quiz", "Hogwarts"),
        ("80s music quiz", "80s music quiz", "Thriller"),
        ("movie trivia of the 80s", "Films of the 80s quiz", "DeLorean"),
        ("quiz on capitals of Europe", "Capitals of Europe quiz", "What is the capital of"),
        ("a quiz to test Spanish vocabulary", "Spanish quiz", "What does “"),
        ("driving theory quiz", "Driving theory quiz", "red octagon"),
        ("onboarding quiz for new employees", "Onboarding quiz", "password"),
        ("test my knowledge of the solar system", "Solar System quiz", "Saturn"),
        ("bible quiz for sunday school", "Bible quiz", "ark"),
        ("football quiz", "Football quiz", "World Cup"),
        ("math quiz for grade 2", "Math quiz", "7 × 8"),
        ("christmas trivia", "Christmas quiz", "Advent"),
        ("quiz about our family", "Our Family quiz", "Write your first question about our family"),
        ("quiz about me for my wedding", "How well do you know me?", "question about me"),
        ("quiz for my class about photosynthesis with 10 questions", "Photosynthesis quiz", "(10)"),
    ],
)
def test_the_questions_of_a_quiz_are_about_its_subject(prompt: str, title: str, shown: str) -> None:
    spec = planned(prompt)
    assert (spec.kind, str(spec.content["title"]).lower()) == ("quiz", title.lower())
    assert shown in written(prompt)


def test_a_quiz_about_what_nobody_knows_asks_nothing_about_planets_and_gold() -> None:
    assert not {"Jupiter", "Au"} & set(written("quiz about our family").split('"'))


def test_a_quiz_has_as_many_questions_as_are_asked_for() -> None:
    spec = planned("general knowledge quiz with 5 questions")
    assert spec.main is not None
    assert len(spec.main.samples) == 5


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("scores for Anna, Ben and Carl", ["Anna", "Ben", "Carl"]),
        ("players: tim, jo and max", ["Tim", "Jo", "Max"]),
        ("boys vs girls", ["Boys", "Girls"]),
        ("for me and my brother", ["Me", "Brother"]),
        ("our darts league on Monday and Friday", []),
    ],
)
def test_players_are_read_by_name(text: str, names: list[str]) -> None:
    assert find_names(text) == names


def test_numbers_of_people_seconds_and_ranges_are_read() -> None:
    assert (find_count("bowling scores of four friends"), find_count("8 teams"), find_count("our league")) == (4, 8, 0)
    assert (find_seconds("60 second test"), find_seconds("two minutes"), find_seconds("fast")) == (60, 120, 0)
    assert (find_range("between 1 and 50"), find_range("up to 20"), find_range("any")) == ((1, 50), (1, 20), None)


def test_whom_it_is_for_is_said_as_the_app_would_say_it() -> None:
    assert [find_audience(one) for one in ("for my son", "for grade 3", "for kids", "for fun")] == [
        "your son",
        "grade 3",
        "kids",
        "",
    ]
