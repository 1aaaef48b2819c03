"""The starter against TypeScript in strict mode, with the very packages that apps get."""

from pathlib import Path

import pytest

from overskill.starter import starter_files
from tests.support_bundler import type_errors, type_packages

__all__ = ["type_packages"]


@pytest.mark.slow
def test_the_starter_has_no_type_errors(type_packages: Path, tmp_path: Path) -> None:
    for path, text in starter_files().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert type_errors(tmp_path, type_packages) == []
