"""Journey 1: the start page, and a prompt that waits for its author to sign up."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_start_page_shows_a_prompt_box_examples_and_a_gallery(visitor: Visitor) -> None:
    await visitor.visit("/")
    await expect(visitor.page.get_by_label("What do you want to build?")).to_be_visible()
    await expect(visitor.page.get_by_role("button", name="Habit tracker")).to_be_visible()
    await expect(visitor.page.locator("#gallery h2").first).to_be_visible()
    await visitor.is_signed_out()
    await visitor.shoot_everywhere("start", whole=True)


async def test_an_example_fills_the_box(visitor: Visitor) -> None:
    await visitor.visit("/")
    await visitor.is_signed_out()
    await visitor.press("Habit tracker")
    await expect(visitor.page.get_by_label("What do you want to build?")).to_have_value(
        "A habit tracker with streaks and a calm weekly view"
    )


async def test_a_prompt_is_kept_through_signing_up_and_becomes_an_app(visitor: Visitor) -> None:
    await visitor.visit("/")
    await visitor.fill(prompt="a habit tracker with streaks")
    await visitor.shoot("prompt")
    await visitor.press("Build it")
    await expect(visitor.page).to_have_url(f"{visitor.product.url}/sign-up")
    await expect(visitor.page.get_by_text("a habit tracker with streaks")).to_be_visible()
    await visitor.shoot_everywhere("sign-up")
    await visitor.fill(name="Grace Hopper", email=f"grace-{uuid4().hex[:6]}@example.com", password=PASSWORD)
    await visitor.press("Create account")
    await visitor.page.wait_for_url("**/studio/habit-tracker*")
