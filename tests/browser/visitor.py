"""A person at a browser, and what they do on the site. Steps read as the person would tell them."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, get_args

from playwright.async_api import Browser, ConsoleMessage, Page, Playwright, ViewportSize, WebSocket, expect

from tests.support_axe import violations
from tests.support_browser import find_browser
from tests.support_product import ROOT, Product

SCREENSHOTS = ROOT / ".artifacts" / "screenshots"
HEIGHTS = {1440: 900, 768: 1024, 390: 844}
Scheme = Literal["light", "dark"]
SESSION_COOKIE = "overskill_session"
PASSWORD = "a calm weekly view"
PATIENCE_MILLISECONDS = 60_000  # only ends what would hang
ALIVE = '"is_hydrated_rx_state_":true'  # in what the server tells a page that has become interactive
DRAW_A_WHILE = """
new Promise((done) => {
  let left = 10;
  const draw = () => (left-- ? requestAnimationFrame(draw) : done());
  draw();
  setTimeout(done, 300);
})
"""
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What a browser says about an answer that the page itself explains.
_HARMLESS = ("Failed to load resource: the server responded with a status of 404",)


@dataclass(frozen=True)
class Account:
    email: str
    password: str
    session: str  # the cookie's value


@dataclass
class Visitor:
    product: Product
    page: Page
    journey: str  # names the screenshots
    complaints: list[str] = field(default_factory=list)  # errors that the browser reported
    alive: asyncio.Event = field(default_factory=asyncio.Event)  # the page hears what is done, and has its state

    async def visit(self, path: str) -> None:
        await self.go(f"{self.product.url}{path}")

    async def go(self, address: str) -> None:
        """To a page of the site, until it can be used: what comes earlier may meet a page that only looks finished."""
        self.alive.clear()
        await self.page.goto(address)
        await self.is_alive()

    async def is_sent_to_sign_in_from(self, path: str) -> None:
        await self.page.goto(f"{self.product.url}{path}")
        await self.page.wait_for_url("**/sign-in?next=*")

    async def reload(self) -> None:
        self.alive.clear()
        await self.page.reload()
        await self.is_alive()

    async def is_alive(self) -> None:
        async with asyncio.timeout(PATIENCE_MILLISECONDS / 1_000):
            await self.alive.wait()
        await self.settle()

    async def shoot(
        self,
        step: str,
        *,
        widths: tuple[int, ...] = (1440,),
        schemes: tuple[Scheme, ...] = ("light",),
        whole: bool = False,
    ) -> None:
        """Keep pictures of what is seen now, at these widths and in these colours, and note what axe says of each."""
        for width in widths:
            for scheme in schemes:
                async with self.seeing(width, scheme):
                    await self.picture(f"{step}-{width}-{scheme}", whole=whole)
                    await self.judge(f"{step} at {width}, {scheme}")

    async def audit(self, where: str) -> None:
        """Note what axe says of the page, in light and in dark."""
        for scheme in get_args(Scheme):
            async with self.seeing(1440, scheme):
                await self.judge(f"{where}, {scheme}")

    async def judge(self, where: str) -> None:
        """What axe finds wrong is a complaint."""
        self.complaints += [f"{where}: {wrong}" for wrong in await violations(self.page)]

    @asynccontextmanager
    async def seeing(self, width: int, scheme: Scheme) -> AsyncIterator[None]:
        """The page at this width and in these colours, standing still."""
        await self.page.set_viewport_size(ViewportSize(width=width, height=HEIGHTS[width]))
        await self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await self.settle()
        yield
        await self.page.set_viewport_size(ViewportSize(width=1440, height=HEIGHTS[1440]))
        await self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    async def picture(self, name: str, *, whole: bool = False) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{self.journey}-{name}.png"
        await self.page.screenshot(path=path, full_page=whole, animations="disabled")

    async def settle(self) -> None:
        """Let every frame draw what it was just told. One behind another tab never draws: it is not waited for.

        A frame inside the page may go or load anew meanwhile; the page itself may not.
        """
        page, *inner = self.page.frames
        drawn = asyncio.gather(*(frame.evaluate(DRAW_A_WHILE) for frame in inner), return_exceptions=True)
        await page.evaluate(DRAW_A_WHILE)
        await drawn

    async def shoot_everywhere(self, step: str, *, whole: bool = False) -> None:
        """The widest in light and the narrowest in dark; with PICTURES=all, every width in both."""
        if os.environ.get("PICTURES") == "all":
            await self.shoot(step, widths=(1440, 768, 390), schemes=("light", "dark"), whole=whole)
            return
        await self.shoot(step, widths=(1440,), schemes=("light",), whole=whole)
        await self.shoot(step, widths=(390,), schemes=("dark",), whole=whole)

    async def fill(self, **fields: str) -> None:
        """Fill form fields by their names."""
        for name, value in fields.items():
            await self.page.locator(f"[name={name}]").fill(value)

    async def press(self, words: str) -> None:
        await self.page.get_by_role("button", name=words, exact=True).click()

    async def sign_up(self, email: str, password: str, *, name: str = "") -> Account:
        await self.visit("/sign-up")
        await self.fill(name=name, email=email, password=password)
        await self.press("Create account")
        await self.is_signed_in()
        return Account(email, password, await self.session())

    async def sign_in(self, email: str, password: str) -> None:
        await self.visit("/sign-in")
        await self.fill(email=email, password=password)
        await self.press("Sign in")

    async def sign_out(self) -> None:
        await self.page.get_by_role("button", name="Your account").click()
        await self.page.get_by_role("menu").get_by_text("Sign out").click()
        await self.is_signed_out()

    async def is_signed_in(self) -> None:
        await expect(self.page.get_by_role("button", name="Your account")).to_be_visible()

    async def is_signed_out(self) -> None:
        await expect(self.page.get_by_role("link", name="Sign up")).to_be_visible()

    async def session(self) -> str:
        """The session cookie's value; "" without one."""
        cookies = await self.page.context.cookies()
        return next((str(cookie["value"]) for cookie in cookies if cookie["name"] == SESSION_COOKIE), "")

    async def bring(self, account: Account) -> None:
        """Be signed in already, in this browser."""
        await self.page.context.add_cookies(
            [
                {
                    "name": SESSION_COOKIE,
                    "value": account.session,
                    "domain": "localhost",
                    "path": "/",
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    async def open_tab(self) -> "Visitor":
        """A second tab of the same browser."""
        return watch(self.product, await self.page.context.new_page(), self.journey, self.complaints)


async def launch(playwright: Playwright) -> Browser:
    """The browser of this machine, headless."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    return await playwright.chromium.launch(executable_path=find_browser(), args=list(CHROMIUM_ARGUMENTS))


async def open_visitor(product: Product, browser: Browser, journey: str) -> Visitor:
    context = await browser.new_context(viewport=ViewportSize(width=1440, height=HEIGHTS[1440]))
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return watch(product, await context.new_page(), journey, [])


def watch(product: Product, page: Page, journey: str, complaints: list[str]) -> Visitor:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_HARMLESS):
            complaints.append(f"{page.url}: {message.text}")

    def on_frame(payload: str | bytes) -> None:
        if ALIVE in str(payload):
            visitor.alive.set()

    def on_socket(socket: WebSocket) -> None:
        socket.on("framereceived", on_frame)

    visitor = Visitor(product, page, journey, complaints)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("websocket", on_socket)
    return visitor
