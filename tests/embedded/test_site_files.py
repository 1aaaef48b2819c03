import os
from pathlib import Path

from overskill.embedded import site_files

LONG_AGO = 1.0


def build(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text(f"{folder.name}/{name}")
    return folder


def kept(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_files_of_a_build_outlive_it(tmp_path: Path) -> None:
    site_files.keep(build(tmp_path / "first", "same.js", "first.css", "first.js.gz"), tmp_path / "site")
    site_files.keep(build(tmp_path / "second", "same.js", "second.js"), tmp_path / "site")
    assert kept(tmp_path / "site") == ["first.css", "same.js", "second.js"]
    assert (tmp_path / "site" / "first.css").read_text() == "first/first.css"


def test_what_was_served_long_ago_is_forgotten(tmp_path: Path) -> None:
    served = build(tmp_path / "first", "old.js", "still.js")
    site_files.keep(served, tmp_path / "site")
    for file in (tmp_path / "site").iterdir():
        os.utime(file, (LONG_AGO, LONG_AGO))
    (served / "old.js").unlink()
    site_files.keep(served, tmp_path / "site")
    assert kept(tmp_path / "site") == ["still.js"]
