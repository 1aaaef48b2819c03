"""Pictures people attach: drawn anew within bounds, so that nothing of the upload stays, neither its tricks nor where
it was taken; and made small enough to be part of an app, whose files are text."""

import base64
import io
import json
import threading

from PIL import Image, ImageOps, UnidentifiedImageError

from overskill.errors import InvalidInput

LONGEST_SIDE = 1568  # pixels: models that see shrink what is larger
LARGEST_IN_APP = 100 * 1024
_MOST_PIXELS = 50_000_000
_LARGEST_PNG = 1024 * 1024  # of a drawing; what is larger as that is a photograph
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_SIDES_IN_APP = (1200, 800, 500, 250)
_THUMBNAIL_SIDE = 160
_turn = threading.Lock()  # a few kilobytes may be fifty million pixels, so one is drawn after the other
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError)


def redraw(content: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture as it is kept, its media type, and its size in pixels. Raises InvalidInput."""
    drawn, may_stay_sharp = _decode(content)
    if may_stay_sharp:
        sharp = _encoded(drawn, "PNG", optimize=True)
        if len(sharp) <= _LARGEST_PNG:
            return sharp, "image/png", drawn.size
    return _encoded(_on_white(drawn), "JPEG", quality=88, optimize=True), "image/jpeg", drawn.size


def thumbnail(content: bytes) -> bytes:
    """A WebP to recognize a kept picture by."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        picture.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
        return _encoded(picture, "WEBP", quality=80)


def picture_module(content: bytes, name: str) -> str:
    """A kept picture as a module of the app, whose default export is a data URL."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        small = _small_enough(picture)
    url = f"data:image/webp;base64,{base64.b64encode(small).decode()}"
    return (
        f"// The picture {json.dumps(name)}, small enough to be part of the code.\nexport default {json.dumps(url)};\n"
    )


def _small_enough(picture: Image.Image) -> bytes:
    small = b""
    for side in _SIDES_IN_APP:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        small = _encoded(picture, "WEBP", quality=80, method=2)
        if len(small) <= LARGEST_IN_APP:
            break
    return small


def _decode(content: bytes) -> tuple[Image.Image, bool]:
    """The picture as `_small` makes it, in RGB or RGBA, and whether it was drawn rather than photographed."""
    try:
        with _turn, Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise InvalidInput("That picture has more than 50 million pixels. Make it smaller and attach it again.")
            if min(picture.size) < 2:
                raise InvalidInput("That picture is too small to show anything.")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than it is needed
            picture.load()
            see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            return _small(picture, "RGBA" if see_through else "RGB"), picture.format in ("PNG", "GIF") or see_through
    except _BROKEN as error:
        raise InvalidInput("That picture is broken, or not really a PNG, JPEG, WebP or GIF.") from error


def _small(picture: Image.Image, mode: str) -> Image.Image:
    """Within bounds and upright, with nothing said beside it, such as a comment or a profile of its colours. It is made
    small first: of fifty million pixels each copy takes two hundred megabytes."""
    drawn: Image.Image = picture if picture.mode == mode else picture.convert(mode)
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    ImageOps.exif_transpose(drawn, in_place=True)
    drawn.info.clear()
    return drawn


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet


def _encoded(picture: Image.Image, kind: str, **options: int | bool) -> bytes:
    result = io.BytesIO()
    picture.save(result, kind, **options)
    return result.getvalue()
