"""Pictures in a request. Messages name them shortly, so that nobody measures or keeps megabytes of base64;
what they stand for is put in when the request goes out, and only to a model that sees."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

UNSEEN = "[{name} is a picture, and you can't see pictures. Say so if you would need to.]"
# A red square: some models that do see refuse a picture of only a few pixels.
_PROBE_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKElEQVR42u3NQQ0AAAgEoNP+nTWFDzcoQE1udQQCgUAgEAgEAsGTYAGjxAE/"
    "G/Q2tQAAAABJRU5ErkJggg=="
)
_PROBE_NAME = "picture:probe"
_NUMBER = re.compile(r"^picture:(\d+:)?")  # what tells two pictures of one name apart
_DATA_URL = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=]+")
_A_PICTURE = "." * 4_000

Message = Mapping[str, Any]


def picture_part(name: str) -> dict[str, Any]:
    """What stands in a message's content for the picture of that name in ChatRequest.pictures."""
    return {"type": "image_url", "image_url": {"url": name}}


def data_url(content: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def with_pictures(messages: Sequence[Message], pictures: Mapping[str, str], *, are_seen: bool) -> list[Message]:
    """The messages with each picture in its place, or with the words that it can't be seen."""
    if not pictures:
        return list(messages)
    return [_with_pictures(message, pictures, are_seen=are_seen) for message in messages]


def _with_pictures(message: Message, pictures: Mapping[str, str], *, are_seen: bool) -> Message:
    parts = message.get("content")
    if not isinstance(parts, list):
        return message
    shown = [_part(part, pictures, are_seen=are_seen) for part in parts]
    if not are_seen:  # some servers that see nothing take no list of parts either
        return {**message, "content": "\n\n".join(part["text"] for part in shown)}
    return {**message, "content": shown}


def _part(part: Mapping[str, Any], pictures: Mapping[str, str], *, are_seen: bool) -> Mapping[str, Any]:
    name = part.get("image_url", {}).get("url", "")
    if name not in pictures:
        return part
    if not are_seen:
        return {"type": "text", "text": UNSEEN.format(name=_NUMBER.sub("", name))}
    return picture_part(pictures[name])


def picture_probe() -> tuple[Sequence[Message], Mapping[str, str]]:
    """Messages and pictures of a request that only a model that sees can take."""
    parts = [{"type": "text", "text": "Which colour is this? Answer with one word."}, picture_part(_PROBE_NAME)]
    return [{"role": "user", "content": parts}], {_PROBE_NAME: f"data:image/png;base64,{_PROBE_PNG}"}


def text_length(sent: object) -> int:
    """The characters of what is sent. Of a picture only those that a model reads for one, about a thousand tokens."""
    return len(_DATA_URL.sub(_A_PICTURE, json.dumps(sent, ensure_ascii=False)))
