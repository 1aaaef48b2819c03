"""Flashcards of a part of a language."""

import pytest

from overskill.services.generation.recipes.brief import read_brief
from overskill.services.generation.recipes.kinds import plan_app
from overskill.services.generation.recipes.lexicon import shelf


@pytest.mark.parametrize(
    ("prompt", "first", "title"),
    [
        ("flashcards for spanish verbs", "ser / estar", "Spanish verbs flashcards"),
        ("french food vocabulary flashcards", "le pain", "French food flashcards"),
        ("german numbers flashcards for kids", "eins", "German numbers flashcards"),
        ("flashcards of italian colors", "rosso", "Italian colours flashcards"),
        ("learn spanish animals with flashcards", "el perro", "Spanish animals flashcards"),
        ("flashcards for my trip: italian travel phrases", "Ciao / Salve", "Italian travel phrases flashcards"),
        ("french family flashcards", "la mère", "French family flashcards"),
        ("spanish flashcards", "hola", "Spanish flashcards"),
    ],
)
def test_the_cards_are_of_the_part_that_is_named(prompt: str, first: str, title: str) -> None:
    spec = plan_app(read_brief(prompt))
    assert spec.main is not None
    assert (spec.main.samples[0]["front"], spec.content["title"]) == (first, title)


def test_two_parts_are_two_decks() -> None:
    spec = plan_app(read_brief("flashcards for spanish verbs and food"))
    assert spec.main is not None
    assert spec.main.fields[2].options == ("Spanish verbs", "Spanish food")


@pytest.mark.parametrize("key", shelf("vocabulary"))
def test_each_language_has_every_word(key: str) -> None:
    entry = shelf("vocabulary")[key]
    assert {len(entry[one]) for one in ("words", "spanish", "french", "german", "italian")} == {len(entry["words"])}
