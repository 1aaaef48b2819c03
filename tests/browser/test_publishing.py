"""Journey 7: on the air, replaced without a failed request, and taken back."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect

from tests.browser.editor import Editor, describe
from tests.browser.visitor import Visitor
from tests.support_product import get

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

VISITORS = 4


async def test_an_app_is_published_replaced_under_load_and_taken_back(creator: Visitor) -> None:
    editor = await describe(creator, "a packing list for trips")
    await editor.reaches(1)
    heading = await editor.heading()

    panel = await editor.tab("Publish")
    with creator.product.pausing():
        await panel.get_by_role("button", name="Publish").click()
        await expect(panel.get_by_role("progressbar")).to_be_visible()
        await creator.shoot("steps")
    await editor.is_live(1)
    await creator.shoot_everywhere("live")
    before = await opens(editor, creator.product.app_url(editor.slug), heading)
    assert await opens(editor, creator.product.app_path_url(editor.slug), heading) == before

    await editor.says("make it dark green")
    await editor.reaches(2)
    await creator.shoot("unpublished-changes")
    async with crowd(editor) as answers:
        await panel.get_by_role("button", name="Publish the changes").click()
        await editor.is_live(2)
    assert answers.keys() == {200}
    assert answers[200] > VISITORS
    assert await opens(editor, creator.product.app_url(editor.slug), heading) != before

    await panel.get_by_role("button", name="Back to version 1").click()
    await editor.is_live(1)
    await creator.shoot("taken-back")
    assert await opens(editor, creator.product.app_url(editor.slug), heading) == before


async def test_a_version_goes_by_staging_to_production_and_the_next_is_tried_first(creator: Visitor) -> None:
    editor = await describe(creator, "a lunch menu")
    await editor.reaches(1)
    panel = await editor.tab("Publish")
    await panel.get_by_role("radio", name="Staging").first.click()
    await panel.get_by_role("button", name="Publish").click()
    await expect(panel.get_by_text("Version 1 is live in staging")).to_be_visible()

    await panel.get_by_role("radio", name="Production").first.click()
    await panel.get_by_role("button", name="Move version 1 here from staging").click()
    await expect(panel.get_by_text("Version 1 is live in production")).to_be_visible()
    moved = panel.get_by_role("listitem").filter(has_text="moved from staging")
    await expect(moved.get_by_text("Live", exact=True)).to_be_visible()

    await editor.says("make it dark green")
    await editor.reaches(2)
    await panel.get_by_label("How many visitors get it first").select_option("25")
    await panel.get_by_role("button", name="Publish the changes").click()
    await expect(panel.get_by_role("heading", name="Version 2 is tried by 25 % of the visitors")).to_be_visible()
    async with crowd(editor) as answers:
        await expect(panel.get_by_role("row", name="Version 2")).not_to_contain_text("–")
    assert answers.keys() == {200}
    await creator.shoot_everywhere("trial")
    await panel.get_by_role("button", name="Stop the trial").click()
    await expect(panel.get_by_role("listitem").filter(has_text="It was stopped")).to_contain_text("Taken back")

    await panel.get_by_text("How production is served").click()
    await panel.get_by_label("Private").check()
    await panel.get_by_role("button", name="Save").click()
    await expect(panel.get_by_role("button", name="Copy a private link")).to_be_visible()
    status, _ = await asyncio.to_thread(get, f"{editor.slug}.localhost", creator.product.ports.edge)
    assert status == 401


async def test_an_app_is_in_the_gallery_until_its_maker_takes_it_out(creator: Visitor, visitor: Visitor) -> None:
    editor = await describe(creator, "a reading list")
    await editor.reaches(1)
    panel = await editor.tab("Publish")
    await creator.shoot_everywhere("gallery-choice")
    await panel.get_by_role("button", name="Publish").click()
    await editor.is_live(1)
    tile = visitor.page.locator(f'#gallery a[href="{creator.product.app_url(editor.slug).rstrip("/")}"]')
    await visitor.visit("/")
    await expect(tile).to_be_visible()

    await panel.get_by_label("Show it in the public gallery").click()
    await expect(panel.get_by_text("Only people with the address find it")).to_be_visible()
    await visitor.visit("/")
    await visitor.is_signed_out()
    await expect(tile).to_have_count(0)


async def opens(editor: Editor, address: str, heading: str) -> str:
    """Somebody who is not signed in opens the published app. Returns its colour, which tells the versions apart."""
    page = (await editor.visitor.open_tab()).page
    await page.goto(address)
    await expect(page.locator("h1").first).to_have_text(heading)
    colour: str = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    await page.close()
    return colour


@asynccontextmanager
async def crowd(editor: Editor) -> AsyncIterator[Counter[int]]:
    """Visitors who load the app again and again; how often they got which status."""
    answers: Counter[int] = Counter()
    host, port = f"{editor.slug}.localhost", editor.visitor.product.ports.edge

    async def keep_loading() -> None:
        while True:
            status, _ = await asyncio.to_thread(get, host, port)
            answers[status] += 1
            await asyncio.sleep(0.02)

    loading = [asyncio.create_task(keep_loading()) for _ in range(VISITORS)]
    yield answers
    for task in loading:
        task.cancel()
    await asyncio.gather(*loading, return_exceptions=True)
