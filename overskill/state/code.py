"""The files of one app, to look at: the tree, and one file at a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import reflex as rx

from overskill.db import in_thread
from overskill.services.studio import EditorView, read_file
from overskill.state.address import app_in_address
from overskill.state.base import assign
from overskill.state.session import require_user

FIRST_FILE = "src/App.tsx"
CLOSED_AT_FIRST = ("src/components/ui", "src/lib")  # the same in every app


@dataclass(frozen=True)
class TreeRow:
    """A folder or a file, in the order of the tree."""

    name: str
    path: str
    depth: int
    is_folder: bool
    is_open: bool


class CodeState(rx.State):
    tree: list[TreeRow] = []
    path: str = ""
    code: str = ""
    _paths: list[str] = []
    closed: list[str] = list(CLOSED_AT_FIRST)

    @rx.event
    async def toggle_folder(self, folder: str) -> None:
        others = [each for each in self.closed if each != folder]
        self.closed = others if folder in self.closed else [*others, folder]
        self.tree = tree_of(self._paths, self.closed)

    @rx.event
    async def open_file(self, file: str) -> None:
        await _open(self, file)

    @rx.event
    async def open_first(self) -> None:
        """Something to read at the first visit; afterwards the file that was open."""
        if self.path not in self._paths and self._paths:
            await _open(self, FIRST_FILE if FIRST_FILE in self._paths else self._paths[0])


async def _open(state: CodeState, path: str) -> None:
    user = await require_user(state)
    code = await in_thread(read_file, user.id, app_in_address(state), path)
    state.path, state.code = path, code


def show_files_of(code: CodeState, view: EditorView) -> None:
    """The tree, and what became of the open file."""
    assign(code, _paths=list(view.paths))
    assign(code, tree=tree_of(view.paths, code.closed))
    if code.path not in view.paths:
        assign(code, path="", code="")
    elif code.path == view.open_path:  # else another one was opened while this was read
        assign(code, code=view.open_content)


def tree_of(paths: Iterable[str], closed: Collection[str]) -> list[TreeRow]:
    """Folders before files, each by name; what lies in a closed folder is left out."""
    rows: list[TreeRow] = []
    seen: set[str] = set()
    for path in sorted(paths, key=_tree_order):
        *names, name = path.split("/")
        folders = ["/".join(names[: depth + 1]) for depth in range(len(names))]
        hidden_from = next((depth for depth, folder in enumerate(folders) if folder in closed), len(folders))
        for depth, folder in enumerate(folders[: hidden_from + 1]):
            if folder not in seen:
                seen.add(folder)
                rows.append(TreeRow(names[depth], folder, depth, is_folder=True, is_open=folder not in closed))
        if hidden_from == len(folders):
            rows.append(TreeRow(name, path, len(folders), is_folder=False, is_open=False))
    return rows


def _tree_order(path: str) -> list[tuple[bool, str]]:
    *folders, name = path.split("/")
    return [*((False, folder.lower()) for folder in folders), (True, name.lower())]
