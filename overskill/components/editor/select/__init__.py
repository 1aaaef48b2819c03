"""Select to edit: elements chosen in the preview, changed in their code. All of it is in the browser."""

from pathlib import Path

import reflex as rx

# They import each other, so all must lie together.
for _file in sorted(Path(__file__).parent.glob("*.js*")):
    rx.asset(_file.name, shared=True)
