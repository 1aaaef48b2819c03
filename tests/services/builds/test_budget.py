"""What is said of a large app, and what is not published."""

import pytest

from overskill.clients.bundler import Asset
from overskill.errors import LimitReached
from overskill.services.builds.budget import LARGEST_FILE, LARGEST_SCRIPT, MOST_FILES, check_budget

KB = 1024


def sized(**sizes: int) -> dict[str, Asset]:
    return {f"/{name}.js": Asset(bytes(size), "text/javascript") for name, size in sizes.items()}


def test_the_biggest_files_are_known_by_name_the_biggest_first() -> None:
    facts = check_budget(sized(a=10, b=30, c=20, d=5))
    assert [file.path for file in facts.biggest] == ["/b.js", "/c.js", "/a.js"]
    assert (facts.size, facts.count) == (65, 4)


def test_up_to_a_megabyte_nothing_is_said() -> None:
    assert check_budget(sized(a=1024 * KB)).warning == ""


def test_beyond_a_megabyte_the_biggest_files_are_named() -> None:
    warning = check_budget(sized(page=700 * KB, charts=900 * KB)).warning
    assert warning == "1.6 MB is a lot to load. The biggest files are /charts.js (900 KB) and /page.js (700 KB)."


def test_a_file_that_no_edge_takes_is_named() -> None:
    with pytest.raises(LimitReached, match=r"^/film\.js \(25\.0 MB\) can't be published: a file may have 25\.0 MB"):
        check_budget(sized(film=LARGEST_FILE + 1, small=1))


def test_more_files_than_an_edge_takes_are_counted() -> None:
    asset = Asset(b"", "text/plain")
    with pytest.raises(LimitReached, match=r"has 20,001 files; 20,000 can be published"):
        check_budget({f"/{n}": asset for n in range(MOST_FILES + 1)})


def test_server_code_that_is_too_large_says_what_to_do() -> None:
    with pytest.raises(LimitReached, match=r"server code has 3\.0 MB.*smaller packages"):
        check_budget(sized(a=KB), script_bytes=LARGEST_SCRIPT + 1)


def test_an_empty_bundle_is_within_every_limit() -> None:
    assert check_budget({}).biggest == ()
