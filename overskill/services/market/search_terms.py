"""What somebody looks for in the marketplace, as it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from overskill.models import Category, LicenseKind, PriceModel

LONGEST_WORDS = 100
MOST_PRICE = 1_000_000  # whole units of the currency
Choice = TypeVar("Choice", bound=StrEnum)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    TRENDING = "trending"
    NEW = "new"
    TOP = "top"
    PRICE = "price"  # the cheapest first


class PriceRange(StrEnum):
    ANY = "any"
    FREE = "free"
    PAID = "paid"


@dataclass(frozen=True)
class SearchTerms:
    words: str = ""
    category: Category | None = None
    price: PriceRange = PriceRange.ANY
    most: int = 0  # whole units of the marketplace's currency; 0: any price
    rating: int = 0  # at least so many stars
    license: LicenseKind | None = None
    price_model: PriceModel | None = None
    chosen_sort: Sort | None = None

    @property
    def sort(self) -> Sort:
        """Relevance is of words: without any, there is none to sort by."""
        if self.chosen_sort is None or (self.chosen_sort == Sort.RELEVANCE and not self.words):
            return Sort.RELEVANCE if self.words else Sort.TRENDING
        return self.chosen_sort

    @property
    def filter_count(self) -> int:
        return sum(map(bool, (self.price != PriceRange.ANY, self.most, self.rating, self.license, self.price_model)))

    @property
    def is_plain(self) -> bool:
        """Nobody has asked for anything yet."""
        return self == SearchTerms() or self == SearchTerms(chosen_sort=Sort.TRENDING)

    def without_filters(self) -> "SearchTerms":
        return SearchTerms(words=self.words, category=self.category, chosen_sort=self.chosen_sort)


def read_terms(query: Mapping[str, str]) -> SearchTerms:
    """From the part of an address behind "?". What makes no sense there is left out: links get cut and mistyped."""
    return SearchTerms(
        words=clean_words(query.get("q", "")),
        category=_choice(Category, query.get("category", "")),
        price=_choice(PriceRange, query.get("price", "")) or PriceRange.ANY,
        most=_number(query.get("most", ""), MOST_PRICE),
        rating=_number(query.get("rating", ""), 5),
        license=_choice(LicenseKind, query.get("license", "")),
        price_model=_choice(PriceModel, query.get("model", "")),
        chosen_sort=_choice(Sort, query.get("sort", "")),
    )


def write_terms(terms: SearchTerms) -> dict[str, str]:
    """What `read_terms` reads; without what says nothing."""
    said = {
        "q": terms.words,
        "category": terms.category or "",
        "price": "" if terms.price == PriceRange.ANY else terms.price,
        "most": str(terms.most or ""),
        "rating": str(terms.rating or ""),
        "license": terms.license or "",
        "model": terms.price_model or "",
        "sort": terms.chosen_sort or "",
    }
    return {name: str(value) for name, value in said.items() if value}


def clean_words(words: str) -> str:
    return " ".join(words.replace("\0", " ").split())[:LONGEST_WORDS].strip()


def with_words(terms: SearchTerms, words: str) -> SearchTerms:
    return replace(terms, words=clean_words(words))


def _choice(kind: type[Choice], text: str) -> Choice | None:
    try:
        return kind(text)
    except ValueError:
        return None


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 10 else 0
