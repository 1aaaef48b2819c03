"""The files of one app, to look at: the tree, and one file at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

import reflex as rx

from overskill.services.studio import EditorView, FileEntry, read_file
from overskill.state.address import app_in_address
from overskill.state.base import assign, in_thread
from overskill.state.figures import size_words
from overskill.state.session import require_user

FIRST_FILE = "src/App.tsx"


@dataclass(frozen=True)
class TreeRow:
    """A folder (no path) or a file, in the order of the tree."""

    name: str
    path: str
    depth: int
    size: str


class CodeState(rx.State):
    tree: list[TreeRow] = []
    path: str = ""
    code: str = ""

    @rx.event
    async def open_file(self, path: str) -> None:
        user = await require_user(self)
        code = await in_thread(read_file, user.id, app_in_address(self), path)
        self.path, self.code = path, code

    @rx.event
    async def open_first(self) -> None:
        """Something to read at the first visit; afterwards the file that was open."""
        paths = [row.path for row in self.tree if row.path]
        if self.path not in paths and paths:
            path = FIRST_FILE if FIRST_FILE in paths else paths[0]
            user = await require_user(self)
            self.code = await in_thread(read_file, user.id, app_in_address(self), path)
            self.path = path


def show_files_of(code: CodeState, view: EditorView) -> None:
    """The tree, and what became of the open file."""
    paths = {entry.path for entry in view.files}
    assign(code, tree=tree_of(view.files))
    if code.path in paths:
        assign(code, code=view.open_content)
    else:
        assign(code, path="", code="")


def tree_of(files: Iterable[FileEntry]) -> list[TreeRow]:
    """Folders before files, each by name."""
    rows: list[TreeRow] = []
    seen: tuple[str, ...] = ()
    for entry in sorted(files, key=lambda entry: _tree_order(entry.path)):
        *folders, name = entry.path.split("/")
        for depth, folder in enumerate(folders):
            if tuple(folders[: depth + 1]) != seen[: depth + 1]:
                rows.append(TreeRow(folder, "", depth, ""))
        seen = tuple(folders)
        rows.append(TreeRow(name, entry.path, len(folders), size_words(entry.size)))
    return rows


def _tree_order(path: str) -> list[tuple[bool, str]]:
    *folders, name = path.split("/")
    return [*((False, folder.lower()) for folder in folders), (True, name.lower())]
