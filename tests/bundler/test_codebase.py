"""All files of an app at once, through the daemon."""

import pytest

from overskill.clients.codebase import Hit, LocalCodebase, Query
from overskill.errors import InvalidInput
from tests.support_bundler import APP, SMALL_APP, RunningBundler

LIST = "export const List = () => <ul />;\n"
USES = 'import { List } from "./List";\n\nexport default () => <List />;\n'


@pytest.fixture
def codebase(bundler: RunningBundler) -> LocalCodebase:
    return LocalCodebase(bundler.client.daemon)


def test_text_is_found(codebase: LocalCodebase) -> None:
    [found] = codebase.search({**SMALL_APP, "src/List.tsx": LIST}, Query("<ul", is_case=True), most=10).files
    assert (found.path, found.count) == ("src/List.tsx", 1)
    assert found.hits == (Hit(1, 27, 3, LIST.rstrip("\n"), 26),)


def test_text_is_replaced(codebase: LocalCodebase) -> None:
    query = Query(r"List\b", is_regex=True)
    [found] = codebase.replace({"src/List.tsx": LIST}, query, "Table", most=10).files
    assert found.text == LIST.replace("List", "Table")
    assert found.hits[0].replaced == "Table"


def test_what_is_no_expression_is_refused(codebase: LocalCodebase) -> None:
    with pytest.raises(InvalidInput, match="no regular expression"):
        codebase.search(SMALL_APP, Query("(", is_regex=True), most=10)


def test_imports_follow_a_file(codebase: LocalCodebase) -> None:
    files = {**SMALL_APP, "src/List.tsx": LIST, "src/App.tsx": USES}
    changes = codebase.move(files, {"src/List.tsx": "src/habits/List.tsx"})
    assert changes == {
        "src/List.tsx": None,
        "src/habits/List.tsx": LIST,
        "src/App.tsx": USES.replace("./List", "./habits/List"),
    }


def test_an_app_stays_as_it_is_where_nothing_imports_what_moves(codebase: LocalCodebase) -> None:
    assert codebase.move({"src/App.tsx": APP}, {"src/App.tsx": "src/Main.tsx"}).keys() == {
        "src/App.tsx",
        "src/Main.tsx",
    }
