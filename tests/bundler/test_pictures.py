"""The pictures of apps that are built: as files of their own, and no larger than they are shown."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from overskill.bundler.setup import Installation
from overskill.clients.bundler import Bundle
from overskill.services.apps.export import export_files
from overskill.services.attachments.pictures import picture_module
from overskill.starter import starter_files
from tests.edge.pictures import drawn, opened
from tests.support_bundler import SMALL_APP, builds

SERVICE = "/_image"
MODULE = "src/assets/harbour.ts"
PLAIN = 'import photo from "@/assets/harbour";\nexport default () => <img src={photo} alt="" />;\n'
FITTED = """\
import photo from "@/assets/harbour";
import { Picture } from "@/components/ui/picture";

export default function App() {
  return <Picture src={photo} alt="The harbour" width={1200} height={800} />;
}
"""


@pytest.fixture(scope="module")
def photo() -> str:
    return picture_module(drawn("JPEG", 1200, 800), "harbour.jpg")


def build(installed: Installation, run: Path, files: Mapping[str, str]) -> Bundle:
    return builds(installed, run)(files)


def scripts(bundle: Bundle) -> str:
    return "\n".join(asset.content.decode() for path, asset in bundle.assets.items() if path.endswith(".js"))


def test_a_picture_in_code_is_published_as_a_file(
    bundler_installation: Installation, tmp_path: Path, photo: str
) -> None:
    bundle = build(bundler_installation, tmp_path, {**SMALL_APP, "src/App.tsx": PLAIN, MODULE: photo})
    path = next(path for path in bundle.assets if path.endswith(".webp"))
    assert path.startswith("/assets/harbour-")
    assert bundle.assets[path].content_type == "image/webp"
    assert opened(bundle.assets[path].content).size == (1200, 800)
    assert f"./{Path(path).name}" in scripts(bundle)
    assert "base64" not in scripts(bundle)


@pytest.mark.parametrize(
    "module",
    [
        'export default "data:image/png;base64,iVBORw0KGgo=";\n',
        f'export default "data:image/svg+xml;base64,{"PHN2" * 2000}";\n',
        f'export const also = 1;\nexport default "data:image/png;base64,{"iVBO" * 2000}";\n',
    ],
    ids=["small", "a drawing", "with more in it"],
)
def test_other_modules_with_pictures_stay_code(bundler_installation: Installation, tmp_path: Path, module: str) -> None:
    bundle = build(bundler_installation, tmp_path, {**SMALL_APP, "src/App.tsx": PLAIN, MODULE: module})
    assert "base64" in scripts(bundle)
    assert not any(path.endswith((".png", ".svg+xml")) for path in bundle.assets)


def test_only_what_is_published_asks_for_pictures_that_fit(
    bundler_installation: Installation, tmp_path: Path, photo: str
) -> None:
    files = {**starter_files(), "src/App.tsx": FITTED, MODULE: photo}
    assert SERVICE in scripts(build(bundler_installation, tmp_path, files))
    exported = export_files("Harbour", "harbour", files)
    assert SERVICE not in json.dumps(exported)
    assert exported[MODULE] == photo


def test_an_app_without_pictures_has_nothing_of_them(bundler_installation: Installation, tmp_path: Path) -> None:
    assert SERVICE not in scripts(build(bundler_installation, tmp_path, starter_files()))
