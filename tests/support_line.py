"""A line between a browser and a web process, which can fail in the ways that lines do."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Self

_PIECE = 65_536


@dataclass
class Line:
    port: int  # where the browser connects
    to: int
    carries_questions: bool = True  # False: what the browser says is lost, and it does not know
    carries_answers: bool = True
    cuts: int = 0
    _near: set[asyncio.StreamWriter] = field(default_factory=set)  # to the browser
    _far: set[asyncio.StreamWriter] = field(default_factory=set)  # to the web process
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """Every connection is gone, both ends know, and the next ones work."""
        self.cuts += 1
        self.carries_questions = self.carries_answers = True
        for end in (*self._near, *self._far):
            end.transport.abort()

    def forget_browser(self) -> None:
        """The web process sees all connections end; the browser, which sleeps, does not."""
        self.carries_questions = self.carries_answers = False
        for end in self._far:
            end.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        self._near.add(near)
        try:
            answers, far = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:  # the web process is away
            near.transport.abort()
            return
        self._far.add(far)
        await asyncio.gather(self._carry(reader, far, is_question=True), self._carry(answers, near, is_question=False))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, is_question: bool) -> None:
        with contextlib.suppress(OSError):  # it was cut
            while piece := await source.read(_PIECE):
                if self.carries_questions if is_question else self.carries_answers:
                    target.write(piece)
                    await target.drain()
        if self.carries_answers:
            target.close()
