"""What was sent along with a turn, as its author reads it and as the app gets it."""

import re
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from overskill.clients.model_pictures import data_url, picture_part
from overskill.clients.models import Message
from overskill.clients.objects import ObjectStore
from overskill.models import Attachment, AttachmentKind, Generation
from overskill.services.attachments.sending import attachments_for
from overskill.services.attachments.stored import files_in
from overskill.services.generation.events import Enclosure, Turn
from overskill.services.generation.fence import Fence
from overskill.services.generation.prompts import prompt

PICTURES_FOLDER = "src/assets/"
_CHARACTERS = 60_000  # of all that was sent along with one message
_MUCH_DATA = 2_000  # characters
_LEAST_SHARE = 400  # characters
_CUT = "\n[cut here: {left} more characters]"


def enclosures_for(session: Session, generation: Generation, objects: ObjectStore) -> tuple[Enclosure, ...]:
    """Raises NotFound when the bytes of something are gone."""
    return tuple(_enclosure(row, objects) for row in attachments_for(session, generation))


def _enclosure(row: Attachment, objects: ObjectStore) -> Enclosure:
    return Enclosure(
        name=row.name,
        kind=row.kind.value,
        text=row.text,
        media_type=row.media_type,
        content=objects.get(row.object_key) if row.kind is AttachmentKind.IMAGE else b"",
        files=tuple(row.files),
    )


def files_for(session: Session, generation: Generation, objects: ObjectStore) -> dict[str, str]:
    """The files that a turn begins with because of what was sent along: path -> content."""
    files: dict[str, str] = {}
    for row in attachments_for(session, generation):
        files |= files_in(row, objects)
    return files


def unused_pictures(files: Mapping[str, str], enclosures: Sequence[Enclosure]) -> list[str]:
    """The attached pictures that no file of the app mentions: they were to be looked at, not to be shown.

    Ask once a turn is written, and delete them before it is saved.
    """
    offered = [path for enclosure in enclosures for path in enclosure.files if path.startswith(PICTURES_FOLDER)]
    return [path for path in offered if path in files and not _is_mentioned(path, files)]


def _is_mentioned(path: str, files: Mapping[str, str]) -> bool:
    name = path.rpartition("/")[2]
    stem = re.escape(name.rpartition(".")[0])
    mention = re.compile(rf"assets/{stem}\b")
    return any(mention.search(content) for other, content in files.items() if not other.startswith(PICTURES_FOLDER))


def is_material(path: str, content: str) -> bool:
    """Whether a file of the app holds a picture or much data: nothing for a model to read as code."""
    if path.startswith(PICTURES_FOLDER):
        return path.endswith(".ts") and "data:image/" in content[:400]
    return path.startswith("src/data/") and path.endswith((".json", ".csv")) and len(content) > _MUCH_DATA


def enclosure_words(turn: Turn, *, characters: int = _CHARACTERS) -> str:
    """What was sent along, for a model to read: data, between marks that no text of it holds. "" for nothing."""
    if not turn.enclosures:
        return ""
    texts = _fitted([enclosure.text for enclosure in turn.enclosures], characters)
    fence = Fence(turn.prompt, *(enclosure.name for enclosure in turn.enclosures), *texts)
    parts = [
        fence.around(f"attached {enclosure.kind}", f"{enclosure.name}\n{text}")
        for enclosure, text in zip(turn.enclosures, texts, strict=True)
    ]
    files = _file_words(turn.enclosures)
    return prompt("enclosures", mark=fence.mark, enclosures="\n\n".join(parts), files=files).strip()


def _file_words(enclosures: Sequence[Enclosure]) -> str:
    """How the app uses what of it is in the app. These words are ours, the paths have passed the gate."""
    lines = [_import_words(path) for found in enclosures if found.kind != "code" for path in found.files]
    return "\n".join(lines)


def _import_words(path: str) -> str:
    place = path.removeprefix("src/").removesuffix(".ts")
    if path.startswith(PICTURES_FOLDER):
        return (
            f'- `{path}` holds a picture. Only if the app is to show it: `import picture from "@/{place}";` gives the '
            "`src` of a `<Picture>`. Don't read or rewrite that file."
        )
    if path.endswith(".csv"):
        return f'- `{path}` holds the whole table: `import text from "@/{place}?raw";` gives it as one string.'
    return f'- `{path}` holds all of the data: `import data from "@/{place}";`. Don\'t copy its content into code.'


def _fitted(texts: Sequence[str], characters: int) -> list[str]:
    """The texts, the longest cut first, so that together they have no more characters than that."""
    left = characters
    fitted = dict.fromkeys(range(len(texts)), "")
    for number, place in enumerate(sorted(fitted, key=lambda place: len(texts[place]))):
        share = max(_LEAST_SHARE, left // (len(texts) - number))
        text = texts[place]
        fitted[place] = text if len(text) <= share else text[:share] + _CUT.format(left=f"{len(text) - share:,}")
        left -= min(len(text), share)
    return [fitted[place] for place in range(len(texts))]


def pictures_in(turn: Turn) -> dict[str, str]:
    """The pictures that were sent along, by the name that messages have for them. A repair needs none."""
    if turn.feedback:
        return {}  # the same turn saw them when it was written
    return {
        f"picture:{number}:{enclosure.name}": data_url(enclosure.content, enclosure.media_type)
        for number, enclosure in enumerate(turn.enclosures, start=1)
        if enclosure.content
    }


def with_picture_parts(messages: Sequence[Message], turn: Turn) -> list[Message]:
    """The messages, the last of them with a part for each picture: ChatRequest.pictures says what they stand for."""
    pictures = pictures_in(turn)
    if not pictures or not messages:
        return list(messages)
    *before, request = messages
    parts = [{"type": "text", "text": request["content"]}, *(picture_part(name) for name in pictures)]
    return [*before, {**request, "content": parts}]
