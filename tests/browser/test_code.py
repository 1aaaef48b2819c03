"""Journey: an app's code is changed by hand, by two people at once, and its files are put in order."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import OpenVisitor
from tests.browser.editor import Editor, describe
from tests.browser.visitor import Account, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SUGGESTION_READ_MILLISECONDS = 100  # the editor takes no Enter for a suggestion that nobody can have read yet


async def test_what_two_people_type_in_one_file_is_kept_and_seen(
    creator: Visitor, account: Account, open_another: OpenVisitor
) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    await open_code(editor, "App.tsx")
    await type_after(editor.page, "<AppShell>", "\n      <p>Typed by the first</p>")
    await expect(saved(editor.page)).to_have_text("Saved")

    other = Editor(await open_another(), editor.slug)
    await other.visitor.bring(account)
    await other.open()
    await open_code(other, "App.tsx")
    await expect(text(other.page)).to_contain_text("Typed by the first")
    await type_after(other.page, "</Routes>", "\n      <p>Typed by the second</p>")
    await expect(text(editor.page)).to_contain_text("Typed by the second")
    await expect(text(editor.page)).to_contain_text("Typed by the first")
    await creator.shoot_everywhere("edited")

    await editor.tab("Preview")
    await editor.shows("Typed by the first")
    await editor.shows("Typed by the second")


async def test_files_are_created_found_renamed_and_deleted(creator: Visitor) -> None:
    editor = await describe(creator, "a packing list for trips")
    await editor.reaches(1)
    page = editor.page
    await open_code(editor, "App.tsx")

    await page.get_by_role("button", name="Create a file").click()
    await page.get_by_label("Name of the file").fill("notes/first.ts")
    await page.keyboard.press("Enter")
    await expect(text(page)).to_have_attribute("aria-label", "src/notes/first.ts")
    await page.keyboard.press("Control+p")
    await page.get_by_role("combobox", name="Go to file").fill("frst")
    await page.keyboard.press("Enter")
    await text(page).click()
    await page.keyboard.insert_text("export const first = 1;\n")
    await page.keyboard.type("String([first")
    await expect(text(page)).to_contain_text("String([first])")
    await types_in_two_lines_at_once(page)
    await expect(saved(page)).to_have_text("Saved")

    row = page.get_by_role("treeitem", name="first.ts")
    await row.press("F2")
    await page.get_by_label("New name").fill("second.ts")
    await page.keyboard.press("Enter")
    await expect(text(page)).to_have_attribute("aria-label", "src/notes/second.ts")
    await expect(text(page)).to_contain_text("export const first")

    await page.keyboard.press("Control+Shift+f")
    await page.get_by_role("searchbox", name="Search in files").fill("const first")
    await expect(page.get_by_role("status").filter(has_text="1 result in 1 file")).to_be_visible()
    await creator.shoot_everywhere("found")
    await page.keyboard.press("Control+Shift+e")

    await page.get_by_role("treeitem", name="second.ts").press("Delete")
    await expect(page.get_by_role("treeitem", name="second.ts")).to_be_hidden()
    await page.get_by_role("button", name="Undo", exact=True).click()
    await expect(text(page)).to_contain_text("export const first")


async def test_code_is_completed_explained_laid_out_and_replaced_everywhere(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    page = editor.page
    await editor.tab("Code")
    await page.get_by_role("treeitem", name="lib").click()
    await open_code(editor, "streaks.ts")
    await text(page).click()
    await page.keyboard.press("Control+End")
    await page.keyboard.type("const  wrong :number = currentStr")
    suggestion = page.get_by_role("option", name=re.compile("^currentStreak"))
    await expect(suggestion).to_be_visible()
    await page.wait_for_timeout(SUGGESTION_READ_MILLISECONDS)
    await page.keyboard.press("Enter")
    await expect(text(page)).to_contain_text("= currentStreak")
    await expect(page.locator(".cm-lintRange-error").first).to_be_visible()
    await page.get_by_role("button", name="1 problem").click()
    await expect(page.get_by_role("region", name="Problems").get_by_role("button", name="streaks.ts")).to_be_visible()
    await creator.shoot_everywhere("code-problem")
    await page.get_by_role("button", name="Close the problems").click()
    await page.locator(".cm-line").filter(has_text="wrong").get_by_text("currentStreak").hover()
    await expect(page.locator(".cm-explanation").filter(has_text="function currentStreak")).to_be_visible()
    await page.mouse.move(5, 5)

    await page.keyboard.press("Control+s")
    await expect(text(page)).to_contain_text("const wrong: number = currentStreak;")
    await expect(saved(page)).to_have_text("Saved")
    await page.keyboard.press("Control+Shift+f")
    await page.get_by_role("searchbox", name="Search in files").fill("currentStreak")
    await page.get_by_role("button", name="Replace", exact=True).click()
    await page.get_by_label("Replace with").fill("streakNow")
    await page.get_by_role("button", name="Replace all").click()
    await expect(text(page)).to_contain_text("const wrong: number = streakNow;")
    await expect(page.get_by_role("status").filter(has_text="Nothing was found")).to_be_visible()
    await still_builds(editor)


async def test_a_file_is_dragged_elsewhere_and_kept_from_models(creator: Visitor) -> None:
    editor = await describe(creator, "a habit tracker with streaks")
    await editor.reaches(1)
    page = editor.page
    await open_code(editor, "heat-strip.tsx")
    await page.get_by_role("treeitem", name="heat-strip.tsx").drag_to(page.get_by_role("treeitem", name="pages"))
    await expect(text(page)).to_have_attribute("aria-label", "src/pages/heat-strip.tsx")
    await still_builds(editor)

    await page.get_by_role("treeitem", name="index.css").click(button="right")
    await page.get_by_role("menuitem", name="Keep OverSkill from changing it").click()
    before = await content_of(creator, editor, "src/index.css")
    await editor.says("make it dark green")
    await expect(editor.turns.last).to_have_attribute("data-status", re.compile("succeeded|failed"))
    assert await content_of(creator, editor, "src/index.css") == before


async def still_builds(editor: Editor) -> None:
    """What is written after it comes to the preview: it would not, had it left something that can't be found."""
    await editor.replaces("src/pages/today-page.tsx", 'title="Today"', 'title="This day"')
    await expect(editor.preview.locator("h1").first).to_have_text("This day")


async def content_of(visitor: Visitor, editor: Editor, path: str) -> str:
    answer = await visitor.page.request.get(f"{visitor.product.url}/api/studio/{editor.slug}/files/{path}")
    return str((await answer.json())["text"])


async def test_a_long_file_is_typed_in_and_scrolled_through(creator: Visitor) -> None:
    editor = await describe(creator, "a reading list")
    await editor.reaches(1)
    page = editor.page
    await open_code(editor, "App.tsx")
    await page.get_by_role("button", name="Create a file").click()
    await page.get_by_label("Name of the file").fill("long.ts")
    await page.keyboard.press("Enter")
    await expect(text(page)).to_have_attribute("aria-label", "src/long.ts")
    await text(page).click()
    await page.keyboard.insert_text("\n".join(f"export const count{number} = {number};" for number in range(600)))
    await page.keyboard.press("Control+Home")

    await page.keyboard.type("// oness\n// two\n")
    for key in ("ArrowUp", "ArrowUp", "End", "Backspace", "Backspace", "Enter", "Backspace", "!"):
        await page.keyboard.press(key)
    await expect(page.locator("#panel-code .cm-line").nth(0)).to_have_text("// one!")
    await expect(page.locator("#panel-code .cm-line").nth(1)).to_have_text("// two")
    await expect(saved(page)).to_have_text("Saved")
    assert await lines_beside_those_seen(page) < 20

    await page.mouse.wheel(0, 4_000)
    await expect(page.get_by_text("export const count200 ")).to_be_in_viewport()
    await page.keyboard.press("Control+End")
    await expect(page.get_by_text("export const count599 ")).to_be_in_viewport()


async def types_in_two_lines_at_once(page: Page) -> None:
    drawn = page.locator(".cm-cursor")
    await expect(drawn).to_have_count(0)  # one cursor is the browser's own
    await page.keyboard.press("Control+Alt+ArrowUp")
    await expect(page.get_by_text("2 cursors", exact=True)).to_be_visible()
    await expect(drawn).to_have_count(2)
    await page.keyboard.type("2")
    await expect(text(page)).to_contain_text(re.compile(r"2.*2"))
    await page.keyboard.press("Control+z")
    await text(page).click()
    await expect(drawn).to_have_count(0)


async def lines_beside_those_seen(page: Page) -> int:
    """Of the lines that are in the page, how many are above or below what is seen of them."""
    beside: int = await page.locator("#panel-code .cm-scroller").evaluate(
        """(scroller) => {
          const seen = scroller.getBoundingClientRect();
          const lines = [...scroller.querySelectorAll(".cm-line")].map((line) => line.getBoundingClientRect());
          return lines.filter(({ top, bottom }) => bottom < seen.top || top > seen.bottom).length;
        }"""
    )
    return beside


async def open_code(editor: Editor, file: str) -> None:
    await editor.tab("Code")
    await editor.page.get_by_role("treeitem", name=re.compile(f"^{re.escape(file)}")).click()
    await expect(text(editor.page)).to_have_attribute("aria-label", re.compile(f"{re.escape(file)}$"))


async def type_after(page: Page, words: str, typed: str) -> None:
    """At the end of the line that says this."""
    await page.locator(".cm-line").filter(has_text=words).first.click()
    await page.keyboard.press("End")
    await page.keyboard.insert_text(typed)


def text(page: Page) -> Locator:
    return page.locator("#panel-code .cm-content")


def saved(page: Page) -> Locator:
    """The words under the editor."""
    return page.locator("#panel-code footer").get_by_role("status")
