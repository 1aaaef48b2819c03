"""What an upload turns out to be: told by its first bytes, then by its name; read by its kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from overskill.errors import InvalidInput, LimitReached
from overskill.models import AttachmentKind
from overskill.services.figures import size_words

MEGABYTE = 1024 * 1024
LARGEST: dict[AttachmentKind, int] = {
    AttachmentKind.IMAGE: 8 * MEGABYTE,
    AttachmentKind.TEXT: 1 * MEGABYTE,
    AttachmentKind.DATA: 5 * MEGABYTE,
    AttachmentKind.CODE: 20 * MEGABYTE,
}
_WORDS = {
    AttachmentKind.IMAGE: "A picture",
    AttachmentKind.TEXT: "A text",
    AttachmentKind.DATA: "A data file",
    AttachmentKind.CODE: "A zip",
}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OTHER_PICTURES = {"heic", "heif", "avif", "bmp", "tif", "tiff", "ico", "psd"}
_OFFICE = {"xlsx": "CSV", "xlsm": "CSV", "ods": "CSV", "xls": "CSV", "numbers": "CSV"} | {
    "docx": "plain text",
    "doc": "plain text",
    "odt": "plain text",
    "pages": "plain text",
    "pptx": "pictures",
    "key": "pictures",
}
_DATA = {"csv", "tsv", "json", "geojson"}
_UNPLAIN = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in something attached. `content` is kept; `files` are the paths in the app that it becomes."""

    kind: AttachmentKind
    media_type: str
    content: bytes
    note: str  # a sentence for its sender, and the first line of what a model is told
    text: str = ""  # what else a model is told
    files: Sequence[str] = field(default=())


def kind_of(name: str, content: bytes) -> AttachmentKind:
    """Raises InvalidInput for kinds that can't be attached, saying what can."""
    extension = extension_of(name)
    if content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return AttachmentKind.IMAGE
    if extension in _OTHER_PICTURES:
        raise InvalidInput(f"{name} is a kind of picture that browsers share badly. Save it as a PNG or JPEG first.")
    if extension in _OFFICE:
        raise InvalidInput(f"{name} can't be read here. Save it as {_OFFICE[extension]}, then attach that.")
    if content.startswith(b"%PDF"):
        raise InvalidInput(f"{name} is a PDF, which can't be read here. Attach its text, or a picture of the page.")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return AttachmentKind.CODE
    return AttachmentKind.DATA if extension in _DATA else AttachmentKind.TEXT


def check_size(kind: AttachmentKind, size: int) -> None:
    if size == 0:
        raise InvalidInput("That file is empty.")
    if size > LARGEST[kind]:
        most = size_words(LARGEST[kind]).replace(".0 ", " ")
        raise LimitReached(
            f"{_WORDS[kind]} may have at most {most}; this has {size_words(size)}. Attach a smaller one."
        )


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def plain_name(name: str) -> str:
    """What a file of the app may be called after it: `Sales 2026 (final).csv` -> `sales-2026-final`."""
    stem = name.rpartition(".")[0] or name
    return _UNPLAIN.sub("-", stem.lower()).strip("-")[:40].strip("-") or "attached"


def shown_name(name: str) -> str:
    """A file's name as people see it: without folders, on one line, not endless."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    if len(printable) <= LONGEST_NAME:
        return printable or "file"
    extension = extension_of(printable)[:10]
    return f"{printable[: LONGEST_NAME - len(extension) - 2]}….{extension}"
