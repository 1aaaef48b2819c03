"""Turns with the real client at a server that plays a script."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import OneModel
from overskill.clients.openai_compatible import OpenAICompatible
from overskill.services.generation.events import Author, Terms
from overskill.services.generation.model_author import ModelAuthor
from tests.model_scenarios import is_probe, is_thinking
from tests.model_server import Asked, Cut, Script, Step, call, end, text

KEY = "sk-or-v1-0123456789abcdef0123456789abcdef"
Answer = Callable[[Asked], Iterator[Step]]


@dataclass
class LiveAuthors:
    url: str
    tools: str
    silence: float = 60.0

    def author_for(self, session: Session, team_id: UUID, user_id: UUID) -> Author:
        endpoint = Endpoint(self.url, "scripted")
        model = OpenAICompatible(
            endpoint,
            KEY,
            memory=ModelMemory(),
            tools=self.tools,  # type: ignore[arg-type]
            silence=self.silence,
            sleep=lambda _: None,
        )
        return ModelAuthor(OneModel(model))

    def terms_for(self, session: Session, team_id: UUID, user_id: UUID) -> Terms:
        return Terms("model")


def answers(*scripts: Answer) -> Script:
    """One after the other; asking whether it calls tools and for a brief does not count."""
    left = iter(scripts)

    def answer(asked: Asked) -> Iterator[Step]:
        if is_probe(asked):
            yield from call(0, "ready", word="yes")
            yield from end("tool_calls")
        elif is_thinking(asked):
            yield from text("{}")
            yield from end()
        else:
            yield from next(left)(asked)

    return answer


def writes(*files: tuple[str, str], is_cut: bool = False, says: str = "") -> Answer:
    def answer(asked: Asked) -> Iterator[Step]:
        yield from text(says)
        if asked.body.get("tools"):
            steps = [
                step
                for index, (path, content) in enumerate(files)
                for step in call(index, "write_file", f"c{asked.number}-{index}", path=path, content=content)
            ]
            ending = end("tool_calls")
        else:
            said = "".join(f'<os-write path="{path}">\n{content}</os-write>\n' for path, content in files)
            steps, ending = list(text(said)), end()
        if is_cut:
            yield from steps[:-10]
            yield Cut(abrupt=True)
        else:
            yield from steps
            yield from ending

    return answer


def over(asked: Asked) -> Iterator[Step]:
    yield from text("It counts now.")
    yield from end()
