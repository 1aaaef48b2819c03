"""What a browser is sent while an app of 27 files is written, against what it shows of that.

    .venv/bin/python -m benchmarks.turn_traffic [--tokens-per-second 80]

Brings a product of its own up, with the scripted model at that pace, and counts the websocket frames that headless
Chromium receives: the turn's own feed, and the page's state, which go as they are. The preview's websocket compresses:
the bundler says what it wrote to it. Shown are the texts of the files and what is said.
"""

import argparse
import asyncio
from collections import Counter

from playwright.async_api import WebSocket, async_playwright
from sqlmodel import select

from overskill.bundler.launcher import socket_path
from overskill.clients.bundler import Bundle, LocalBundler
from overskill.config import Settings
from overskill.models import ChatMessage, FileBlob, Generation, GenerationEvent, MessageAuthor
from tests.browser.editor import describe
from tests.browser.visitor import PASSWORD, launch, open_visitor
from tests.model_scenarios import app as app_script
from tests.model_server import ModelServer
from tests.support_product import Product, running_product

PROMPT = "recipes, a week's plan and a shopping list"


def count(socket: WebSocket, received: Counter[str]) -> None:
    channels = {"/api/turns/": "feed", "/_event": "state", "/@ws": "preview, unpacked"}
    channel = next((name for address, name in channels.items() if address in socket.url), "other")

    def on_frame(payload: str | bytes) -> None:
        size = len(payload if isinstance(payload, bytes) else payload.encode())
        received[channel] += frame_head(size) + size

    socket.on("framereceived", on_frame)


def frame_head(size: int) -> int:
    """Bytes before a payload from a server: RFC 6455, section 5.2."""
    return 2 if size < 126 else 4 if size < 1 << 16 else 10


def sent_by_previews(product: Product) -> int:
    """Bytes on the wire, so far, the answers to the upgrades included."""
    settings = Settings(OVERSKILL_HOME=product.home)
    return int(LocalBundler(socket_path(settings), lambda _: Bundle({}, 0)).stats()["sent"])


def shown_bytes(product: Product) -> tuple[int, int]:
    """Of the files the turn wrote and of what it said; and how many files."""
    with product.session() as session:
        turn = session.exec(select(Generation)).one()
        said = session.exec(
            select(ChatMessage.text).where(
                ChatMessage.generation_id == turn.id, ChatMessage.author == MessageAuthor.ASSISTANT
            )
        ).all()
        events = session.exec(select(GenerationEvent).where(GenerationEvent.generation_id == turn.id)).all()
        sums = [event.data["checksum"] for event in events if event.kind == "close"]
        sizes = {row.checksum: row.size for row in session.exec(select(FileBlob)).all()}
    return sum(sizes[one] for one in sums) + sum(len(text.encode()) for text in said), len(sums)


async def measure(product: Product) -> Counter[str]:
    received: Counter[str] = Counter()
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        visitor = await open_visitor(product, browser, "traffic")
        await visitor.sign_up("traffic@example.com", PASSWORD, name="Traffic")
        visitor.page.on("websocket", lambda socket: count(socket, received))
        editor = await describe(visitor, PROMPT)
        await editor.turns.last.locator("text=Version 1").wait_for(timeout=600_000)
        await browser.close()
    return received


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tokens-per-second", type=float, default=80.0)
    pace = parser.parse_args().tokens_per_second
    with (
        ModelServer(app_script(), tokens_per_second=pace) as model,
        running_product(AI_BASE_URL=model.url, AI_MODEL="scripted", AI_TOOLS="on") as product,
    ):
        received = asyncio.run(measure(product))
        received["preview"] = sent_by_previews(product)
        shown, files = shown_bytes(product)
    unpacked = received.pop("preview, unpacked")
    print(f"{pace:.0f} tokens a second, {files} files, {shown:,} bytes shown")
    for channel, size in sorted(received.items()):
        print(f"{channel:<7} {size:>9,} bytes  {size / shown:.2f} x")
    print(f"{'all':<7} {received.total():>9,} bytes  {received.total() / shown:.2f} x")
    print(f"(the preview's, unpacked: {unpacked:,} bytes)")


if __name__ == "__main__":
    main()
