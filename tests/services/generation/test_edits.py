"""Search and replace: what is applied, where, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overskill.services.generation.edits import EditError, apply_edit

FILE = """function a() {
    if (x) {
        return 1
    }
}

function b() {
    return 2
}
"""


def test_an_exact_quote_is_replaced() -> None:
    assert apply_edit(FILE, "        return 1\n", "        return 9\n") == FILE.replace("return 1", "return 9")


def test_blanks_at_line_ends_are_forgiven() -> None:
    assert apply_edit("a = 1   \nb = 2\n", "a = 1\n", "a = 3\n") == "a = 3\nb = 2\n"


def test_a_quote_with_lost_indentation_is_replaced_with_the_files_indentation() -> None:
    edited = apply_edit(FILE, "if (x) {\n    return 1\n}\n", "if (y) {\n    return 1\n}\n")
    assert edited == FILE.replace("(x)", "(y)")


def test_a_quote_with_too_much_indentation_is_moved_back() -> None:
    assert apply_edit("if (x) {\n  go()\n}\n", "    if (x) {\n      go()\n", "    if (y) {\n      go()\n") == (
        "if (y) {\n  go()\n}\n"
    )


def test_tabs_stay_tabs_when_the_quote_lost_them() -> None:
    assert apply_edit("{\n\tgo()\n}\n", "go()\n", "go(1)\nstop()\n") == "{\n\tgo(1)\n\tstop()\n}\n"


def test_typographic_quotes_and_dashes_are_forgiven() -> None:
    assert apply_edit("say('a-b')\nend\n", "say(\u2018a\u2013b\u2019)\n", "say('c')\n") == "say('c')\nend\n"


def test_windows_line_ends_survive() -> None:
    windows = FILE.replace("\n", "\r\n")
    assert apply_edit(windows, "    return 2", "    return 3") == windows.replace("return 2", "return 3")


def test_a_part_of_a_line_can_be_replaced() -> None:
    assert apply_edit("<p className='a'>x</p>\n", "className='a'", "className='b'") == "<p className='b'>x</p>\n"


def test_a_part_of_a_word_is_not_a_match() -> None:
    with pytest.raises(EditError, match="not in the file"):
        apply_edit("const a = 10\n", "a = 1", "a = 2")


def test_an_empty_replacement_removes_the_lines() -> None:
    assert apply_edit("a\nb\nc\n", "b\n", "") == "a\nc\n"


def test_two_places_are_refused_with_their_lines() -> None:
    with pytest.raises(EditError, match=r"found 2 times \(lines 1, 3\)"):
        apply_edit("a\nb\na\n", "a\n", "c\n")


def test_two_places_within_lines_are_refused() -> None:
    with pytest.raises(EditError, match=r"found 2 times \(lines 1, 2\)"):
        apply_edit("f(x, 1)\nf(x, 2)\n", "f(x", "g(x")


def test_two_places_that_differ_only_in_indentation_are_refused_when_the_quote_fits_neither() -> None:
    with pytest.raises(EditError, match="found 2 times"):
        apply_edit("  go()\n    go()\n", "go()\n", "stop()\n")


def test_a_miss_quotes_the_closest_lines() -> None:
    with pytest.raises(EditError, match=r"closest lines are 8-8:\n    return 2"):
        apply_edit(FILE, "return 22\n", "x")


def test_an_empty_search_is_refused() -> None:
    with pytest.raises(EditError, match="empty"):
        apply_edit(FILE, "\n  \n", "x")


def test_a_search_longer_than_the_file_is_refused() -> None:
    with pytest.raises(EditError, match="not in the file"):
        apply_edit("a", "a\nb\nc\n", "x")


@given(st.lists(st.text("ab{}() '\t", max_size=6), min_size=1, max_size=8), st.data(), st.text("xyz\n", max_size=10))
def test_an_edit_touches_only_the_lines_it_quotes(lines: list[str], data: st.DataObject, replacement: str) -> None:
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(start + 1, len(lines)))
    search = "".join(f"{line}\n" for line in lines[start:end])
    try:
        edited = apply_edit("\n".join(lines), search, replacement).split("\n")
    except EditError:
        return
    before = next((i for i, line in enumerate(lines[start:end], start) if line.strip()), start)
    assert edited[:before] == lines[:before]
    assert edited[len(edited) - (len(lines) - end) :] == lines[end:]
