"""Projects that come as a zip, well meant and otherwise."""

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Mapping

import pytest

from overskill.errors import InvalidInput
from overskill.services.attachments.projects import LARGEST_PROJECT, MOST_ENTRIES, read_project
from overskill.services.attachments.reading import Reading

APP = "export default function App() { return <h1>Hi</h1>; }\n"


def zipped(files: Mapping[str, str | bytes], *entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
        for entry, content in entries:
            archive.writestr(entry, content)
    return buffer.getvalue()


def files_of(found: Reading) -> dict[str, str]:
    files: dict[str, str] = json.loads(found.content)
    return files


def test_a_project_becomes_the_apps_files_without_the_folder_around_it() -> None:
    found = read_project(
        zipped(
            {
                "shop-main/package.json": "{}",
                "shop-main/src/App.tsx": APP,
                "shop-main/src/pages/cart.tsx": "export {};",
                "shop-main/node_modules/react/index.js": "x",
                "shop-main/node_modules/react/package.json": "{}",
                "shop-main/.env": "KEY=secret",
                "shop-main/.git/config": "x",
                "shop-main/public/logo.png": b"\x89PNG",
                "__MACOSX/shop-main/._App.tsx": b"\0",
            }
        )
    )
    assert sorted(files_of(found)) == ["src/App.tsx", "src/pages/cart.tsx"]
    assert found.files == ["src/App.tsx", "src/pages/cart.tsx"]
    assert found.note == "A project: 2 files taken, 6 skipped."
    assert "- node_modules/: node_modules/ is generated" in found.text
    assert "- .env: it is a hidden file" in found.text
    assert "- public/logo.png: apps hold text files; attach pictures by themselves" in found.text
    assert "secret" not in found.text


def test_a_zip_with_a_password_says_so_of_each_file() -> None:
    content = bytearray(zipped({"src/App.tsx": APP, "package.json": "{}"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + place] |= 1
    with pytest.raises(InvalidInput, match="encrypted"):
        read_project(bytes(content))


@pytest.mark.parametrize(
    "path",
    ["../src/App.tsx", "src/../../x.ts", "/etc/x.ts", "C:/x.ts", "src\\..\\..\\x.ts", "src/a\x01b.ts", "src/.x.ts"],
)
def test_a_path_that_leads_elsewhere_is_skipped(path: str) -> None:
    found = read_project(zipped({"package.json": "{}", "src/App.tsx": APP, path: "bad"}))
    assert list(files_of(found)) == ["src/App.tsx"]


def test_a_link_is_skipped() -> None:
    link = zipfile.ZipInfo("src/passwd.ts")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    found = read_project(zipped({"src/App.tsx": APP, "package.json": "{}"}, (link, b"/etc/passwd")))
    assert "- src/passwd.ts: it is a link" in found.text


def test_a_bomb_is_never_unfolded() -> None:
    found = read_project(zipped({"package.json": "{}", "src/App.tsx": APP, "src/bomb.json": "0" * 50_000_000}))
    assert list(files_of(found)) == ["src/App.tsx"]
    assert "- src/bomb.json: it is larger than 512 KB" in found.text


def test_many_small_bombs_end_at_the_size_of_an_app() -> None:
    bombs = {f"src/{number}.json": "0" * 500_000 for number in range(40)}
    found = read_project(zipped({"package.json": "{}", "src/App.tsx": APP, **bombs}))
    assert sum(len(text) for text in files_of(found).values()) <= LARGEST_PROJECT
    assert "an import takes at most 6 MB" in found.text


def test_an_entry_that_lies_about_its_size_is_broken() -> None:
    content = bytearray(zipped({"package.json": "{}", "src/App.tsx": APP * 10}))
    real, claimed = (len(APP) * 10).to_bytes(4, "little"), (20).to_bytes(4, "little")
    with pytest.raises(InvalidInput, match="broken"):
        read_project(bytes(content).replace(real, claimed))


def test_more_entries_than_a_project_has_are_refused() -> None:
    with pytest.raises(InvalidInput, match="node_modules"):
        read_project(zipped({f"{number}": "" for number in range(MOST_ENTRIES + 1)}))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04garbage",
        zipped({"src/App.tsx": APP})[:-30],
        zipped({"src/App.tsx": APP}).replace(b"PK\x01\x02", b"PK\x09\x09"),
    ],
    ids=["garbage", "cut", "no index"],
)
def test_a_broken_zip_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="broken"):
        read_project(content)


@pytest.mark.parametrize("files", [{}, {"readme.md": "hi"}, {"main.py": "print()"}])
def test_a_zip_of_something_else_says_what_to_zip(files: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="zip"):
        read_project(zipped(files))


def test_what_starts_the_app_stays_ours_and_the_models_reads_theirs() -> None:
    entry = (
        "import { createRoot } from 'react-dom/client';\n"
        + "\n" * 12
        + "createRoot(root).render(<Theme><App/></Theme>);"
    )
    found = read_project(
        zipped({"package.json": "{}", "src/main.tsx": entry, "src/App.tsx": APP, "vite.config.ts": "x"})
    )
    assert list(files_of(found)) == ["src/App.tsx"]
    assert "<Theme><App/></Theme>" in found.text


def test_an_app_written_in_javascript_is_found_by_our_entry() -> None:
    page = '<script type="module" src="/src/main.jsx"></script>'
    found = read_project(zipped({"index.html": page, "src/main.jsx": "render", "src/App.jsx": APP}))
    assert files_of(found)["src/App.tsx"] == 'export { default } from "./App.jsx";\n'
    assert 'src="/src/main.tsx"' in files_of(found)["index.html"]


def test_two_files_that_differ_in_case_are_one() -> None:
    found = read_project(zipped({"package.json": "{}", "src/App.tsx": APP, "src/app.tsx": "x"}))
    assert "another file has this name" in found.text


def test_bytes_under_the_name_of_a_text_are_skipped() -> None:
    packed = zlib.compress(bytes(range(256)) * 20)
    found = read_project(zipped({"package.json": "{}", "src/App.tsx": APP, "src/wasm.ts": b"\0asm" + packed}))
    assert "- src/wasm.ts: it is no text" in found.text
