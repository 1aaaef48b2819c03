"""Pictures to try the edge with."""

import io

from PIL import Image, ImageDraw


def drawn(kind: str, width: int, height: int, **options: object) -> bytes:
    """Something with edges and gradients, so that its size depends on its format."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for step in range(0, width, max(1, width // 40)):
        pen.ellipse((step, step % height, step + width // 20, step % height + height // 10), fill=(step % 255, 90, 160))
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture
