"""Which names are taken for slips, and which are not."""

import pytest

from overskill.services.packages.lookalikes import nearest, same_letters, slip_of, slips


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("reactleaflet", "react-leaflet"),
        ("three.js", "three"),
        ("@react/dom", "react-dom"),
        ("radix-ui-react-dialog", "@radix-ui/react-dialog"),
        ("@reacthookform/resolvers", ""),
        ("react-leaflet", ""),
        ("@tanstack/reactquery", ""),  # of those who made the real one
    ],
)
def test_a_name_with_the_same_letters_means(name: str, meant: str) -> None:
    assert same_letters(name) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("raect", "react"),
        ("react-leaflett", "react-leaflet"),
        ("canvas-confeti", "canvas-confetti"),
        ("echarst", "echarts"),
        ("preact", ""),  # known itself
        ("p6", ""),  # too short to tell
        ("globe-gl", ""),
    ],
)
def test_a_slip_means(name: str, meant: str) -> None:
    assert slip_of(name) == meant


def test_a_swap_is_one_slip_and_more_than_asked_is_not_counted() -> None:
    assert slips("axois", "axios", 2) == 1
    assert slips("axios", "react", 2) == 3


def test_the_nearest_of_several_is_meant() -> None:
    assert nearest("react-tabs", ["react-tab", "react-table"]) == "react-tab"
