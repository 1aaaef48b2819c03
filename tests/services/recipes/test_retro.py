"""Boards of notes with votes."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.spec import AppSpec
from overskill.services.generation.recipes.views import write_app


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def columns(spec: AppSpec) -> tuple[str, ...]:
    assert spec.main is not None
    column = spec.main.field("column")
    return column.options if column else ()


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "retro at the end of our sprint: went well, went badly, ideas, with votes",
            ("Went well", "Went badly", "Ideas"),
        ),
        ("a retro app for our team with columns for keep, drop and try", ("Keep", "Drop", "Try")),
        ("wins and worries wall", ("Wins", "Worries")),
        ("hopes and fears wall", ("Hopes", "Fears")),
        ("idea board for the school fair with topics games, food and music", ("Games", "Food", "Music")),
        ("start stop continue", ("Start", "Stop", "Continue")),
        ("SWOT analysis", ("Strengths", "Weaknesses", "Opportunities", "Threats")),
        ("4Ls retrospective", ("Liked", "Learned", "Lacked", "Longed for")),
        ("feedback wall: what worked, what didn't, questions", ("What worked", "What didn't", "Questions")),
        ("mad sad glad retro", ("Mad", "Sad", "Glad")),
        ("rose bud thorn reflection for families", ("Rose", "Bud", "Thorn")),
        ("sailboat retrospective", ("Wind", "Anchors", "Rocks", "Island")),
        ("KWL chart for my class", ("Know", "Want to know", "Learned")),
        ("mood board of ideas by topic", ("Colours", "Materials", "Shapes", "Words")),
        ("brainstorm board", ("Ideas", "Worth trying", "Decided")),
        ("eisenhower matrix", ("Do first", "Schedule", "Delegate", "Drop")),
    ],
)
def test_the_columns_are_those_that_are_named_or_usual(prompt: str, expected: tuple[str, ...]) -> None:
    spec = planned(prompt)
    assert (spec.kind, columns(spec)) == ("retro", expected)


@pytest.mark.parametrize(
    ("prompt", "singular"),
    [
        ("feature requests people can vote on", "request"),
        ("suggestion box with upvotes", "suggestion"),
        ("anonymous suggestion box for employees", "suggestion"),
        ("wish list of features with upvoting", "request"),
        ("collect questions for the town hall, people upvote questions", "question"),
    ],
)
def test_what_is_voted_on_one_by_one_is_a_ranked_list(prompt: str, singular: str) -> None:
    spec = planned(prompt)
    assert spec.main is not None
    assert (spec.kind, spec.content["layout"], spec.main.singular) == ("retro", "list", singular)


def test_a_timer_and_a_number_of_votes_are_taken() -> None:
    spec = planned("team retrospective with a 5 minute timer and 3 votes each")
    assert (spec.content["minutes"], spec.content["votesEach"]) == (5, 3)
    assert "src/components/round-timer.tsx" in write_app(spec)


def test_without_votes_there_are_none() -> None:
    files = write_app(planned("wins and worries wall without votes"))
    assert "src/components/vote-button.tsx" not in files


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("retro game collection", "tracker"),
        ("my retro console collection", "tracker"),
        ("vote on where to have lunch", "poll"),
        ("poll: which day suits you", "poll"),
        ("kanban board for my team", "kanban"),
        ("our sprint: what is open, what is being done, what is done", "kanban"),
        ("a board for our product launch with columns and owners", "kanban"),
        ("a wall where our neighbours can post messages", "feed"),
        ("guest book for our anniversary", "feed"),
        ("bulletin board for our building", "feed"),
        ("jot down ideas quickly", "notes"),
        ("gift ideas for my mother", "tracker"),
        ("date night ideas", "tracker"),
        ("board games we own", "tracker"),
        ("landing page for a brainstorming app", "landing"),
    ],
)
def test_questions_tasks_messages_and_lists_are_other_apps(prompt: str, kind: str) -> None:
    assert planned(prompt).kind == kind
