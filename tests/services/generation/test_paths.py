"""Which paths pass, and which don't."""

import pytest

from overskill.services.generation.paths import UnsafePath, safe_path


@pytest.mark.parametrize(
    "path",
    ["src/App.tsx", "index.html", "package.json", "src/pages/[id].tsx", "public/logo.svg", "src/Meine Liste.md"],
)
def test_a_path_inside_the_app_passes(path: str) -> None:
    assert safe_path(path) == path


def test_a_leading_dot_slash_is_dropped() -> None:
    assert safe_path("./src/App.tsx") == "src/App.tsx"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "  ",
        "/etc/passwd.txt",
        "../outside.ts",
        "src/../../outside.ts",
        "src//App.tsx",
        "src/./App.tsx",
        "C:/windows.ts",
        "src\\App.tsx",
        "node_modules/react/index.js",
        "src/node_modules/a.js",
        ".env",
        ".github/a.yml",
        "src/.hidden.ts",
        "dist/app.js",
        "src/run.sh",
        "src/noextension",
        "src/tsx",
        "src/a\n.ts",
        "src/a\0.ts",
        "src /a.ts",
        "src/<b>.ts",
        "file:///etc/a.ts",
        f"src/{'a' * 200}.ts",
    ],
)
def test_a_path_that_could_leave_the_app_or_hold_no_source_is_refused(path: str) -> None:
    with pytest.raises(UnsafePath):
        safe_path(path)


def test_a_refusal_says_what_to_write_instead() -> None:
    with pytest.raises(UnsafePath, match=r"Write it like src/App\.tsx"):
        safe_path("/src/App.tsx")
