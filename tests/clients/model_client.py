"""The real model client at a server that plays a script."""

from collections.abc import Iterable, Iterator
from typing import Self

from overskill.clients.model_errors import Endpoint
from overskill.clients.model_memory import ModelMemory
from overskill.clients.models import ChatRequest, ModelFailed, Piece, Text, Used
from overskill.clients.openai_compatible import OpenAICompatible
from tests.model_server import ModelServer, Script, Step, end, text

REQUEST = ChatRequest([{"role": "user", "content": "Hello"}])
TOOL = {"type": "function", "function": {"name": "write_file", "parameters": {"type": "object"}}}
WITH_TOOLS = ChatRequest(REQUEST.messages, tools=(TOOL,))


def never() -> bool:
    return False


def replies(*answers: Iterable[Step]) -> Script:
    """Each request gets the next of these; the last one again and again."""
    prepared = [list(answer) for answer in answers]
    return lambda asked: prepared[min(asked.number, len(prepared) - 1)]


def hello() -> Iterator[Step]:
    yield from text("Hello!")
    yield from end()


class Client:
    """The real client, at a server that plays `script`."""

    def __init__(self, script: Script, memory: ModelMemory | None = None, **options: object) -> None:
        self.server = ModelServer(script)
        self.slept: list[float] = []
        endpoint = Endpoint(self.server.url, "scripted")
        options = {"memory": memory or ModelMemory(), "sleep": self.slept.append} | options
        self.model = OpenAICompatible(endpoint, "secret", **options)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__(None, None, None)

    def ask(self, request: ChatRequest = REQUEST) -> list[Piece]:
        return list(self.model.stream(request, never))

    def fail(self, request: ChatRequest = REQUEST) -> tuple[list[Piece], ModelFailed]:
        """What came, and the failure that ended it."""
        pieces: list[Piece] = []
        try:
            for piece in self.model.stream(request, never):
                pieces.append(piece)  # noqa: PERF402  # extend would lose what came before the failure
        except ModelFailed as error:
            return pieces, error
        raise AssertionError("The model answered.")


def words(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Text))


def used(pieces: Iterable[Piece]) -> Used:
    (piece,) = [piece for piece in pieces if isinstance(piece, Used)]
    return piece
