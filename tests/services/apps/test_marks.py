"""The pictures of logos."""

from xml.dom import minidom

import pytest

from overskill.services.apps.marks import mark_svg, marks


@pytest.mark.parametrize("mark", marks())
def test_each_is_a_picture_that_runs_nothing(mark: str) -> None:
    svg = mark_svg(mark, "#6d5bf6")
    drawn = {node.tagName for node in minidom.parseString(svg).getElementsByTagName("*")}  # noqa: S318  # ours
    assert drawn <= {"svg", "g", "rect", "circle", "path"}
    assert len(svg) < 1_000
