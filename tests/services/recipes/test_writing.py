"""Blogs, feeds and notes talk of what the prompt is about."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def options(spec: AppSpec, field_id: str) -> tuple[str, ...]:
    assert spec.main is not None
    field = spec.main.field(field_id)
    assert field is not None
    return field.options


def texts(spec: AppSpec, field_id: str) -> str:
    assert spec.main is not None
    return " ".join(str(row[field_id]) for row in spec.main.samples)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("write about my trips to Japan", "Japan"),
        ("a blog about raising twins in Berlin", "Raising twins in Berlin"),
        ("a blog on competitive yo-yo", "competitive yo-yo"),
        ("a football blog about FC Barcelona", "FC Barcelona"),
        ("blog for our beekeeping club", "beekeeping"),
        ("my cooking blog", "Cooking"),
    ],
)
def test_posts_are_about_the_subject(prompt: str, word: str) -> None:
    assert word in texts(planned(prompt), "title")


@pytest.mark.parametrize(
    ("prompt", "categories"),
    [
        ("a blog about sourdough with categories recipes, tips and fails", ("Recipes", "Tips", "Fails")),
        ("fashion magazine with sections: street, runway, beauty", ("Street", "Runway", "Beauty")),
    ],
)
def test_the_categories_of_a_blog_are_those_of_the_prompt(prompt: str, categories: tuple[str, ...]) -> None:
    assert options(planned(prompt), "category") == categories


def test_the_author_that_is_named_wrote_the_posts() -> None:
    assert "Anna Berg" in texts(planned("a blog by Anna Berg about birds"), "author")


@pytest.mark.parametrize(
    ("prompt", "topics"),
    [
        ("chat for our team with channels general, design and dev", ("General", "Design", "Dev")),
        ("class forum with topics homework, exams and projects", ("Homework", "Exams", "Projects")),
        (
            "bulletin board for our building with categories for sale, lost and found, events",
            ("For sale", "Lost and found", "Events"),
        ),
    ],
)
def test_the_channels_of_a_feed_are_those_of_the_prompt(prompt: str, topics: tuple[str, ...]) -> None:
    assert options(planned(prompt), "topic") == topics


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("forum for beekeepers", "beekeeping"),
        ("discussion board for fans of Star Trek", "Star Trek"),
        ("social network for dog owners", "dogs"),
        ("message board for our chess club", "chess"),
        ("a wall where our neighbours can post messages", "ladder"),
        ("class forum", "exam"),
    ],
)
def test_messages_are_those_of_the_people_who_talk(prompt: str, word: str) -> None:
    assert word in texts(planned(prompt), "message")


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("notes for my biology class", "Biology"),
        ("notes on woodworking", "Woodworking"),
        ("meeting notes", "Weekly meeting"),
        ("notes about my dnd campaign", "The tower"),
        ("jot down ideas quickly", "Read me first"),
    ],
)
def test_the_first_notes_are_about_the_subject(prompt: str, word: str) -> None:
    assert word in texts(planned(prompt), "title")


def test_folders_of_the_prompt_are_the_tags() -> None:
    assert options(planned("note taking app with folders work, home and ideas"), "tag") == ("Work", "Home", "Ideas")


@pytest.mark.parametrize("key", sorted(shelf("feeds")))
def test_what_is_known_of_a_feed_is_whole(key: str) -> None:
    entry = shelf("feeds")[key]
    assert all(topic < len(entry["topics"]) for _, topic, *_ in entry["messages"])


@pytest.mark.parametrize("key", sorted(shelf("blogs")))
def test_what_is_known_of_a_blog_is_whole(key: str) -> None:
    entry = shelf("blogs")[key]
    assert {category for _, category, *_ in entry["posts"]} <= set(entry["categories"])


@pytest.mark.parametrize("key", sorted(shelf("notebooks")))
def test_what_is_known_of_a_notebook_is_whole(key: str) -> None:
    entry = shelf("notebooks")[key]
    assert all(tag < len(entry["tags"]) for _, _, tag, *_ in entry["rows"])
