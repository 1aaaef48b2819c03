import pytest

from overskill.services.figures import duration_words, money_words, size_words


@pytest.mark.parametrize(("micro", "words"), [(0, ""), (1_230_000, "$1.23"), (4_200, "$0.0042"), (300_000, "$0.30")])
def test_money_has_as_many_places_as_it_needs(micro: int, words: str) -> None:
    assert money_words(micro) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.04, "0.0 s"), (2.14, "2.1 s"), (12.6, "13 s"), (75, "1 min 15 s")])
def test_durations_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(("count", "words"), [(12, "12 B"), (2048, "2 KB"), (3_250_000, "3.1 MB")])
def test_sizes_are_said_in_the_unit_that_fits(count: int, words: str) -> None:
    assert size_words(count) == words
