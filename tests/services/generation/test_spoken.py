"""What of a model's prose is shown in the chat."""

import pytest

from overskill.services.generation.spoken import SpokenWords
from tests.services.generation.streams import cut

FILE = "\n".join(f"const line{number} = {number};" for number in range(20))


def shown(text: str, seed: int = 0, pieces: int = 7) -> str:
    words = SpokenWords()
    return "".join(words.feed(piece) for piece in cut(text, seed, pieces)) + words.end()


@pytest.mark.parametrize("seed", range(20))
def test_words_come_as_they_were_said_however_they_are_cut(seed: int) -> None:
    text = "Here it is.\n\n  - a list with `code`\n  - and <os-write> in a line\n\nDone: 3 < 4."
    assert shown(text, seed, 12) == text


@pytest.mark.parametrize("seed", range(20))
def test_a_file_in_a_code_block_is_not_shown(seed: int) -> None:
    assert shown(f"Here:\n```tsx\n{FILE}\n```\nEnjoy!", seed, 30) == "Here:\nEnjoy!"


@pytest.mark.parametrize("seed", range(20))
def test_a_file_between_tags_is_not_shown(seed: int) -> None:
    text = f'Sure.\n<os-write path="src/App.tsx">\n{FILE}\n</os-write>\nDone.'
    assert shown(text, seed, 30) == "Sure.\nDone."


def test_a_few_lines_of_code_are_an_answer() -> None:
    text = "Like this:\n```css\na { color: red }\n```\nThat is all."
    assert shown(text) == text


def test_a_block_without_anything_in_it_is_left_out() -> None:
    assert shown("```xml\n```\nDone.") == "Done."


def test_a_file_that_is_never_closed_is_not_shown() -> None:
    assert shown(f"Here:\n```tsx\n{FILE}") == "Here:\n"
    assert shown("Here:\n```tsx\nlet a = 1;") == "Here:\n```tsx\nlet a = 1;"


def test_words_are_shown_as_soon_as_they_can_be_nothing_else() -> None:
    words = SpokenWords()
    assert words.feed("Here") == "Here"
    assert words.feed(" you are\n`") == " you are\n"
    assert words.feed("code`") == "`code`"
