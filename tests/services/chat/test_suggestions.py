from typing import Any

from overskill.services.chat.suggestions import ANY_APP, FOR_RECIPES, MOST_SHOWN, AppSoFar, suggestions_for


def first(**facts: Any) -> str:
    return suggestions_for(AppSoFar(**facts))[0]


def test_what_a_check_found_broken_comes_first() -> None:
    checks = {"results": [{"title": "It counts", "passed": True}, {"title": "A day is kept", "passed": False}]}
    assert first(checks=checks, unbuilt=["Charts"]) == "Make this work: a day is kept"


def test_what_was_planned_and_not_done_comes_next() -> None:
    assert first(unbuilt=["Add charts"], brief={"pages": []}) == "Go on with the plan: add charts"


def test_a_page_of_the_brief_that_no_file_is_of_is_suggested() -> None:
    pages = [{"path": "/", "title": "Today"}, {"path": "/reports", "title": "Reports"}, {"path": "/tags", "title": "T"}]
    there = {"src/pages/HomePage.tsx": "", "src/pages/TagsPage.tsx": ""}
    assert first(brief={"pages": pages}, pages=there) == "Add the page Reports"


def test_pages_without_files_to_compare_are_not_suggested() -> None:
    assert first(brief={"pages": [{"path": "/reports", "title": "Reports"}]}) == ANY_APP[0]


def test_dates_make_a_calendar_and_amounts_a_chart() -> None:
    entities = [{"name": "Category", "fields": ["due date", "Amount"]}]
    assert suggestions_for(AppSoFar(brief={"entities": entities}))[:2] == [
        "Show the categories in a calendar",
        "Add a chart of the amount over time",
    ]


def test_a_list_without_a_search_or_words_for_nothing_gets_them_suggested() -> None:
    bare = {"src/pages/BookList.tsx": "{books.map((book) => <p>{book.title}</p>)}"}
    assert suggestions_for(AppSoFar(pages=bare))[:2] == [
        "Add a search to the page Book List",
        "Say what to do first when the page Book List is empty",
    ]


def test_what_was_asked_for_already_is_not_suggested() -> None:
    assert ANY_APP[0] not in suggestions_for(AppSoFar(asked=[f"{ANY_APP[0].upper()}."]))


def test_there_are_only_a_few() -> None:
    assert len(suggestions_for(AppSoFar(unbuilt=[str(step) for step in range(20)]))) == MOST_SHOWN


def test_without_a_model_only_what_recipes_understand_is_suggested() -> None:
    assert suggestions_for(AppSoFar(unbuilt=["Charts"], is_for_recipes=True)) == list(FOR_RECIPES)
