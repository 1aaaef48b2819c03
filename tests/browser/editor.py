"""An app open in the editor: the chat on the left, what it makes on the right."""

import re
from dataclasses import dataclass

from playwright.async_api import Frame, FrameLocator, Locator, Page, expect

from tests.browser.visitor import Visitor

TURN_MILLISECONDS = 180_000  # a model at its own pace
STARTER_HEADING = "This is where your app will be"
PREVIEW = "iframe[title='Live preview of the app']"
REPLACE = """async ([slug, path, from, to]) => {
  const address = `/api/studio/${slug}/files`;
  const { text, checksum } = await (await fetch(`${address}/${path}`)).json();
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  const changes = [{ path, text: text.replace(from, to), base: checksum }];
  const headers = { "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ changes }) });
  if (!answer.ok) throw new Error(await answer.text());
}"""


@dataclass
class Editor:
    visitor: Visitor
    slug: str

    @property
    def page(self) -> Page:
        return self.visitor.page

    @property
    def preview(self) -> FrameLocator:
        return self.page.frame_locator(PREVIEW)

    @property
    def turns(self) -> Locator:
        """Each message with what came of it."""
        return self.page.get_by_role("article")

    @property
    def made(self) -> Locator:
        """The line of the version that the latest turn made, which opens its record."""
        return self.turns.last.get_by_role("button", name=re.compile(r"^Version \d"))

    @property
    def activity(self) -> Locator:
        """What happens right now, in words."""
        return self.page.locator("[data-turn] [role=status]")

    async def frame(self) -> Frame:
        """The preview's own page, to look behind what it shows."""
        handle = await self.page.locator(PREVIEW).element_handle()
        frame = await handle.content_frame()
        assert frame is not None
        return frame

    async def open(self) -> None:
        await self.visitor.visit(f"/studio/{self.slug}")

    async def says(self, message: str) -> None:
        box = self.page.get_by_label("Message", exact=True)
        await box.fill(message)
        await box.press("Enter")
        await expect(self.turns.last).to_contain_text(message)

    async def replaces(self, path: str, before: str, after: str) -> None:
        """Change a file by hand, and save it as the code tab does."""
        await self.page.evaluate(REPLACE, [self.slug, path, before, after])

    async def is_writing(self) -> None:
        """A file is being written right now."""
        await expect(self.activity).to_have_text(re.compile(r"^(Writing|Changing) src/"), timeout=TURN_MILLISECONDS)

    async def reaches(self, version: int) -> None:
        """The turn is over, and this is the version it made."""
        await expect(self.made).to_contain_text(f"Version {version}", timeout=TURN_MILLISECONDS)
        await expect(self.made).to_contain_text("Now")
        await expect(self.page.get_by_role("button", name="Stop")).to_be_hidden()

    async def open_record(self) -> Locator:
        """All there is to tell of the latest turn's version."""
        await self.made.click()
        record = self.turns.last.locator("[data-record]")
        await expect(record).to_be_visible()
        return record

    async def heading(self) -> str:
        """What the app calls its page, once it is no longer the starter."""
        found = self.preview.locator("h1").first
        await expect(found).not_to_have_text(STARTER_HEADING, timeout=TURN_MILLISECONDS)
        return await found.inner_text()

    async def shows(self, words: str | re.Pattern[str]) -> None:
        """The preview shows this."""
        await expect(self.preview.locator("body")).to_contain_text(words, timeout=TURN_MILLISECONDS)

    async def tab(self, name: str) -> Locator:
        """Bring a view to the front."""
        await self.page.get_by_role("tab", name=name).click()
        panel = self.page.locator(f"#panel-{name.lower()}")
        await expect(panel).to_be_visible()
        return panel

    async def publish(self, version: int) -> None:
        panel = await self.tab("Publish")
        await panel.get_by_role("button", name="Publish").click()
        await self.is_live(version)

    async def is_live(self, version: int) -> None:
        published = self.page.locator("#panel-publish").get_by_role("listitem").filter(has_text=f"Version {version} ")
        live = published.get_by_text("Live", exact=True)
        await expect(live.first).to_be_visible(timeout=TURN_MILLISECONDS)


async def describe(visitor: Visitor, prompt: str) -> Editor:
    """Say on the start page what to build, and come to the editor."""
    await visitor.visit("/")
    await visitor.fill(prompt=prompt)
    await visitor.press("Build it")
    return await arrive(visitor)


async def describe_and_watch(visitor: Visitor, prompt: str) -> Editor:
    """The same, and see a file being written: nothing is before the page follows the turn."""
    with visitor.product.pausing():
        editor = await describe(visitor, prompt)
        await expect(editor.activity).to_be_attached()
    await editor.is_writing()
    return editor


async def arrive(visitor: Visitor) -> Editor:
    await visitor.page.wait_for_url("**/studio/*")
    return Editor(visitor, visitor.page.url.rpartition("/")[2])
