"""Timers: which prompts get one, and that it begins with what the prompt says."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.durations import find_lengths
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.occasions import find_occasion
from overskill.services.generation.recipes.spec import AppSpec


def planned(prompt: str) -> AppSpec:
    return plan_app(read_brief(prompt))


def lengths(prompt: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = planned(prompt).content["lengths"]
    return found


def texts(spec: AppSpec) -> str:
    shown = [page.title for page in spec.pages] + [str(row["name"]) for one in spec.entities for row in one.samples]
    return f"{spec.name} {spec.tagline} {shown} {json.dumps(dict(spec.content))}"


@pytest.mark.parametrize(
    ("prompt", "view", "shown"),
    [
        ("pomodoro timer 25/5", "interval", "Pomodoro"),
        ("a pomodoro app for studying", "interval", "studying"),
        ("focus timer dark mode", "interval", "Focus"),
        ("HIIT timer with burpees, squats and lunges", "interval", "Burpees"),
        ("tabata timer", "interval", "Tabata"),
        ("interval timer for running: 5 minutes warm up, 1 minute run, 2 minutes walk", "interval", "Warm up"),
        ("workout timer with push-ups, plank and jumping jacks, 45 seconds each", "interval", "Jumping jacks"),
        ("yoga timer with poses", "interval", "Downward dog"),
        ("box breathing app", "interval", "Breathe in"),
        ("meditation timer with a bell, 15 minutes", "interval", "Meditation"),
        ("speech timer for a 5 minute talk", "interval", "Speech"),
        ("debate timer with opening 4 minutes, rebuttal 3 minutes", "interval", "Rebuttal"),
        ("turn timer for board games with 4 players", "interval", "Player 4"),
        ("timer for brushing teeth for kids", "interval", "teeth"),
        ("a 10 minute timer", "interval", "Timer"),
        ("time my speech", "interval", "Speech"),
        ("I need a timer that reminds me to stand up every 30 minutes", "interval", "Break timer"),
        ("morning routine timer: get dressed 5 minutes, breakfast 15 minutes", "interval", "Get dressed"),
        ("interview timer for Ana, Piotr and Kim", "interval", "Piotr"),
        ("boxing round timer", "interval", "Boxing"),
        ("rubiks cube timer", "stopwatch", "Stopwatch"),
        ("kitchen timer for pasta, eggs and rice", "timers", "Pasta"),
        ("multiple kitchen timers: pasta 10 minutes, eggs 7 minutes", "timers", "Eggs"),
        ("tea timer with green tea 3 minutes, black tea 5 minutes", "timers", "Green tea"),
        ("egg timer", "timers", "Soft"),
        ("chess clock 5 minutes each", "timers", "White"),
        ("several timers at once", "timers", "Timers"),
        ("stopwatch with laps", "stopwatch", "Stopwatch"),
        ("a stopwatch for my swim team", "stopwatch", "swim team"),
        ("countdown to our wedding on June 14 2027", "countdown", "Our wedding"),
        ("days until christmas", "countdown", "Christmas"),
        ("new year countdown", "countdown", "New Year"),
        ("how many days until my birthday", "countdown", "birthday"),
        ("countdown to our trip to Japan", "countdown", "trip to Japan"),
        ("time left until the demo at 5pm", "countdown", "17:00"),
    ],
)
def test_what_is_timed_decides_the_view_and_is_shown(prompt: str, view: str, shown: str) -> None:
    spec = planned(prompt)
    assert (spec.kind, spec.pages[0].view) == ("timer", view)
    assert shown.lower() in texts(spec).lower()


@pytest.mark.parametrize(
    "prompt",
    [
        "countdown to the things I look forward to",
        "countdowns for all our birthdays",
        "days until each bill is due",
        "a page for my running club",
        "landing page with a countdown to the launch",
        "recipe app with a timer",
        "time tracker for my freelance clients",
        "track my workouts",
        "log of my HIIT workouts",
        "HIIT workout log",
        "meditation journal",
        "habit tracker with a daily meditation",
        "bus times",
        "time off requests",
        "baby feeding times",
        "watch collection",
        "website for my watch shop",
        "class schedule",
        "my interval training diary",
        "board games we own",
    ],
)
def test_neighbours_of_timers_stay_what_they_were(prompt: str) -> None:
    assert planned(prompt).kind != "timer"


def test_several_events_stay_a_list() -> None:
    spec = planned("countdown to the things I look forward to")
    assert spec.main is not None
    assert spec.main.plural == "countdowns"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("pomodoro timer 50/10", {"work": 3000, "rest": 600}),
        (
            "pomodoro with 45 minutes focus, 10 minute breaks and a long break of 20 minutes",
            {"long": 1200, "rest": 600},
        ),
        ("tabata timer 20/10, 8 rounds", {"work": 20, "rest": 10, "rounds": 8}),
        ("HIIT timer: 40 seconds on, 15 seconds off, 6 sets", {"work": 40, "rest": 15, "rounds": 6}),
        ("rest for 30 seconds in my workout timer", {"rest": 30}),
        ("meditation timer, half an hour", {"work": 1800}),
        ("boxing timer 3 minute rounds 1 minute rest 12 rounds", {"work": 180, "rest": 60, "rounds": 12}),
        ("fasting timer 16:8", {"work": 57600}),
        ("gym rest timer 75 seconds", {"work": 75}),
        ("presentation timer, 10 minutes, warning 2 minutes before the end", {"work": 600, "warn": 120}),
    ],
)
def test_lengths_are_read_for_what_they_are(prompt: str, expected: dict[str, int]) -> None:
    assert expected.items() <= lengths(prompt).items()


def test_a_pattern_of_breaths_is_read() -> None:
    assert planned("4-7-8 breathing exercise").content["steps"] == [["Breathe in", 4], ["Hold", 7], ["Breathe out", 8]]


def test_presets_are_those_of_the_prompt() -> None:
    assert planned("timer app with presets for 5, 10 and 15 minutes").content["presets"] == [5, 10, 15]


def test_tasks_get_a_page_beside_the_timer() -> None:
    assert [page.title for page in planned("pomodoro timer with a task list").pages] == [
        "Pomodoro timer",
        "Tasks",
        "Log",
    ]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("25 minutes", [1500]),
        ("1 hour 30 minutes", [5400]),
        ("an hour", [3600]),
        ("90s, then 2 min", [90, 120]),
        ("one and a half hours", [5400]),
        ("1.5 hours", [5400]),
        ("forty-five seconds", [45]),
        ("40 seconds work and 20 seconds rest", [40, 20]),
    ],
)
def test_lengths_of_time_are_found(text: str, seconds: list[int]) -> None:
    assert [one.seconds for one in find_lengths(text)] == seconds


@pytest.mark.parametrize(
    ("text", "days", "yearly"),
    [
        ("countdown to the exam on 2027-03-01", ("2027-03-01",), ""),
        ("countdown to our party on the 3rd of May 2027", ("2027-05-03",), ""),
        ("countdown to mum's birthday on March 9", (), "03-09"),
        ("countdown to halloween", (), "10-31"),
        ("countdown to summer vacation", (), ""),
        ("countdown to February 31 2027", (), ""),
    ],
)
def test_the_day_is_read_or_known(text: str, days: tuple[str, ...], yearly: str) -> None:
    found = find_occasion(text)
    assert (found.days, found.yearly) == (days, yearly)


def test_feasts_that_move_are_known() -> None:
    assert {"2026-04-05", "2027-03-28", "2030-04-21"} <= set(find_occasion("days until easter").days)
    assert {"2026-11-26", "2027-11-25"} <= set(find_occasion("days until thanksgiving").days)


def test_a_colour_that_is_asked_for_is_the_warning() -> None:
    spec = plan_app(read_brief("presentation timer that turns yellow at 2 minutes and red at 30 seconds"))
    assert spec.content["lengths"] == {"work": 300, "warn": 120}
