"""A Vite + React project as a zip: its sources become the app's files, and nothing else of it does.

    read_sources(content, WHOLE_APP)    what can be taken of it, and why the rest can't; services/apps/importing.py
    read_project(content)               the same as something sent along with a message

A zip is written by anybody. Nothing is unpacked to a disk; what an entry claims about its size is checked before a byte
of it is read, and the sum is bounded; each path passes the gate that every file of an app passes.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from overskill.errors import InvalidInput
from overskill.models import AttachmentKind
from overskill.services.attachments.reading import Reading, extension_of
from overskill.services.attachments.stored import pack_files
from overskill.services.attachments.texts import decode
from overskill.services.figures import count_words
from overskill.services.generation.paths import REFUSED_FOLDERS, UnsafePath, safe_path
from overskill.services.generation.staging import LARGEST_FILE
from overskill.starter import PROTECTED

MOST_ENTRIES = 20_000  # a project zipped with its node_modules
LARGEST_PROJECT = 6 * 1024 * 1024  # of the 8 MB that an app has
_MOST_REASONS = 60
_LONGEST_ENTRY = 4_000  # characters of the project's own entry that a model reads
_ENCRYPTED = 1  # of an entry's flags
_LOCKS = frozenset({"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"})
_ENTRIES = ("src/main.tsx", "src/main.jsx", "src/main.ts", "src/main.js", "src/index.tsx", "src/index.jsx")
_APP_MODULES = ("src/App.jsx", "src/App.js", "src/App.ts")
_BINARY = frozenset("png jpg jpeg webp gif avif ico woff woff2 ttf otf mp3 mp4 webm wav pdf zip".split())
_ENTRY_SCRIPT = re.compile(r'src="/?(\./)?src/(main|index)\.(tsx|jsx|ts|js)"')
MANIFEST = "package.json"
_LFS_POINTER = "version https://git-lfs.github.com/spec/"
_BROKEN = "That zip is broken or is none. Zip the project's folder again, then attach it."


@dataclass(frozen=True, slots=True)
class Room:
    """What an app has room for."""

    files: int
    size: int  # bytes


WHOLE_APP = Room(files=395, size=8 * 1024 * 1024 - 64 * 1024)  # and a few files of ours
_BESIDE_OTHERS = Room(files=350, size=LARGEST_PROJECT)  # an app has 400, and some are there already


@dataclass
class Sources:
    """What a zip has for an app."""

    room: Room
    files: dict[str, str] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)  # path, why
    entry: str = ""  # what the project's own main.tsx says
    entry_path: str = ""
    manifest: str = ""  # its package.json
    size: int = 0  # bytes read so far

    def skip(self, path: str, why: str) -> None:
        self.skipped.append((path, why))


def read_project(content: bytes) -> Reading:
    """Raises InvalidInput when nothing in it can become part of an app."""
    found = read_sources(content, _BESIDE_OTHERS)
    fit_app(found.files)
    fit_page(found.files)
    return Reading(
        AttachmentKind.CODE,
        "application/zip",
        pack_files(found.files),
        f"A project: {count_words(len(found.files), 'file')} taken, {len(found.skipped)} skipped.",
        _told(found),
        sorted(found.files),
    )


def read_sources(content: bytes, room: Room) -> Sources:
    """Raises InvalidInput when nothing in it can become part of an app."""
    found = Sources(room)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise InvalidInput(
                    f"That zip has {len(entries):,} entries. Leave node_modules out, then attach it again."
                )
            for path, entry in _sources(entries):
                _take(found, path, entry, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, UnicodeError, ValueError) as error:
        raise InvalidInput(_BROKEN) from error
    if not any(path.startswith("src/") for path in found.files):
        raise InvalidInput(_nothing(found))
    return found


def _sources(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The entries that are files, by their path inside the project, App.tsx before what it may leave no room for."""
    named = [(entry.filename.replace("\\", "/"), entry) for entry in entries if not entry.is_dir()]
    named = [(path, entry) for path, entry in named if not path.startswith("__MACOSX/")]
    root = root_of([path for path, _ in named])
    inside = [(path.removeprefix(root), entry) for path, entry in named if path.startswith(root)]
    yield from sorted(inside, key=lambda found: (not found[0].startswith("src/"), found[0].count("/"), found[0]))


def root_of(paths: list[str]) -> str:
    """The folder of a zip that holds the project: where its package.json or its index.html lies, nearest the top; else
    the one folder that all lies in."""
    marks = ("package.json", "index.html")
    roots = [
        path.removesuffix(mark)
        for path in paths
        for mark in marks
        if (path == mark or path.endswith(f"/{mark}")) and "node_modules/" not in path
    ]
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    whole = f"{tops.pop()}/" if len(tops) == 1 and tops.isdisjoint({"", "src"}) else ""
    return min(roots, key=lambda root: (root.count("/"), root), default=whole)


def _take(found: Sources, path: str, entry: zipfile.ZipInfo, archive: zipfile.ZipFile) -> None:
    reason = _reason_against(path, entry)
    if path == MANIFEST and entry.file_size <= LARGEST_FILE and not entry.flag_bits & _ENCRYPTED:
        found.manifest = _text_of(path, entry, archive) or ""
    elif not reason and path in _ENTRIES:
        if not found.entry:
            found.entry, found.entry_path = _text_of(path, entry, archive) or "", path
        reason = "every app here starts the same way; what it does is told to the model"
    elif not reason and len(found.files) >= found.room.files:
        reason = f"an import takes at most {found.room.files} files"
    elif not reason and entry.file_size > found.room.size - found.size:
        reason = f"an import takes at most {round(found.room.size / 2**20)} MB"
    if reason:
        found.skip(path, reason)
        return
    found.size += entry.file_size
    text = _text_of(path, entry, archive)
    if text is None:
        found.skip(path, "it is no text")
    elif text.startswith(_LFS_POINTER):
        found.skip(path, "Git LFS keeps it elsewhere; here is only its pointer")
    elif path.lower() in {other.lower() for other in found.files}:
        found.skip(path, "another file has this name")
    else:
        found.files[safe_path(path)] = text


def _reason_against(path: str, entry: zipfile.ZipInfo) -> str:
    """Why a file is not taken, as far as its name and its entry say it. "" for nothing."""
    *folders, name = path.split("/")
    generated = next((folder for folder in folders if folder in REFUSED_FOLDERS), "")
    reasons = (
        (stat.S_ISLNK(entry.external_attr >> 16), "it is a link"),
        (entry.flag_bits & _ENCRYPTED, "it is encrypted"),
        (generated, f"{generated}/ is generated"),
        (name in _LOCKS or path == MANIFEST, "packages are added as the code imports them"),
        (path in PROTECTED and path not in _ENTRIES, "every app here is set up the same way"),
        (extension_of(name) in _BINARY, "apps hold text files; attach pictures by themselves"),
        (entry.file_size > LARGEST_FILE, f"it is larger than {LARGEST_FILE >> 10} KB"),
    )
    return next((reason for applies, reason in reasons if applies), "") or _reason_of_gate(path)


def _reason_of_gate(path: str) -> str:
    try:
        safe_path(path)
    except UnsafePath as unsafe:
        return "it is a hidden file" if "hidden" in unsafe.message else "its path is none of an app"
    return ""


def _text_of(path: str, entry: zipfile.ZipInfo, archive: zipfile.ZipFile) -> str | None:
    """None for what is no text. An entry never gives more bytes than it claims."""
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise zipfile.BadZipFile(path)
    try:
        text = decode(path, content) if content else ""
    except InvalidInput:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n")


def fit_app(files: dict[str, str]) -> None:
    """Our entry imports src/App, whatever theirs is called."""
    if "src/App.tsx" not in files:
        own = next((path for path in _APP_MODULES if path in files), "")
        if own:
            files["src/App.tsx"] = f'export {{ default }} from "./{own.removeprefix("src/")}";\n'


def fit_page(files: dict[str, str]) -> None:
    """Their page starts our entry."""
    if "index.html" in files:
        files["index.html"] = _ENTRY_SCRIPT.sub('src="/src/main.tsx"', files["index.html"])


def _told(found: Sources) -> str:
    """File by file, for its sender and for the model."""
    lines = [f"- {path}: {why}" for path, why in grouped(found.skipped)[:_MOST_REASONS]]
    parts = ["Its files are the app's files now. Work on from there.", "Not taken:", *lines] if lines else []
    if "createRoot" in found.entry and found.entry.count("\n") > 12:
        parts += ["Its own entry, of which only src/App is kept:", found.entry[:_LONGEST_ENTRY]]
    return "\n".join(parts)


def grouped(skipped: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of a generated folder, one line."""
    shown: dict[tuple[str, str], None] = {}
    for path, why in skipped:
        folder = next((part for part in path.split("/") if part in REFUSED_FOLDERS), "")
        shown[(path[: path.index(folder) + len(folder)] + "/" if folder else path, why)] = None
    return list(shown)


def _nothing(found: Sources) -> str:
    if not found.skipped:
        return "That zip is empty."
    path, why = found.skipped[0]
    return (
        "There is no React project in that zip: nothing under src/ could be taken "
        f"(for example {path[:80]}: {why}). Zip the folder that holds package.json and src/."
    )
