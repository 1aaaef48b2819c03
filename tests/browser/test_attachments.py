"""Journey: what is attached on the start page and in the chat goes along, survives a reload, and is in the app."""

import io
import json
import re
import zipfile

import pytest
from PIL import Image
from playwright.async_api import FilePayload, expect

from tests.browser.editor import Editor, arrive
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
CHOOSE = "input[type=file]"


def picture() -> FilePayload:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 400), "#d9623a").save(buffer, "PNG")
    return {"name": "mood.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def table() -> FilePayload:
    return {"name": "Guests.csv", "mimeType": "text/csv", "buffer": b"name,seats\nAda,2\nGrace,1\n"}


def project() -> FilePayload:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("shop/package.json", json.dumps({"dependencies": {}}))
        archive.writestr("shop/src/App.tsx", "export default () => <h1>Imported as it was</h1>;\n")
        archive.writestr("shop/.env", "KEY=secret")
    return {"name": "shop.zip", "mimeType": "application/zip", "buffer": buffer.getvalue()}


async def test_attachments_go_along_from_the_start_page_and_from_the_chat(creator: Visitor) -> None:
    page = creator.page
    await creator.visit("/")
    await creator.is_signed_in()
    await expect(page.get_by_role("button", name="Attach files")).to_be_visible()
    await creator.fill(prompt="a guest list for a wedding")
    await page.locator(CHOOSE).set_input_files([picture(), table()])
    await expect(page.get_by_text("A picture, 640 × 400 pixels.")).to_be_visible()
    await expect(page.get_by_text("A table: 2 rows, 2 columns.")).to_be_visible()
    await creator.reload()
    await expect(page.get_by_text("A table: 2 rows, 2 columns.")).to_be_visible()
    await creator.shoot_everywhere("start-page")

    await creator.press("Build it")
    editor: Editor = await arrive(creator)
    await expect(editor.turns.first).to_contain_text("Guests.csv")
    await editor.reaches(1)
    code = await editor.tab("Code")
    await expect(code).to_contain_text("guests.json")
    await expect(code).not_to_contain_text("mood.ts")  # it was to be looked at

    await page.locator(CHOOSE).set_input_files(project())
    await expect(page.get_by_text("A project: 1 file taken, 2 skipped.")).to_be_visible()
    box = page.get_by_label("Message", exact=True)
    await box.press("Alt+p")
    await expect(page.get_by_role("radio", name="Plan")).to_be_checked()
    await box.press("Alt+p")
    await creator.shoot_everywhere("composer")
    await editor.says("please fold my laundry")
    await expect(page.get_by_role("list", name="Attached")).to_be_hidden()
    await editor.tab("Preview")
    await editor.shows("Imported as it was")


async def test_what_is_pasted_becomes_a_file_or_is_offered_as_a_page(creator: Visitor) -> None:
    await creator.visit("/")
    page = creator.page
    await creator.is_signed_in()
    box = page.locator("textarea")
    paste = """(box, text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }"""
    await box.evaluate(paste, "word " * 700)
    await expect(page.get_by_text("pasted-text.txt")).to_be_visible()
    await expect(page.get_by_text("A text of 1 line.")).to_be_visible()
    await page.get_by_role("button", name="Remove pasted-text.txt").click()
    await box.evaluate(paste, "https://example.com/prices")
    await expect(page.get_by_role("button", name="Attach what example.com/prices says")).to_be_visible()


async def test_who_is_signed_out_learns_that_attaching_needs_an_account(visitor: Visitor) -> None:
    await visitor.visit("/")
    await visitor.fill(prompt="a guest list")
    await visitor.page.locator(CHOOSE).set_input_files(table())
    await expect(visitor.page.get_by_text("Attaching needs an account.")).to_be_visible()
    await visitor.page.get_by_role("alert").get_by_role("link", name="Sign in").click()
    await visitor.page.wait_for_url(re.compile("/sign-in"))
    await visitor.visit("/")
    await expect(visitor.page.locator("textarea")).to_have_value("a guest list")
