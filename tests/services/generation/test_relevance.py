"""Which files of a large app a request is about."""

import time

import pytest

from overskill.clients.bundler import Diagnostic
from overskill.services.generation.events import PastMessage
from overskill.services.generation.relevance import import_graph, scores, terms_of
from overskill.starter import starter_files
from tests.services.generation.large_app import Chat, large_app, long_chat

CHAT = long_chat(26)


def best(prompt: str, chat: Chat = CHAT, **facts: object) -> list[str]:
    found = scores(chat.turn(prompt, **facts))
    return sorted(found, key=lambda path: (-found[path], path))


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Let me sort the recipe cards by cooking time", "src/features/recipes/RecipeCard.tsx"),
        ("The trend line of my workouts is wrong", "src/features/workouts/WorkoutChart.tsx"),
        ("Resetting filters doesn't work for films", "src/features/films/FilmFilters.tsx"),
        ("Print invoices on one sheet", "src/features/invoices/InvoiceToolbar.tsx"),
        ("PlantReminders should ring at eight", "src/features/plants/PlantReminders.tsx"),
        ("Downloading employees as a spreadsheet fails", "src/features/employees/EmployeeExportButton.tsx"),
        ("change src/features/pets/format.ts", "src/features/pets/format.ts"),
        ("In DonationForm.tsx the label is cut off", "src/features/donations/DonationForm.tsx"),
        ('Where it says "Really delete this vocabulary for ever" ask nicer', "src/features/lessons/LessonDialog.tsx"),
    ],
)
def test_the_file_a_request_is_about_comes_first(prompt: str, expected: str) -> None:
    assert best(prompt)[0] == expected


def test_files_with_errors_come_before_all_others() -> None:
    wrong = (Diagnostic("src/features/pets/PetStats.tsx", "Cannot find name 'x'.", 3),)
    assert best("Let me sort the recipe cards", feedback=wrong)[0] == "src/features/pets/PetStats.tsx"


def test_what_an_error_names_is_near_the_front() -> None:
    wrong = (Diagnostic("src/App.tsx", 'No matching export in "src/features/trips/store.ts" for import "trip"', 3),)
    assert "src/features/trips/store.ts" in best("Let me sort", feedback=wrong)[:3]


def test_the_files_around_come_along() -> None:
    found = best("The trend line of my workouts is wrong")
    around = {"src/features/workouts/useWorkouts.ts", "src/features/workouts/WorkoutPage.tsx"}
    assert around <= set(found[:25])


def test_a_vague_request_is_about_what_was_changed_last() -> None:
    assert best("make it a bit larger")[0] == CHAT.versions[-1].paths[0]


def test_the_words_of_the_message_before_count_a_little() -> None:
    history = (PastMessage("user", "The trend line of my workouts is wrong"), PastMessage("assistant", "Fixed."))
    assert best("still not", history=history, past=None)[0] == "src/features/workouts/WorkoutChart.tsx"


def test_scripts_without_spaces_are_searched_in_pairs() -> None:
    files = starter_files() | large_app(60) | {"src/Sort.tsx": "<button>按日期排序</button>"}
    chat = Chat(files)
    assert best("请按日期排序", chat)[0] == "src/Sort.tsx"


def test_words_lose_their_endings_and_those_that_say_nothing_are_left_out() -> None:
    assert {"sort", "categor"} <= set(terms_of("Please sorting the categories"))
    assert "please" not in terms_of("Please sorting the categories")


def test_imports_are_followed_through_aliases_and_folders() -> None:
    files = {
        "src/a/One.tsx": 'import { two } from "../b/two";\nimport x from "@/lib/x";\nimport React from "react";',
        "src/b/two.ts": 'export * from "./deep";\nconst lazy = () => import("@/a/One");',
        "src/b/deep/index.ts": "",
        "src/lib/x.ts": "",
    }
    graph = import_graph(files)
    assert graph["src/a/One.tsx"] == ("src/b/two.ts", "src/lib/x.ts")
    assert graph["src/b/two.ts"] == ("src/b/deep/index.ts", "src/a/One.tsx")


@pytest.mark.parametrize("prompt", ["x" * 100_000, "a/b." * 25_000, '"' * 100_000, "Ab" * 50_000, "按" * 100_000])
def test_a_message_of_any_shape_is_searched_for_at_once(prompt: str) -> None:
    began = time.process_time()
    best(prompt)
    assert time.process_time() - began < 60  # with backtracking it would take hours
