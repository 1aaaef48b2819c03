"""Something in the preview is clicked and changed, without a message and without a credit."""

import asyncio
import re

import pytest
from playwright.async_api import Route, expect

from tests.browser.editor import describe
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_a_component_is_given_is_chosen_from_what_its_type_allows(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    page, button = creator.page, editor.preview.get_by_role("button", name="Add habit").first
    await creator.press("Select")
    panel = page.get_by_role("complementary", name="Selected element")
    await button.click()
    await expect(panel.get_by_label("Title", exact=True)).to_have_value("Press N")

    added = panel.get_by_label("Add an attribute")
    await added.select_option("variant")
    variant = panel.get_by_label("Variant", exact=True)
    words = ["primary", "secondary", "outline", "ghost", "danger", "link"]
    await expect(variant.get_by_role("option")).to_have_text(["–", *words])
    await editor.tab("Preview")  # on a phone it is this or the chat
    await creator.shoot_everywhere("choices")
    await variant.select_option("danger")
    await expect(button).to_have_class(re.compile(r"\bbg-destructive\b"))
    await expect(added.get_by_role("option", name="Variant")).to_have_count(0)
    await variant.select_option("")
    await expect(button).to_have_class(re.compile(r"\bbg-primary\b"))


async def test_an_element_is_selected_changed_and_put_back(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    page, heading = creator.page, editor.preview.get_by_role("heading", level=1).first
    await expect(heading).to_have_text("Today")

    await creator.press("Select")
    panel = page.get_by_role("complementary", name="Selected element")
    await expect(panel).to_contain_text("Click something in the preview")
    await heading.click()
    title = panel.get_by_label("Title", exact=True)
    await expect(title).to_have_value("Today")
    await editor.tab("Preview")  # on a phone it is this or the chat
    await creator.shoot_everywhere("element")

    await title.fill("This day")
    await title.press("Enter")
    await expect(heading).to_have_text("This day")
    await expect(panel.get_by_label("Saving")).to_have_count(0)
    await panel.get_by_text("h1, wherever PageHeader is used").click()
    await panel.get_by_label("Size: more").click()
    await expect(heading).to_have_class(re.compile(r"\btext-3xl\b"))

    await panel.get_by_role("button", name="Undo").click()
    await expect(heading).to_have_class(re.compile(r"\btext-2xl\b"))
    await heading.click()
    await page.keyboard.press("Control+z")
    await expect(heading).to_have_text("Today")

    await panel.get_by_role("button", name="Ask about this element").click()
    await expect(page.get_by_role("list", name="About")).to_contain_text("today-page.tsx")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.press("Escape")
    await creator.press("Leave select mode")
    await expect(panel).to_be_hidden()


PLANTED_PICTURE = (
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E" alt="A dot" className="size-8" />'
)
PLANTED = f"""<AppShell>
      <section aria-label="Planted">
        <p className="text-sm">First</p>
        <p>Second</p>
        <a href="/">Home</a>
        {PLANTED_PICTURE}
        <p>{{[1, 2].length}} of them</p>
      </section>"""


async def test_looks_links_pictures_order_and_presence_are_changed_by_controls(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    await editor.replaces("src/App.tsx", "<AppShell>", PLANTED)
    page, part = creator.page, editor.preview.get_by_role("region", name="Planted")
    words = part.locator("p")
    await creator.press("Select")
    panel = page.get_by_role("complementary", name="Selected element")
    saving = panel.get_by_label("Saving")

    await words.first.click()
    await panel.get_by_text("Beside it (5)").click()
    await panel.get_by_role("button", name="p Second").click()
    await expect(panel.get_by_label("Text", exact=True)).to_have_value("Second")
    await expect(editor.preview.locator("overskill-select span:visible")).to_have_count(1)  # the pointer is elsewhere
    await panel.get_by_role("button", name="Text: none").click()
    await panel.get_by_role("button", name="Text: red-600").click()
    await expect(words.nth(1)).to_have_class(re.compile(r"\btext-red-600\b"))
    await panel.get_by_role("button", name="Padding on all sides: more").click()
    await expect(words.nth(1)).to_have_class(re.compile(r"\bp-\d"))
    await editor.tab("Preview")  # on a phone it is this or the chat
    await creator.shoot_everywhere("colour")

    await panel.get_by_role("button", name="Move before").click()
    await expect(words.first).to_have_text("Second")
    await panel.get_by_role("button", name="Delete").click()
    await expect(words.first).to_have_text("First")
    await page.keyboard.press("Control+z")
    await expect(words.first).to_have_text("Second")

    await part.get_by_role("link").click()
    await panel.get_by_label("Leads to").fill("/settings")
    await page.keyboard.press("Enter")
    await expect(part.get_by_role("link")).to_have_attribute("href", "/settings")
    await part.get_by_role("img").click()
    await panel.get_by_label("Described as").fill("A point")
    await page.keyboard.press("Enter")
    await expect(part.get_by_role("img")).to_have_attribute("alt", "A point")

    await words.nth(1).click()
    await panel.get_by_text("Visibility").click()
    await panel.get_by_label("Shown", exact=True).uncheck()
    await expect(words.nth(1)).to_be_hidden()
    await expect(saving).to_have_count(0)
    await words.nth(2).click()
    await expect(panel).to_contain_text("The text comes from [1, 2].length. Ask about it in the chat instead.")
    text = await source_of(creator, editor.slug)
    assert '<p className="text-sm hidden">First</p>' in text
    assert text.index(">Second</p>") < text.index(">First</p>")
    assert PLANTED_PICTURE.replace("A dot", "A point") in text


async def test_words_that_were_just_typed_are_saved_while_another_element_is_selected(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    await editor.replaces("src/App.tsx", "<AppShell>", PLANTED)
    page, part = creator.page, editor.preview.get_by_role("region", name="Planted")
    words, may_save = part.locator("p"), asyncio.Event()

    async def hold(route: Route) -> None:
        await may_save.wait()
        await route.continue_()

    await page.route("**/element/patch", hold)
    await creator.press("Select")
    panel = page.get_by_role("complementary", name="Selected element")
    await words.first.click()
    await panel.get_by_label("Text", exact=True).click()
    await page.keyboard.press("Control+End")
    await page.keyboard.type(" of all")
    await words.nth(1).click()
    await expect(panel.get_by_role("heading", level=2)).to_have_text("p")
    await expect(panel.get_by_text("Reading its code")).to_be_attached()
    may_save.set()
    await expect(panel.get_by_label("Saving")).to_have_count(0)
    await expect(panel.get_by_label("Text", exact=True)).to_have_value("Second")
    await expect(panel.get_by_role("alert")).to_have_count(0)
    await expect(words.first).to_have_text("First of all")
    text = await source_of(creator, editor.slug)
    assert ">First of all</p>" in text
    assert ">Second</p>" in text


async def source_of(visitor: Visitor, slug: str) -> str:
    answer = await visitor.page.request.get(f"{visitor.product.url}/api/studio/{slug}/files/src/App.tsx")
    return str((await answer.json())["text"])
