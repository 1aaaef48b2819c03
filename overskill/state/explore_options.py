"""Everything that can be chosen on the explore page, each as a link: the address says all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from overskill.models import Category, LicenseKind, PriceModel
from overskill.services.billing.money import digits
from overskill.services.market.search_terms import PriceRange, SearchTerms, Sort, write_terms
from overskill.state.listing_cards import CATEGORIES

PATH = "/explore"
_STEPS = (10, 25, 50)  # of a price, in whole units of a currency that has hundredths
_RATINGS = (4, 3)
_SORTS = {Sort.TRENDING: "Trending", Sort.NEW: "New", Sort.TOP: "Top rated", Sort.PRICE: "Lowest price"}
_LICENSES = {
    LicenseKind.COPY: "Your own copy",
    LicenseKind.SOURCE: "A copy to sell on",
    LicenseKind.USE: "Use it hosted",
}
_MODELS = {
    PriceModel.ONE_TIME: "Pay once",
    PriceModel.SUBSCRIPTION: "Subscription",
    PriceModel.PAY_WHAT_YOU_WANT: "You choose the price",
}


@dataclass(frozen=True)
class Option:
    """A link to the same page with one thing chosen, or no longer."""

    words: str
    href: str
    is_on: bool = False
    icon: str = ""
    count: int = 0
    amount: int = 0  # in the currency's smallest unit: is said after the words


@dataclass(frozen=True)
class Options:
    categories: list[Option]
    prices: list[Option]
    ratings: list[Option]
    licenses: list[Option]
    models: list[Option]
    sorts: list[Option]
    chosen: list[Option]  # each takes away what it says
    cleared: str  # the address without filters
    query: str  # of the address, without words: what a search for others keeps

    def by_name(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def options(terms: SearchTerms, counts: Mapping[str, int], currency: str) -> Options:
    """`counts` says how many listings categories have, where that is known."""
    whole = 10 ** digits(currency)
    steps = [step if whole > 1 else step * 100 for step in _STEPS]
    groups = {
        "prices": [
            _option(terms, "Any price", price=PriceRange.ANY, most=0),
            _option(terms, "Free", price=PriceRange.FREE, most=0),
            _option(terms, "Paid", price=PriceRange.PAID, most=0),
            *[_option(terms, "Up to", amount=step * whole, price=PriceRange.ANY, most=step) for step in steps],
        ],
        "ratings": [
            _option(terms, "Any rating", rating=0),
            *[_option(terms, f"{least} stars and more", rating=least) for least in _RATINGS],
        ],
        "licenses": [
            _option(terms, "Any licence", license=None),
            *[_option(terms, words, license=kind) for kind, words in _LICENSES.items()],
        ],
        "models": [
            _option(terms, "Any way to pay", price_model=None),
            *[_option(terms, words, price_model=model) for model, words in _MODELS.items()],
        ],
    }
    return Options(
        **groups,
        categories=_categories(terms, counts),
        sorts=_sorts(terms),
        chosen=_chosen(terms, groups),
        cleared=address(terms.without_filters()),
        query=urlencode(write_terms(replace(terms, words="", chosen_sort=None))),
    )


def address(terms: SearchTerms) -> str:
    query = urlencode(write_terms(terms))
    return f"{PATH}?{query}" if query else PATH


def heading(terms: SearchTerms) -> str:
    name = next((words for value, words, _ in CATEGORIES if value == terms.category), "")
    if terms.words:
        return f"“{terms.words}” in {name}" if name else f"“{terms.words}”"
    return name or ("All apps" if not terms.is_plain else "Trending now")


def _option(terms: SearchTerms, words: str, *, amount: int = 0, **chosen: Any) -> Option:
    other = replace(terms, **chosen)
    return Option(words, address(other), other == terms, amount=amount)


def _categories(terms: SearchTerms, counts: Mapping[str, int]) -> list[Option]:
    found = [Option("All", address(replace(terms, category=None)), terms.category is None, "layout_grid")]
    for value, words, icon in CATEGORIES:
        href = address(replace(terms, category=Category(value)))
        found.append(Option(words, href, terms.category == value, icon, counts.get(value, 0)))
    return found


def _sorts(terms: SearchTerms) -> list[Option]:
    sorts = {Sort.RELEVANCE: "Best match", **_SORTS} if terms.words else _SORTS
    usual = replace(terms, chosen_sort=None).sort
    return [
        Option(words, address(replace(terms, chosen_sort=None if sort == usual else sort)), terms.sort == sort)
        for sort, words in sorts.items()
    ]


def _chosen(terms: SearchTerms, groups: Mapping[str, list[Option]]) -> list[Option]:
    """Of each group the one that is on, unless it is the first, which asks for nothing."""
    return [
        replace(option, href=group[0].href)
        for group in groups.values()
        for option in group[1:]
        if option.is_on and terms.filter_count
    ]
