"""Taking an app along: a zip that runs with plain npm and Vite."""

import io
import zipfile
from collections.abc import Mapping

_README = """# {name}

Made with OverSkill.

    npm install
    npm run dev

`npm run build` writes a production build to `dist/`.
"""


def zip_files(name: str, slug: str, files: Mapping[str, str]) -> bytes:
    """The files in one folder named after the app, the same bytes for the same files."""
    contents = {"README.md": _README.format(name=name), **files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(f"{slug}/{path}", date_time=(2026, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents[path], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
