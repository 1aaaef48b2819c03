"""Amounts as people of a locale write them, and which locale a browser prefers."""

import pytest

from overskill.services.billing.money import say
from overskill.services.locales import locale_in

SPACE, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de_DE"),
        ("en;q=0.1, fr-CA", "fr_CA"),
        ("zh-Hant-TW", "zh_Hant_TW"),
        ("de;q=abc,en;q=0.5", "en"),
        ("tlh-XX-klingon, ja", "ja"),
        ("*", ""),
        ("", ""),
        ("../../etc/passwd", ""),
        ("x" * 10_000, ""),
    ],
    ids=lambda value: value[:12],
)
def test_the_best_known_of_what_a_browser_prefers_is_taken(accepted: str, locale: str) -> None:
    assert locale_in(accepted) == locale


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "words"),
    [
        (123_456, "usd", "en_US", "$1,234.56"),
        (123_456, "eur", "de_DE", f"1.234,56{SPACE}€"),
        (123_456, "eur", "fr_FR", f"1{NARROW}234,56{SPACE}€"),
        (99_999_999, "usd", "de_DE", f"999.999,99{SPACE}$"),
        (1, "usd", "de_DE", f"0,01{SPACE}$"),
        (0, "usd", "de_DE", f"0,00{SPACE}$"),
        (1_200, "jpy", "de_DE", f"1.200{SPACE}¥"),
        (1_200, "jpy", "ja_JP", "￥1,200"),
        (500, "chf", "en_US", f"CHF{SPACE}5.00"),
        (-500, "eur", "en_US", "-€5.00"),
        (123_456, "eur", "", "€1,234.56"),
    ],
)
def test_an_amount_is_written_as_people_of_the_locale_do(amount: int, currency: str, locale: str, words: str) -> None:
    assert say(amount, currency, locale) == words
