"""A project that comes as a zip: what becomes of each file, and of what would do harm."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from sqlmodel import Session, select

from overskill.clients.bundler import FakeBundler, Repair, Repaired
from overskill.errors import Conflict, InvalidInput
from overskill.models import AppVersion, VersionCause
from overskill.services.apps.files import read_files
from overskill.services.apps.importing import Imported, create_imported, import_into, read_import
from overskill.services.apps.versions import version_files
from tests.factories import make_app, make_generation, make_user

APP = "export default function App() { return <h1>Hi</h1>; }\n"
ENTRY = 'import { createRoot } from "react-dom/client"; import App from "./App"; createRoot(root).render(<App />);\n'
PROJECT = {
    "shop-main/package.json": '{"name": "shop"}',
    "shop-main/package-lock.json": "{}",
    "shop-main/index.html": "<title>The shop</title>",
    "shop-main/src/App.tsx": APP,
    "shop-main/src/main.tsx": ENTRY,
}


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def read(files: Mapping[str, str | bytes], bundler: FakeBundler | None = None, name: str = "shop.zip") -> Imported:
    return read_import(name, zipped(files), bundler=bundler or FakeBundler())


def told(imported: Imported) -> dict[str, tuple[str, str]]:
    return {line.path: (line.verdict, line.words) for line in imported.lines}


def test_a_package_json_that_is_nested_without_end_gives_no_name() -> None:
    files = {**PROJECT, "shop-main/package.json": "[" * 100_000, "shop-main/index.html": "<p>"}
    assert read(files, name="my-shop.zip").name == "My shop"


def test_a_server_of_another_kind_is_left_out() -> None:
    express = {"shop-main/server/index.js": "require('express')().listen(3000)", "shop-main/server/db.js": "export {}"}
    found = told(read({**PROJECT, **express}))
    assert found["server/index.js"][0] == found["server/db.js"][0] == "left_out"
    ours = {"shop-main/server/index.ts": "export default { fetch: () => new Response() };"}
    assert "server/index.ts" in read({**PROJECT, **ours}).files


def test_its_own_entry_and_page_are_kept_and_the_name_is_its_title() -> None:
    imported = read(PROJECT)
    assert imported.name == "The shop"
    assert imported.files["src/main.tsx"] == ENTRY
    assert told(imported)["src/App.tsx"] == ("taken", "")
    assert told(imported)["package-lock.json"][0] == "left_out"
    assert {"vite.config.ts", "tsconfig.json", "package.json"} <= imported.files.keys()


def test_an_entry_of_another_name_moves_to_where_apps_start() -> None:
    page = '<title>Shop</title><script type="module" src="/src/index.jsx"></script>'
    imported = read({"index.html": page, "src/App.jsx": APP, "src/index.jsx": ENTRY})
    assert imported.files["src/main.tsx"] == ENTRY
    assert 'src="/src/main.tsx"' in imported.files["index.html"]
    assert told(imported)["src/main.tsx"] == ("adapted", "was src/index.jsx; every app here starts at src/main.tsx")
    assert "src/index.jsx" not in imported.files


def test_a_project_without_an_entry_is_given_one() -> None:
    imported = read({"package.json": "{}", "src/App.js": APP, "src/index.css": "p{}"})
    assert 'import "./index.css";' in imported.files["src/main.tsx"]
    assert imported.files["src/App.tsx"] == 'export { default } from "./App.js";\n'


def test_what_is_put_right_without_a_model_is_told_file_by_file() -> None:
    repaired = Repaired({"src/index.css": '@import "tailwindcss";'}, (Repair("src/index.css", "tailwind", "Tailwind"),))
    imported = read({**PROJECT, "shop-main/src/index.css": "@tailwind base;"}, FakeBundler(repaired=[repaired]))
    assert imported.files["src/index.css"] == '@import "tailwindcss";'
    assert told(imported)["src/index.css"] == ("adapted", "tailwind")


def test_configuration_secrets_and_what_is_generated_are_left_out_and_told_why() -> None:
    others = {
        "shop-main/tailwind.config.js": "module.exports = {}",
        "shop-main/vite.config.ts": "export default {}",
        "shop-main/.env.local": "KEY=s3cret",
        "shop-main/node_modules/react/index.js": "x",
        "shop-main/public/logo.png": b"\x89PNG",
        "shop-main/../evil.ts": "x",
    }
    found = told(read({**PROJECT, **others}))
    assert found["tailwind.config.js"] == (
        "left_out",
        "configuration is never run; every app here is built the same way",
    )
    assert found[".env.local"] == ("left_out", "it may hold secrets: set them in the app's settings")
    assert found["node_modules/"][0] == found["vite.config.ts"][0] == found["public/logo.png"][0] == "left_out"
    assert found["../evil.ts"] == ("left_out", "its path is none of an app")


def test_a_package_that_is_not_there_is_named_with_what_is() -> None:
    code = 'import { Button } from "@mui/material";\nimport x from "some-rare-thing";\n' + APP
    missing = read({**PROJECT, "shop-main/src/App.tsx": code}).missing
    assert [(one.name, one.alternative) for one in missing] == [
        ("@mui/material", "the components under src/components/ui"),
        ("some-rare-thing", ""),
    ]


def test_packages_that_are_there_get_into_the_manifest() -> None:
    code = 'import confetti from "canvas-confetti";\n' + APP
    assert '"canvas-confetti": "^' in read({**PROJECT, "shop-main/src/App.tsx": code}).files["package.json"]


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", zipped({"main.py": "print()"})], ids=["broken", "no project"])
def test_what_is_no_project_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"[Zz]ip"):
        read_import("x.zip", content, bundler=FakeBundler())


def test_an_import_is_the_first_version_of_an_app(session: Session) -> None:
    imported = read(PROJECT)
    app, version = create_imported(session, make_user(session).id, imported)
    assert (app.name, app.slug) == ("The shop", "the-shop")
    assert (version.number, version.cause, version.note) == (1, VersionCause.IMPORT, "Imported from shop.zip")
    assert read_files(session, app.id) == imported.files


def test_an_import_into_an_app_is_its_next_version_and_replaces_its_files(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, files={"src/Gone.tsx": "x", "src/App.tsx": APP}, versions=1)
    imported = read(PROJECT)
    changes = import_into(session, app, user.id, imported)
    assert changes["src/Gone.tsx"] is None
    assert version_files(session, app.id, 2) == imported.files
    assert session.exec(select(AppVersion.cause).where(AppVersion.number == 2)).one() is VersionCause.IMPORT
    with pytest.raises(InvalidInput, match="nothing to import"):
        import_into(session, app, user.id, imported)


def test_nothing_is_imported_while_a_turn_is_under_way(session: Session) -> None:
    user = make_user(session)
    app = make_app(session, user, versions=1)
    make_generation(session, app)
    with pytest.raises(Conflict):
        import_into(session, app, user.id, read(PROJECT))
