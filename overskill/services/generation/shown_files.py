"""The app's files that come with a request: all of them while it is small, else those the request is about."""

from collections.abc import Iterable, Mapping, Sequence

from overskill.services.generation.code_map import Detail, changes, own_files
from overskill.services.generation.enclosures import is_material
from overskill.services.generation.events import Turn
from overskill.services.generation.measures import cut, weight
from overskill.services.generation.outline import outline
from overskill.services.generation.past import Story
from overskill.services.generation.relevance import AS_GOOD_AS_NEEDED, import_graph, scores

MOST_SHOWN = 100_000  # bytes: a small app is shown as a whole
MOST_CHOSEN = 40_000  # bytes of a large app that are shown because they may be needed: more can be read
_FLOOR = 0.2  # of the best score: what is below is not shown, even if there is room
_HIGHEST = 15.0  # that counts as the best, so that a file that is named does not push out all others
_SHARE_OF_OUTLINES = 0.2  # of what is left beside the whole files
_TAGS = len('<file path="">\n\n</file>\n\n')
_OUTLINED = (".ts", ".tsx", ".js", ".jsx")
_CHANGED = "Changed since the map, and not shown:"
_LOCKED = "Locked by the owner, to be left as they are (a change of one is refused):"
_OUTLINES = "Of these only the exports are shown. Read one before you change it."


def shown_files(turn: Turn, told: Story, room: int) -> str:
    """In at most so many bytes; what is left out is said to be."""
    own = own_files(turn.files)
    readable = {path: content for path, content in own.items() if not is_material(path, content)}
    most = min(room, MOST_SHOWN) - 600  # what is said about the rest
    whole, outlined = readable, dict[str, str]()
    if sum(_weight(path, content) for path, content in readable.items()) > most:
        whole, outlined = _chosen(turn, readable, most)
    parts = ["# Files of the app as they are now", *_files(whole), *_outlines(outlined)]
    shown = whole.keys() | outlined.keys()
    parts += _changed(turn.files, told, shown, room // 10)
    if hidden := len(own) - len(shown):
        parts.append(_hidden_words(hidden, told.detail))
    elif not own:
        parts = ["The app is the starter so far."]
    return _fitted([*parts, *_locked(turn, room // 10)], room)


def _weight(path: str, content: str) -> int:
    return weight(content) + weight(path) + _TAGS


def _chosen(turn: Turn, readable: Mapping[str, str], most: int) -> tuple[dict[str, str], dict[str, str]]:
    """What is shown whole, and what as an outline: what did not fit, and what the whole files import."""
    found = {path: score for path, score in scores(turn).items() if path in readable}
    best = min(_HIGHEST, max((score for score in found.values() if score < AS_GOOD_AS_NEEDED), default=0.0))
    ranked = sorted(
        (path for path in found if found[path] >= _FLOOR * best),
        key=lambda path: (-found[path], len(readable[path]), path),
    )
    whole: dict[str, str] = {}
    wanted: list[str] = []  # as outlines
    used = 0
    for path in ranked:
        size = _weight(path, readable[path])
        if used + size <= (most if found[path] >= AS_GOOD_AS_NEEDED else min(most, MOST_CHOSEN)):
            whole[path] = readable[path]
            used += size
        else:
            wanted.append(path)
    graph = import_graph(readable)
    wanted += [other for path in whole for other in graph.get(path, ()) if other in readable and other not in whole]
    return whole, _outlined(readable, dict.fromkeys(wanted), int((most - used) * _SHARE_OF_OUTLINES))


def _outlined(readable: Mapping[str, str], wanted: Iterable[str], room: int) -> dict[str, str]:
    outlined: dict[str, str] = {}
    for path in wanted:
        shown = outline(readable[path]) if path.endswith(_OUTLINED) else ""
        size = _weight(path, shown) + len("outlineoutline")
        if shown and size <= room and len(shown) < len(readable[path]):
            outlined[path] = shown
            room -= size
    return outlined


def _files(whole: Mapping[str, str]) -> list[str]:
    return [f'<file path="{path}">\n{whole[path]}\n</file>' for path in sorted(whole)]


def _outlines(outlined: Mapping[str, str]) -> list[str]:
    shown = [f'<outline path="{path}">\n{outlined[path]}\n</outline>' for path in sorted(outlined)]
    return [_OUTLINES, *shown] if shown else []


def _changed(files: Mapping[str, str], told: Story, shown: Iterable[str], room: int) -> list[str]:
    """What differs from what the stable part says, because this turn has changed it already."""
    paths = {path for path in files.keys() | told.files.keys() if files.get(path) != told.files.get(path)}
    lines = changes(told.files, files, paths - set(shown), told.detail)
    return [cut("\n".join([_CHANGED, *lines]), room)] if lines else []


def _locked(turn: Turn, room: int) -> list[str]:
    return [cut("\n".join([_LOCKED, *sorted(turn.locked)]), room)] if turn.locked else []


def _hidden_words(hidden: int, detail: Detail) -> str:
    files = "1 more file is" if hidden == 1 else f"{hidden} more files are"
    where = "but in the map above" if detail < Detail.FOLDERS else "nor listed above: list them first"
    return f"{files} not shown here, {where}. Search for what you need, and read a file before you change it."


def _fitted(parts: Sequence[str], room: int) -> str:
    """The parts that have room, the last first: they say what is missing."""
    words = "\n\n".join(parts)
    return words if weight(words) <= room else cut(parts[-1], room)
