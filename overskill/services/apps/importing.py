"""A Vite + React project that comes as a zip and becomes an app: what is taken, what is adapted, what is left out.

Nothing of it is executed or unpacked to a disk (services/attachments/projects.py); its configuration is not read.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.resources import files as resource_files
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from overskill.clients.bundler import Bundler
from overskill.errors import InvalidInput, LimitReached, OverskillError
from overskill.models import App, AppVersion, AttachmentKind, VersionCause
from overskill.services.apps.create import create_app
from overskill.services.apps.export import OURS, README, SERVER_ENTRIES
from overskill.services.apps.files import read_files, write_files
from overskill.services.apps.my_apps import LONGEST_NAME
from overskill.services.apps.saving import LARGEST_APP, MOST_FILES
from overskill.services.apps.versions import refuse_during_a_turn, save_version
from overskill.services.attachments.projects import (
    MANIFEST,
    WHOLE_APP,
    Sources,
    fit_app,
    fit_page,
    grouped,
    read_sources,
)
from overskill.services.attachments.reading import LARGEST, check_size, shown_name
from overskill.services.packages.named import missing_packages, needed_packages
from overskill.starter import starter_files

LARGEST_ZIP = LARGEST[AttachmentKind.CODE]
ENTRY = "src/main.tsx"
PAGE = "index.html"
_SETUP = ("tsconfig.json", "vite.config.ts")  # every app's is our starter's
_CONFIGURATION = re.compile(r"(tsconfig[\w.-]*\.json|jsconfig\.json|[\w.-]+\.config\.\w+|components\.json)")
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})</title>", re.IGNORECASE)
_NO_TITLES = re.compile(r"vite|react app|new app|document|untitled", re.IGNORECASE)
_PLAIN_ENTRY = """import {{ StrictMode }} from "react";
import {{ createRoot }} from "react-dom/client";

import App from "./App";
{styles}
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
"""

Verdict = Literal["taken", "adapted", "left_out"]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What becomes of a file, or of a folder that is generated. `words`: how it is adapted, or why it is left out."""

    path: str
    verdict: Verdict
    words: str = ""


@dataclass(frozen=True, slots=True)
class MissingPackage:
    name: str
    alternative: str  # "" where we know none
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A zip, read. `files` is all of the app that it becomes."""

    file_name: str
    name: str  # what the app is to be called
    files: Mapping[str, str]
    lines: tuple[ImportLine, ...]
    missing: tuple[MissingPackage, ...]

    @property
    def note(self) -> str:
        return f"Imported from {self.file_name}"


def read_import(file_name: str, content: bytes, *, bundler: Bundler) -> Imported:
    """Raises InvalidInput or LimitReached for what can't become an app. It belongs outside of a transaction."""
    check_size(AttachmentKind.CODE, len(content))
    found = read_sources(content, WHOLE_APP)
    adapted: dict[str, list[str]] = {}
    left_out = [(path, why) for path, why in found.skipped if path != found.entry_path]
    files = dict(_own_files(found.files, left_out))
    _start(files, found, adapted)
    _repair(files, adapted, bundler)
    _set_up(files, found, adapted, left_out)
    _check_room(files)
    return Imported(
        file_name=shown_name(file_name),
        name=_name_of(found, file_name),
        files=files,
        lines=tuple(_lines(files, adapted, left_out)),
        missing=tuple(
            MissingPackage(name, _alternatives().get(name, ""), tuple(paths))
            for name, paths in missing_packages(files).items()
        ),
    )


def create_imported(session: Session, user_id: UUID, imported: Imported) -> tuple[App, AppVersion]:
    """The user's own app that begins with the import."""
    app = create_app(session, user_id, imported.note, imported.files, name=imported.name)
    return app, _save(session, app, user_id, imported)


def import_into(session: Session, app: App, user_id: UUID, imported: Imported) -> dict[str, str | None]:
    """The app's files become the import's, as a version of its own; what changed is returned. The caller holds the
    app's row lock. Raises Conflict while a turn is under way."""
    refuse_during_a_turn(session, app)
    before = read_files(session, app.id)
    changes: dict[str, str | None] = {path: None for path in before if path not in imported.files}
    changes |= {path: text for path, text in imported.files.items() if before.get(path) != text}
    if not changes:
        raise InvalidInput("The app has just these files already, so there is nothing to import.")
    write_files(session, app.id, changes)
    _save(session, app, user_id, imported)
    return changes


def _save(session: Session, app: App, user_id: UUID, imported: Imported) -> AppVersion:
    return save_version(session, app, note=imported.note, cause=VersionCause.IMPORT, author_id=user_id)


def _own_files(files: Mapping[str, str], left_out: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Without what configures tools that don't run here, what our own export has added, and what only Node runs."""
    has_other_server = any(path in files and "export default" not in files[path] for path in SERVER_ENTRIES)
    for path, text in files.items():
        if has_other_server and path.startswith("server/"):
            left_out.append((path, "it is a server of its own; here server/index.ts exports a handler as default"))
        elif "/" not in path and _CONFIGURATION.fullmatch(path):
            left_out.append((path, "configuration is never run; every app here is built the same way"))
        elif path == README and OURS in text:
            left_out.append((path, "it is written anew with each export"))
        else:
            yield path, text


def _start(files: dict[str, str], found: Sources, adapted: dict[str, list[str]]) -> None:
    """Every app starts at src/main.tsx: the project's own entry moves there, or one is written."""
    page = files.get(PAGE)
    fit_page(files)
    if page is not None and files[PAGE] != page:
        adapted.setdefault(PAGE, []).append(f"starts {ENTRY}")
    if found.entry:
        files[ENTRY] = found.entry
        if found.entry_path != ENTRY:
            adapted.setdefault(ENTRY, []).append(f"was {found.entry_path}; every app here starts at {ENTRY}")
        return
    fit_app(files)
    styles = 'import "./index.css";\n' if "src/index.css" in files else ""
    files[ENTRY] = _PLAIN_ENTRY.format(styles=styles)
    adapted.setdefault(ENTRY, []).append("written: the project has none, so it shows src/App")


def _repair(files: dict[str, str], adapted: dict[str, list[str]], bundler: Bundler) -> None:
    """What the bundler puts right without a model. While it is away, files are taken as they are."""
    try:
        repaired = bundler.repair(files, sorted(files), is_final=True)
    except OverskillError:
        return
    for path, text in repaired.changes.items():
        if text is None:
            files.pop(path, None)
        else:
            files[path] = text
    for repair in repaired.repairs:
        adapted.setdefault(repair.path, []).append(repair.message[:1].lower() + repair.message[1:])


def _set_up(
    files: dict[str, str], found: Sources, adapted: dict[str, list[str]], left_out: list[tuple[str, str]]
) -> None:
    """The files every app has, as our starter has them."""
    starter = starter_files()
    files.update({path: starter[path] for path in _SETUP})
    if PAGE not in files:
        files[PAGE] = starter[PAGE]
        adapted.setdefault(PAGE, []).append("written: the project has none")
    manifest = json.loads(starter[MANIFEST])
    more = {name: f"^{used.version}" for name, used in needed_packages(files).items()}
    manifest["dependencies"] = dict(sorted({**more, **manifest["dependencies"]}.items()))
    files[MANIFEST] = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    if found.manifest:
        adapted.setdefault(MANIFEST, []).append("names the packages that the code imports, as apps have them here")
        left_out[:] = [(path, why) for path, why in left_out if path != MANIFEST]


def _check_room(files: Mapping[str, str]) -> None:
    size = sum(len(text.encode()) for text in files.values())
    if len(files) > MOST_FILES or size > LARGEST_APP:
        raise LimitReached(f"An app has at most {MOST_FILES} files and {LARGEST_APP // 2**20} MB. Leave some out.")


def _lines(
    files: Mapping[str, str], adapted: Mapping[str, Sequence[str]], left_out: list[tuple[str, str]]
) -> Iterator[ImportLine]:
    for path in sorted({*files, *adapted} - ({*_SETUP, MANIFEST} - adapted.keys())):
        words = "; ".join(dict.fromkeys(adapted.get(path, ())))
        yield ImportLine(path, "adapted" if words else "taken", words)
    for path, why in grouped(sorted(left_out)):
        yield ImportLine(path, "left_out", _about_secrets(path) or why)


def _about_secrets(path: str) -> str:
    name = path.rpartition("/")[2]
    is_example = name in (".env.example", ".env.sample")
    return "it may hold secrets: set them in the app's settings" if name.startswith(".env") and not is_example else ""


def _name_of(found: Sources, file_name: str) -> str:
    """What its page or its package.json says it is called, else the zip's name."""
    title = _TITLE.search(found.files.get(PAGE, ""))
    candidates = [unescape(title[1]) if title else "", _package_name(found.manifest), shown_name(file_name)]
    for candidate in candidates:
        words = " ".join(re.sub(r"\.zip$|-(main|master)(?=\.zip$|$)", "", candidate.strip()).split())
        name = "".join(letter for letter in words if letter.isprintable())[:LONGEST_NAME].strip()
        if name and not _NO_TITLES.search(name):
            return name if " " in name or name != name.lower() else name.replace("-", " ").capitalize()
    return "Imported app"


def _package_name(manifest: str) -> str:
    try:
        name = json.loads(manifest)["name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return name.rpartition("/")[2] if isinstance(name, str) and name not in ("app", "temp") else ""


@cache
def _alternatives() -> Mapping[str, str]:
    text = (resource_files("overskill.services.apps") / "alternatives.toml").read_text("utf-8")
    return tomllib.loads(text)
