"""One request, read: its path's names, its JSON, its parts."""

import email
import email.message
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import unquote

import httpx

from overskill.clients.cloudflare.fake.account import FakeAccount

Answer = Callable[[FakeAccount, "Asked"], object]  # the `result`, or a whole response


@dataclass(frozen=True)
class Part:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Asked:
    request: httpx.Request
    names: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return unquote(self.names[name])

    @property
    def bearer(self) -> str:
        return str(self.request.headers.get("authorization", "")).removeprefix("Bearer ")

    @property
    def is_in_session(self) -> bool:
        """Uploads show their session's token instead of the account's."""
        return "/workers/assets/upload" in self.request.url.path

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.request.content)

    @property
    def query(self) -> httpx.QueryParams:
        return self.request.url.params

    def parts(self) -> dict[str, Part]:
        """By name. The official library calls all modules of a script `files`: those go by their file's name."""
        head = b"Content-Type: " + self.request.headers["content-type"].encode() + b"\r\n\r\n"
        message = email.message_from_bytes(head + self.request.content)
        found = {}
        for part in cast("list[email.message.Message]", message.get_payload()):
            name = str(part.get_param("name", header="content-disposition"))
            if name.startswith("files"):
                name = part.get_filename() or name
            content_type = str(part.get("content-type") or part.get_content_type())
            found[name] = Part(name, content_type, cast("bytes", part.get_payload(decode=True)))
        return found


def route(method: str, path: str, answer: Answer) -> tuple[re.Pattern[str], Answer]:
    """`{name}` in the path is one segment of it."""
    escaped = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(f"{method} {path}"))
    return re.compile(escaped), answer
