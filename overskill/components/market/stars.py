"""How people rate something: one star and a figure on a card, five stars beside a review."""

from typing import Literal

import reflex as rx

from overskill.components.browser_files import browser_file

Rating = rx.Var[float] | rx.Var[int] | float


class _Stars(rx.Component):
    library = browser_file(__name__, "stars.jsx")
    tag = "Stars"
    rating: rx.Var[float]
    count: rx.Var[int]
    shape: rx.Var[str]
    size: rx.Var[int]


def stars(
    rating: Rating,
    count: rx.Var[int] | int | None = None,
    *,
    shape: Literal["one", "five"] = "one",
    size: int = 14,
    class_name: str = "",
) -> rx.Component:
    """ "★ 4.6 (1.2K)", or five stars of which 4.6 are filled. Without a `count` only the stars are shown;
    with a count of 0 nothing is: nobody has said anything yet."""
    counted = {} if count is None else {"count": count}
    return _Stars.create(rating=rating, shape=shape, size=size, class_name=class_name, **counted)
