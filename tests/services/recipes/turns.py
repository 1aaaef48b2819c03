"""A chat with the recipes, without the product around it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from overskill.services.generation.events import Event, Kind, Turn
from overskill.services.generation.recipes import RecipeAuthor
from overskill.starter import starter_files


@dataclass
class Chat:
    """Applies events as the pipeline does, and checks that the stream is well formed."""

    files: dict[str, str] = field(default_factory=starter_files)
    name: str = ""
    is_first: bool = True

    def say(self, prompt: str, should_stop: Callable[[], bool] = lambda: False) -> list[Event]:
        turn = Turn(
            prompt=prompt, app_name=self.name, files=self.files, is_first=self.is_first, should_stop=should_stop
        )
        events = []
        for event in RecipeAuthor().write(turn):
            events.append(event)
            self._take(event)
        self.is_first = False
        return events

    def _take(self, event: Event) -> None:
        match event.kind:
            case Kind.NAME:
                assert 0 < len(event.text.strip()) <= 40
                self.name = event.text
            case Kind.CLOSE:
                self.files[event.path] = event.text
            case Kind.EDIT:
                search, replace = event.data["search"], event.data["replace"]
                assert self.files[event.path].count(search) == 1, f"{event.path}: {search!r}"
                self.files[event.path] = self.files[event.path].replace(search, replace)
            case Kind.DELETE:
                del self.files[event.path]


def prose(events: list[Event]) -> str:
    return "\n".join(event.text for event in events if event.kind is Kind.PROSE)


def touched(events: list[Event]) -> set[str]:
    changing = {Kind.OPEN, Kind.DELTA, Kind.CLOSE, Kind.EDIT, Kind.DELETE, Kind.RENAME}
    return {event.path for event in events if event.kind in changing}


def started(prompt: str) -> Chat:
    chat = Chat()
    chat.say(prompt)
    return chat


def beyond_starter(files: dict[str, str]) -> dict[str, str]:
    starter = starter_files()
    return {path: text for path, text in files.items() if starter.get(path) != text}
