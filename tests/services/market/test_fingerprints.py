import io
import re

import pytest
from PIL import Image, ImageDraw

from overskill.services.generation.recipes.whole import recipe_files
from overskill.services.market.duplicates import ALIKE, ALIKE_WITH_PICTURE
from overskill.services.market.fingerprints import fingerprint_of, likeness, minhash_of, picture_distance, picture_hash

DIFFERENT = (
    "a habit tracker",
    "invoices for freelancers",
    "a quiz about capitals",
    "expenses of a family",
    "a book tracker",
    "a plant care tracker",
)


def renamed(files: dict[str, str]) -> dict[str, str]:
    """As somebody would who wants it to look like their own."""
    names = re.compile(r"\b(habit|invoice|expense|book|plant|question|item|record|card)(?=s?\b)", re.IGNORECASE)
    return {path: names.sub(r"my\1", text).replace("600", "500") + "\n// mine\n" for path, text in files.items()}


def picture(*, left: int, colour: str = "navy", width: int = 1280) -> bytes:
    image = Image.new("RGB", (width, 800), "white")
    ImageDraw.Draw(image).rectangle((left, 100, left + 300, 700), fill=colour)
    result = io.BytesIO()
    image.save(result, "PNG")
    return result.getvalue()


def test_apps_of_different_kinds_are_told_apart_though_recipes_write_parts_of_them_alike() -> None:
    found = [minhash_of(recipe_files(prompt)) for prompt in DIFFERENT]
    alike = [likeness(one, other) for index, one in enumerate(found) for other in found[index + 1 :]]
    assert max(alike) < ALIKE_WITH_PICTURE


@pytest.mark.parametrize("prompt", DIFFERENT)
def test_a_renamed_copy_is_found(prompt: str) -> None:
    files = recipe_files(prompt)
    assert likeness(minhash_of(files), minhash_of(renamed(files))) > ALIKE


def test_code_that_everybody_has_says_nothing() -> None:
    assert minhash_of({"src/components/ui/button.tsx": "export const a = 1;" * 40}) == ()
    assert likeness((), ()) == 0.0


def test_pictures_are_alike_whatever_their_size() -> None:
    small, large = picture_hash(picture(left=100, width=640)), picture_hash(picture(left=200, width=1280))
    assert picture_distance(small, large) < picture_distance(large, picture_hash(picture(left=800)))


def test_no_picture_is_like_no_other() -> None:
    found = fingerprint_of({}, b"")
    assert picture_distance(found.picture, found.picture) == 64
    assert picture_hash(b"not a picture") == 0
