"""Texts people attach: whatever they are encoded in, without what can't be seen in them."""

import codecs
import unicodedata

from overskill.errors import InvalidInput
from overskill.models import AttachmentKind
from overskill.services.attachments.reading import Reading, extension_of, plain_name
from overskill.services.figures import count_words

LONGEST_FOR_A_MODEL = 24_000  # characters
_LARGEST_SVG = 100 * 1024
_MARKS = (  # longer ones first: that of UTF-32 begins as that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KEPT_CONTROLS = "\n\t"
_JOINERS = "\u200c\u200d"  # families of emoji and Persian words are made with them
_MOST_CONTROLS = 0.02  # of its characters: what has more is no text


def read_text(name: str, content: bytes) -> Reading:
    """Raises InvalidInput for what is no text."""
    text = clean(decode(name, content))
    if not text.strip():
        raise InvalidInput(f"{name} has no text in it.")
    note = f"A text of {count_words(text.count(chr(10)) + 1, 'line')}."
    files: list[str] = []
    if extension_of(name) == "svg" and len(content) <= _LARGEST_SVG and "<svg" in text:
        note = "A drawing (SVG)."
        files = [f"src/assets/{plain_name(name)}.svg"]
    return Reading(AttachmentKind.TEXT, "text/plain", text.encode(), note, clipped(text), files)


def decode(name: str, content: bytes) -> str:
    """Raises InvalidInput for what is no text in any encoding people use."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(name, content, encoding)
    if (wide := _encoding_without_mark(content)) is not None:
        return _decode(name, content, wide)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _decode(name, content, "cp1252")


def _encoding_without_mark(content: bytes) -> str | None:
    """UTF-16 of western text has a zero in every second byte."""
    sample = content[:2_000]
    if len(sample) < 4 or len(content) % 2:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > half * 0.7 else None


def _decode(name: str, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    controls = sum(1 for character in text[:20_000] if _is_control(character))
    if not text or controls > len(text[:20_000]) * _MOST_CONTROLS:
        raise InvalidInput(
            f"{name} is not a kind of file that can be attached. Attach a picture, a text, CSV, JSON, or a project as "
            "a zip."
        )
    return text


def clean(text: str) -> str:
    """Without control characters and invisible ones, in which orders to a model could hide."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return "".join(character for character in text if not _is_control(character))


def _is_control(character: str) -> bool:
    if character in _KEPT_CONTROLS or character in _JOINERS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")


def clipped(text: str, most: int = LONGEST_FOR_A_MODEL) -> str:
    """The text as far as a model is given it, with a note about the rest."""
    if len(text) <= most:
        return text
    return f"{text[:most]}\n[cut here: the text goes on for {len(text) - most:,} more characters]"
