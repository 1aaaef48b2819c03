"""From a picture in an app's code to what a visitor's browser loads of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from overskill.bundler.setup import Installation
from overskill.clients.bundler import Asset
from overskill.services.attachments.pictures import picture_module
from overskill.starter import starter_files
from tests.edge.pictures import drawn, opened
from tests.support_browser import find_browser
from tests.support_bundler import builds, bundler_installation
from tests.support_edge import RunningEdge, ask, make_upload

__all__ = ["bundler_installation"]

APP = """\
import photo from "@/assets/harbour";
import other from "@/assets/pier"; // of one picture a browser takes what it has already, also where that is larger
import { Picture } from "@/components/ui/picture";

export default function App() {
  return (
    <main className="grid gap-4">
      <Picture src={photo} alt="First" width={180} height={120} priority />
      <div className="w-24">
        <Picture src={other} alt="Small" width={1200} height={800} />
      </div>
      <Picture src="/harbour.jpg" alt="Wide" className="aspect-video" sizes="600px" />
      <Picture src="/harbour.svg" alt="Drawn" width={10} height={10} />
    </main>
  );
}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
BROWSER = "image/avif,image/webp,*/*"
SEEN = """
() => Promise.all([...document.images].map(async (image) => {
  await image.decode();
  const { width, height } = image.getBoundingClientRect();
  return [image.alt, new URL(image.currentSrc).pathname, Math.round(width), Math.round(height)];
}))
"""


@pytest.fixture(scope="module")
def published(
    edge: RunningEdge, bundler_installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> RunningEdge:
    photo = drawn("JPEG", 1200, 800)
    files = {
        "src/App.tsx": APP,
        "src/assets/harbour.ts": picture_module(photo, "harbour.jpg"),
        "src/assets/pier.ts": picture_module(drawn("JPEG", 1201, 800), "pier.jpg"),
    }
    bundle = builds(bundler_installation, tmp_path_factory.mktemp("builds"))(
        {**starter_files(), **files, "public/harbour.svg": DRAWING}
    )
    assets = {**bundle.assets, "/harbour.jpg": Asset(photo, "image/jpeg")}
    edge.publish(make_upload("pictured", assets=assets))
    return edge


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
        launched = playwright.chromium.launch(executable_path=str(find_browser()), args=arguments)
        yield launched
        launched.close()


@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("host", "prefix"), [("pictured.localhost", ""), ("localhost", "/app/pictured")])
def test_a_published_app_loads_its_pictures_no_larger_than_they_are_shown(
    published: RunningEdge, browser: Browser, host: str, prefix: str
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto(f"http://{host}:{published.port}{prefix}/")
    page.wait_for_selector("img")
    first, small, wide, drawing = page.evaluate(SEEN)
    page.close()
    assert (first[0], first[2:]) == ("First", [180, 120])
    assert first[1].startswith(f"{prefix}/_image/256/assets/harbour-")
    assert (small[0], small[2:]) == ("Small", [96, 64])
    assert small[1].startswith(f"{prefix}/_image/128/assets/pier-")
    assert wide == ["Wide", f"{prefix}/_image/640/harbour.jpg", 800, 450]
    assert drawing == ["Drawn", f"{prefix}/harbour.svg", 10, 10]
    answer = ask(published.port, small[1], host=host, accept=BROWSER)
    assert (answer.headers["content-type"], opened(answer.body).size) == ("image/avif", (128, 85))
    assert "immutable" in answer.headers["cache-control"]
