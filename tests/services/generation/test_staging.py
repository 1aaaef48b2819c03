"""What counts of a turn's events, and what is refused."""

import json

import pytest

from overskill.services.generation.events import Event, Kind
from overskill.services.generation.staging import LARGEST_FILE, MOST_FILES, EditRefused, Staging

APP = {
    "package.json": '{"dependencies": {"react": "^19.2.0"}}',
    "src/main.tsx": "main",
    "src/App.tsx": "one\ntwo\n",
    "src/List.tsx": "list\n",
}


def write(path: str, content: str) -> Event:
    return Event(Kind.CLOSE, path, content)


def edit(path: str, search: str, replace: str) -> Event:
    return Event(Kind.EDIT, path, data={"search": search, "replace": replace})


def rename(path: str, target: str) -> Event:
    return Event(Kind.RENAME, path, data={"to": target})


def packages(*add: str, remove: tuple[str, ...] = ()) -> Event:
    return Event(Kind.PACKAGES, data={"add": list(add), "remove": list(remove)})


def refusal(staging: Staging, event: Event) -> str:
    before = dict(staging)
    with pytest.raises(EditRefused) as caught:
        staging.apply(event)
    assert dict(staging) == before
    return caught.value.reason


def test_a_file_counts_once_it_is_closed() -> None:
    staging = Staging(APP)
    staging.apply(Event(Kind.OPEN, "src/a.ts"))
    staging.apply(Event(Kind.DELTA, "src/a.ts", "half"))
    assert staging.changes() == {}
    assert staging.incomplete == ("src/a.ts",)
    staging.apply(write("src/a.ts", "whole"))
    assert staging.changes() == {"src/a.ts": "whole"}
    assert not staging.incomplete


def test_a_file_being_rewritten_is_seen_as_it_was() -> None:
    staging = Staging(APP)
    staging.apply(Event(Kind.OPEN, "src/App.tsx"))
    staging.apply(Event(Kind.DELTA, "src/App.tsx", "half"))
    assert staging["src/App.tsx"] == "one\ntwo\n"


def test_a_file_that_went_bad_is_dropped() -> None:
    staging = Staging(APP)
    staging.apply(Event(Kind.OPEN, "src/a.ts"))
    staging.apply(Event(Kind.BAD, "src/a.ts", "cut off"))
    assert staging.incomplete == ()
    assert "not open" in refusal(staging, Event(Kind.DELTA, "src/a.ts", "more"))


def test_an_edit_changes_one_place() -> None:
    staging = Staging(APP)
    staging.apply(edit("src/App.tsx", "two\n", "three\n"))
    assert staging.changes() == {"src/App.tsx": "one\nthree\n"}


def test_an_edit_that_fits_nowhere_is_refused_with_the_closest_lines() -> None:
    assert "closest lines" in refusal(Staging(APP), edit("src/App.tsx", "four\n", "x\n"))


def test_an_edit_of_a_missing_file_names_one_that_is_like_it() -> None:
    assert refusal(Staging(APP), edit("App.tsx", "a", "b")) == "There is no file App.tsx. Did you mean src/App.tsx?"


def test_a_change_that_is_undone_is_no_change() -> None:
    staging = Staging(APP)
    staging.apply(edit("src/App.tsx", "two\n", "three\n"))
    staging.apply(edit("src/App.tsx", "three\n", "two\n"))
    assert staging.changes() == {}


def test_a_deleted_file_is_a_change_to_none() -> None:
    staging = Staging(APP)
    staging.apply(Event(Kind.DELETE, "src/List.tsx"))
    assert staging.changes() == {"src/List.tsx": None}
    assert "src/List.tsx" not in staging


def test_a_file_made_and_deleted_in_one_turn_leaves_no_trace() -> None:
    staging = Staging(APP)
    staging.apply(write("src/a.ts", "x"))
    staging.apply(Event(Kind.DELETE, "src/a.ts"))
    assert staging.changes() == {}


def test_a_rename_moves_the_content() -> None:
    staging = Staging(APP)
    staging.apply(rename("src/List.tsx", "src/list.tsx"))
    assert staging.changes() == {"src/list.tsx": "list\n", "src/List.tsx": None}


def test_a_rename_never_overwrites() -> None:
    staging = Staging(APP | {"src/b.ts": "b"})
    assert "already exists" in refusal(staging, rename("src/List.tsx", "src/b.ts"))


def test_a_rename_out_of_the_app_is_refused() -> None:
    assert "not a path inside the app" in refusal(Staging(APP), rename("src/List.tsx", "../List.tsx"))


@pytest.mark.parametrize("path", ["package.json", "src/main.tsx", "src/App.tsx"])
def test_what_an_app_needs_to_start_is_kept(path: str) -> None:
    assert "needed" in refusal(Staging(APP), Event(Kind.DELETE, path))
    assert "needed" in refusal(Staging(APP), rename(path, "src/x.tsx"))


def test_what_starts_every_app_the_same_way_is_not_rewritten() -> None:
    assert "can't be changed" in refusal(Staging(APP), Event(Kind.OPEN, "src/main.tsx"))
    assert "can't be changed" in refusal(Staging(APP), write("src/main.tsx", "x"))
    assert "can't be changed" in refusal(Staging(APP), edit("src/main.tsx", "main", "x"))


@pytest.mark.parametrize("kind", [Kind.OPEN, Kind.DELTA, Kind.CLOSE, Kind.EDIT, Kind.DELETE])
def test_a_path_outside_the_app_is_refused_by_every_kind(kind: Kind) -> None:
    event = Event(kind, "../../etc/passwd.txt", "x", {"search": "a", "replace": "b"})
    assert "not a path inside the app" in refusal(Staging(APP), event)


def test_a_path_that_differs_in_case_from_another_is_refused() -> None:
    assert refusal(Staging(APP), write("src/app.tsx", "x")).endswith("Use src/App.tsx.")


def test_a_folder_can_not_be_named_like_a_file() -> None:
    assert "is a file" in refusal(Staging(APP), write("src/App.tsx/part.ts", "x"))


def test_a_file_larger_than_the_limit_is_refused_while_it_streams() -> None:
    staging = Staging(APP)
    staging.apply(Event(Kind.OPEN, "src/a.ts"))
    staging.apply(Event(Kind.DELTA, "src/a.ts", "x" * LARGEST_FILE))
    assert "larger than 512 KB" in refusal(staging, Event(Kind.DELTA, "src/a.ts", "y"))
    assert staging.incomplete == ()


def test_a_file_larger_than_the_limit_is_refused_whole() -> None:
    assert "larger than 512 KB" in refusal(Staging(APP), write("src/a.ts", "ä" * (LARGEST_FILE // 2 + 1)))


def test_more_files_than_the_limit_are_refused() -> None:
    staging = Staging({f"src/{number}.ts": "" for number in range(MOST_FILES)})
    staging.apply(write("src/0.ts", "an existing one may change"))
    assert "at most 400 files" in refusal(staging, write("src/more.ts", ""))
    assert "at most 400 files" in refusal(staging, Event(Kind.OPEN, "src/more.ts"))


def test_an_app_larger_than_the_limit_is_refused() -> None:
    staging = Staging({f"src/{number}.ts": "x" * LARGEST_FILE for number in range(16)})
    assert "larger than 8 MB" in refusal(staging, write("src/more.ts", "x"))
    staging.apply(Event(Kind.DELETE, "src/0.ts"))
    staging.apply(write("src/more.ts", "x"))


def test_text_that_is_no_text_is_refused() -> None:
    assert "null character" in refusal(Staging(APP), write("src/a.ts", "a\0b"))


def test_packages_are_kept_in_package_json() -> None:
    staging = Staging(APP)
    staging.apply(packages("zod@^4.1.0", "@dnd-kit/core"))
    assert json.loads(staging["package.json"])["dependencies"] == {
        "@dnd-kit/core": "*",
        "react": "^19.2.0",
        "zod": "^4.1.0",
    }
    staging.apply(packages(remove=("zod",)))
    assert "zod" not in json.loads(staging["package.json"])["dependencies"]


def test_a_package_that_is_there_keeps_its_version() -> None:
    staging = Staging(APP)
    staging.apply(packages("react"))
    assert staging.changes() == {}


@pytest.mark.parametrize(
    "name", ["../evil", "https://example.com/a.tgz", "a b", "", "git+ssh://x", "@scope", "A" * 300]
)
def test_what_is_no_package_name_is_refused(name: str) -> None:
    assert "not the name of an npm package" in refusal(Staging(APP), packages(name))


def test_a_broken_package_json_is_said_to_be_broken() -> None:
    assert "not valid JSON" in refusal(Staging({"package.json": "{"}), packages("zod"))


def test_events_about_no_file_change_nothing() -> None:
    staging = Staging(APP)
    for kind in (Kind.PLAN, Kind.NAME, Kind.PROSE, Kind.USAGE):
        staging.apply(Event(kind, text="x"))
    assert staging.changes() == {}


@pytest.mark.parametrize(
    "event",
    [
        Event(Kind.OPEN, "src/List.tsx"),
        write("src/List.tsx", "x"),
        edit("src/List.tsx", "list", "x"),
        Event(Kind.DELETE, "src/List.tsx"),
        rename("src/List.tsx", "src/Other.tsx"),
    ],
    ids=lambda event: event.kind,
)
def test_a_locked_file_can_not_be_changed_in_any_way(event: Event) -> None:
    assert "src/List.tsx is locked" in refusal(Staging(APP, {"src/List.tsx"}), event)


def test_packages_stay_as_they_are_where_their_file_is_locked() -> None:
    staging = Staging(APP, {"package.json"})
    assert "package.json is locked" in refusal(staging, packages("zod"))
    staging.apply(packages("react"))
    assert staging.changes() == {}
