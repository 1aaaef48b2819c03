"""Long lines are broken as prettier breaks them."""

from overskill.services.generation.recipes.layout import reflow

LONG = "word " * 20


def test_a_tag_that_is_too_long_has_an_attribute_a_line() -> None:
    line = f'  <Input aria-label="{LONG.strip()}" value={{query}} onChange={{(event) => change(event)}} />'
    assert reflow(line).splitlines() == [
        "  <Input",
        f'    aria-label="{LONG.strip()}"',
        "    value={query}",
        "    onChange={(event) => change(event)}",
        "  />",
    ]


def test_the_children_of_an_element_go_on_a_line_of_their_own_first() -> None:
    line = f'<p className="{LONG.strip()}">Hello</p>'
    assert reflow(line).splitlines() == [f'<p className="{LONG.strip()}">', "  Hello", "</p>"]


def test_one_long_text_stays_on_its_line() -> None:
    line = f'<div className="{LONG.strip()}">\n'
    assert reflow(line) == line


def test_a_record_has_a_property_a_line() -> None:
    line = '  { title: "' + "x" * 50 + '", detail: "a, b", meta: format(1, 2), note: "' + "y" * 30 + '" },'
    assert reflow(line).splitlines() == [
        "  {",
        f'    title: "{"x" * 50}",',
        '    detail: "a, b",',
        "    meta: format(1, 2),",
        f'    note: "{"y" * 30}",',
        "  },",
    ]


def test_a_union_that_fits_the_next_line_goes_there() -> None:
    options = " | ".join(f'"{letter * 8}"' for letter in "abcdefg")
    assert reflow(f"export type Sort = {options};") == f"export type Sort =\n  {options};\n"
