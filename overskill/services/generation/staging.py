"""The files of a turn while it is being written: every event is checked here and then counts, or is refused."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping

from overskill.services.generation.edits import EditError, apply_edit
from overskill.services.generation.events import Event, Kind
from overskill.services.generation.paths import UnsafePath, clash, safe_path
from overskill.starter import PROTECTED

MOST_FILES = 400
LARGEST_FILE = 512 * 1024
LARGEST_APP = 8 * 1024 * 1024
ESSENTIAL_FILES = PROTECTED | {"index.html", "package.json", "src/App.tsx"}
_PACKAGE = re.compile(r"(?P<name>(@[a-z0-9][\w.-]*/)?[a-z0-9][\w.-]*)(@(?P<version>[\w.^~<>=*+-]+))?", re.ASCII)
_LONGEST_PACKAGE = 214


class EditRefused(Exception):
    """An event that changes nothing. `reason` is worded for the author, who may try again."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Staging(Mapping[str, str]):
    """Complete files by path. A file that is still being written is seen as it was before.

    What is `locked` stays as it is, whoever wants to change it.
    """

    def __init__(self, files: Mapping[str, str], locked: Collection[str] = ()) -> None:
        self.locked = frozenset(locked)
        self._start = dict(files)
        self._files = dict(files)
        self._drafts: dict[str, int] = {}  # path -> bytes so far
        self._bytes = sum(_size(content) for content in files.values())
        self._handlers: dict[Kind, Callable[[Event], None]] = {
            Kind.OPEN: self._open,
            Kind.DELTA: self._extend,
            Kind.CLOSE: self._close,
            Kind.BAD: self._discard,
            Kind.EDIT: self._edit,
            Kind.DELETE: self._delete,
            Kind.RENAME: self._rename,
            Kind.PACKAGES: self._change_packages,
        }

    def __getitem__(self, path: str) -> str:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Paths that were opened and not closed yet."""
        return tuple(self._drafts)

    def changes(self) -> dict[str, str | None]:
        """What differs from the start of the turn: path -> its content, or None where it is gone."""
        changed: dict[str, str | None] = {
            path: content for path, content in self._files.items() if self._start.get(path) != content
        }
        return changed | {path: None for path in self._start if path not in self._files}

    def apply(self, event: Event) -> None:
        """Take one event. Raises EditRefused, having changed nothing complete."""
        handler = self._handlers.get(event.kind)
        if handler is None:
            return  # plan, name, prose, usage: nothing about files
        try:
            handler(event)
        except UnsafePath as error:
            raise EditRefused(error.message) from error

    def _open(self, event: Event) -> None:
        path = safe_path(event.path)
        self._check_place(path)
        self._drafts[path] = 0

    def _extend(self, event: Event) -> None:
        path = safe_path(event.path)
        if path not in self._drafts:
            raise EditRefused(f"{path} is not open.")
        self._drafts[path] += _size(event.text)
        if self._drafts[path] > LARGEST_FILE:
            del self._drafts[path]
            raise EditRefused(_too_large(path))

    def _close(self, event: Event) -> None:
        path = safe_path(event.path)
        self._drafts.pop(path, None)
        self._check_place(path)
        self._put(path, event.text)

    def _discard(self, event: Event) -> None:
        self._drafts.pop(event.path.removeprefix("./"), None)

    def _edit(self, event: Event) -> None:
        path = safe_path(event.path)
        content = self._existing(path)
        self._check_place(path)
        try:
            edited = apply_edit(content, str(event.data["search"]), str(event.data["replace"]))
        except EditError as error:
            raise EditRefused(f"{path}: {error}") from error
        self._put(path, edited)

    def _delete(self, event: Event) -> None:
        path = safe_path(event.path)
        self._existing(path)
        self._check_may_go(path)
        self._bytes -= _size(self._files.pop(path))

    def _rename(self, event: Event) -> None:
        path, target = safe_path(event.path), safe_path(str(event.data["to"]))
        content = self._existing(path)
        self._check_may_go(path)
        if target in self._files:
            raise EditRefused(f"{target} already exists. Delete it first, or choose another name for {path}.")
        del self._files[path]
        try:
            self._check_place(target)
        except EditRefused:
            self._files[path] = content
            raise
        self._files[target] = content

    def _change_packages(self, event: Event) -> None:
        """Keep package.json's dependencies equal to what the app imports."""
        added = dict(_package(str(spec)) for spec in event.data.get("add", ()))
        removed = {_package(str(spec))[0] for spec in event.data.get("remove", ())}
        try:
            manifest = json.loads(self._files.get("package.json", "{}"))
            dependencies = manifest.setdefault("dependencies", {})
            before = dict(dependencies)
        except (ValueError, AttributeError, TypeError, RecursionError) as error:
            raise EditRefused("package.json is not valid JSON. Write it again, then add the packages.") from error
        for name, version in added.items():
            dependencies[name] = version if version != "*" else dependencies.get(name, "*")
        for name in removed:
            dependencies.pop(name, None)
        if dependencies != before:
            self._check_lock("package.json")
            manifest["dependencies"] = dict(sorted(dependencies.items()))
            self._put("package.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")

    def _existing(self, path: str) -> str:
        if path not in self._files:
            raise EditRefused(f"There is no file {path}.{_similar(path, self._files)}")
        return self._files[path]

    def _check_place(self, path: str) -> None:
        if path in PROTECTED:
            raise EditRefused(f"{path} starts every app the same way and can't be changed. Begin in src/App.tsx.")
        self._check_lock(path)
        if path in self._files:
            return
        if len(self._files) >= MOST_FILES:
            raise EditRefused(f"An app holds at most {MOST_FILES} files. Put {path}'s content in one that exists.")
        if reason := clash(path, self._files):
            raise EditRefused(reason)

    def _check_may_go(self, path: str) -> None:
        if path in ESSENTIAL_FILES:
            raise EditRefused(f"{path} is needed for the app to start. Change it instead.")
        self._check_lock(path)

    def _check_lock(self, path: str) -> None:
        if path in self.locked:
            raise EditRefused(f"{path} is locked: its owner wants it to stay as it is. Do without changing it.")

    def _put(self, path: str, content: str) -> None:
        size = _size(content)
        total = self._bytes - _size(self._files.get(path, "")) + size
        if size > LARGEST_FILE:
            raise EditRefused(_too_large(path))
        if total > LARGEST_APP:
            raise EditRefused(
                f"With {path} the app would be larger than {LARGEST_APP >> 20} MB. Keep data out of code."
            )
        if "\0" in content:
            raise EditRefused(f"{path} holds a null character, so it is no text. Write it without.")
        self._files[path] = content
        self._bytes = total


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _too_large(path: str) -> str:
    return f"{path} is larger than {LARGEST_FILE >> 10} KB. Split it into several files."


def _similar(path: str, files: Mapping[str, str]) -> str:
    name = path.rsplit("/", 1)[-1].lower()
    matches = [other for other in files if other.rsplit("/", 1)[-1].lower() == name]
    return f" Did you mean {matches[0]}?" if matches else ""


def _package(spec: str) -> tuple[str, str]:
    match = _PACKAGE.fullmatch(spec.strip())
    if not match or len(spec) > _LONGEST_PACKAGE:
        raise EditRefused(f"{spec[:80]!r} is not the name of an npm package.")
    return match["name"], match["version"] or "*"
