import pytest
from hypothesis import given
from hypothesis import strategies as st

from overskill.services.apps.naming import (
    LONGEST_SLUG,
    RESERVED_SLUGS,
    accent_for,
    logo_svg,
    name_from_prompt,
    slug_from_name,
)


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a habit tracker with streaks", "Habit Tracker Streaks"),
        ("Build me a page for my band", "Band"),
        ("A CRM called Warm Leads for plumbers", "Warm Leads"),
        ("please make an app", "My app"),
        ("something to keep track of my plants", "Plants"),
    ],
)
def test_an_app_is_named_after_its_prompt(prompt: str, name: str) -> None:
    assert name_from_prompt(prompt) == name


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Warm Leads", "warm-leads"), ("Crème Brûlée!", "creme-brulee"), ("日本語", "my-app"), ("Admin", "admin-app")],
)
def test_an_address_is_made_from_the_name(name: str, slug: str) -> None:
    assert slug_from_name(name) == slug


@given(st.text(max_size=300))
def test_any_text_gives_a_name_and_a_valid_address(text: str) -> None:
    name = name_from_prompt(text)
    slug = slug_from_name(name)
    assert name
    assert len(slug) <= LONGEST_SLUG + len("-app")
    assert slug.strip("-") == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug not in RESERVED_SLUGS


def test_a_logo_shows_the_initials_and_escapes_them() -> None:
    assert ">WL<" in logo_svg("Warm Leads", accent_for("x"))
    assert "<script" not in logo_svg("<script>alert(1)</script>", "#fff")
