"""Variables beside a build: names for the bundler, values for the browser."""

from overskill.clients.bundler import Bundle
from overskill.clients.variables import SCRIPT, with_values, without_values
from overskill.services.apps.env_vars import variables_file

FILES = {"src/App.tsx": "", **variables_file({"VITE_TITLE": "</script>Grüße\nA=1", "VITE_API": "x"})}


def test_a_builder_is_told_names_only() -> None:
    assert without_values(FILES) == {"src/App.tsx": "", ".env": 'VITE_API=""\nVITE_TITLE=""\n'}


def test_files_without_variables_stay_as_they_are() -> None:
    assert without_values({"a": "1"}) == {"a": "1"}


def test_a_page_without_the_edge_is_told_the_values() -> None:
    script = with_values(Bundle({}, 0, 0), FILES).assets[SCRIPT].content
    assert script == rb'window.__ENV__={"VITE_TITLE": "\u003c/script>Gr\u00fc\u00dfe\nA=1", "VITE_API": "x"};'
