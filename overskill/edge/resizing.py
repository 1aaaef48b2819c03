"""A picture made to fit: pure work on bytes. Pictures are strangers', so images.py runs it where it can do no harm."""

import io
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000  # a camera's; as many take 200 MB
LARGEST_PROFILE = 4096  # of colours: those of screens are smaller
READ = ("JPEG", "PNG", "WEBP", "AVIF")
WRITTEN = {"image/avif": "AVIF", "image/webp": "WEBP", "image/jpeg": "JPEG", "image/png": "PNG"}
_GAP = 2  # what is decoded is at least as many times larger, so that nothing of the sharpness is lost
_ORIENTATION = 0x0112
_LYING = range(5, 9)  # orientations in which the width is the picture's height
_PAINTED = {"1": "L", "L": "L", "LA": "LA", "P": "RGBA", "PA": "RGBA", "RGB": "RGB", "RGBA": "RGBA"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"speed": 8, "max_threads": 1},  # a quarter of a second for 1920 pixels; 6 takes three times that for 1 %
    "WEBP": {"method": 4},
    "JPEG": {"progressive": True, "optimize": True},
    "PNG": {"optimize": True},
}
_UNREADABLE = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    UnidentifiedImageError,
    ValueError,
)


class NotFittedError(Exception):
    """It is no picture, or none that we make smaller. The text says which."""


def fitted(content: bytes, *, width: int, content_type: str, quality: int) -> bytes:
    """No wider than `width` or than it was, upright, without what a camera noted."""
    kind = WRITTEN[content_type]
    try:
        with Image.open(io.BytesIO(content), formats=READ) as picture:
            _check(picture)
            drawn = _drawn(picture, width)
    except _UNREADABLE as error:
        raise NotFittedError(f"It can't be read: {error}") from error
    if kind == "JPEG" and drawn.mode in ("LA", "RGBA"):
        drawn = _on_white(drawn)
    profile = drawn.info.get("icc_profile") or b""
    drawn.info.clear()
    colours = {"icc_profile": profile} if 0 < len(profile) <= LARGEST_PROFILE else {}
    result = io.BytesIO()
    drawn.save(result, kind, quality=quality, **_OPTIONS[kind], **colours)
    return result.getvalue()


def _check(picture: Image.Image) -> None:
    """Before anything is decoded."""
    if picture.width * picture.height > MOST_PIXELS:
        raise NotFittedError(f"It has more than {MOST_PIXELS // 1_000_000} million pixels.")
    if getattr(picture, "n_frames", 1) > 1:
        raise NotFittedError("It moves.")
    if picture.mode not in _PAINTED:
        raise NotFittedError(f"Its colours ({picture.mode}) are not a screen's.")


def _drawn(picture: Image.Image, width: int) -> Image.Image:
    is_lying = picture.getexif().get(_ORIENTATION) in _LYING
    scale = min(1.0, width / (picture.height if is_lying else picture.width))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    picture.draft("RGB", (size[0] * _GAP, size[1] * _GAP))  # a JPEG is decoded at a fraction of its size
    mode = _PAINTED[picture.mode]
    painted = picture if picture.mode == mode else picture.convert(mode)
    return ImageOps.exif_transpose(painted.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP))


def _on_white(picture: Image.Image) -> Image.Image:
    layer = picture.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
