"""How people of a locale write amounts, for what no browser writes: mails, and pages that need no script."""

import re
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import parse_pattern

_TOUCHING = re.compile(r"(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Z])")  # "CHF5": browsers put a space between
_LONGEST = 200  # of what a browser says it prefers
LONGEST_NAME = 35


def locale_in(accepted: str) -> str:
    """The best known of an Accept-Language header, such as "de_DE"; "" where there is none."""
    wishes = [_wish(part) for part in accepted[:_LONGEST].split(",")]
    for tag, _ in sorted(wishes, key=lambda wish: -wish[1]):
        try:
            name = str(Locale.parse(tag.strip().replace("-", "_")))
        except (ValueError, TypeError, UnknownLocaleError):
            continue
        if len(name) <= LONGEST_NAME:
            return name
    return ""


def _wish(part: str) -> tuple[str, int]:
    """The tag, and how much it is wished for, in thousandths."""
    tag, _, weight = part.partition(";")
    whole, _, rest = weight.strip().removeprefix("q=").partition(".")
    if not weight:
        return tag, 1000
    figure = f"{whole}{rest[:3]:0<3}"
    return tag, int(figure) if figure.isascii() and figure.isdigit() else 0


def currency_words(figure: Decimal, currency: str, locale: str, *, places: int) -> str:
    """ "1.234,56 €" in Germany. Raises UnknownLocaleError or ValueError for a locale that is none."""
    found = Locale.parse(locale)
    pattern = parse_pattern(found.currency_formats["standard"].pattern)
    pattern.frac_prec = (places, places)  # as many as Stripe counts, whatever others do
    written: str = pattern.apply(figure, found, currency=currency.upper(), currency_digits=False)
    return _TOUCHING.sub("\N{NO-BREAK SPACE}", written)
