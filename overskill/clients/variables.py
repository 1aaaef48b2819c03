"""An app's public variables, as the bundler is given them and as a published app reads them."""

import json
import re
from collections.abc import Mapping

from overskill.clients.bundler import Asset, Bundle

FILE = ".env"  # among an app's files; core/variables.mjs reads it
SCRIPT = "/__env.js"  # a page asks for it where code reads variables; the edge answers it
_LINE = re.compile(r"^(\w+)=(.*)$", re.MULTILINE)


def without_values(files: Mapping[str, str]) -> Mapping[str, str]:
    """With their names only. So one build does for all environments, and no builder learns a value."""
    if FILE not in files:
        return files
    return {**files, FILE: "".join(f'{name}=""\n' for name in sorted(_values(files)))}


def with_values(bundle: Bundle, files: Mapping[str, str]) -> Bundle:
    """For whoever shows a build without the edge: their values, as the edge tells them."""
    values = json.dumps(_values(files)).replace("<", "\\u003c")
    script = Asset(f"window.__ENV__={values};".encode(), "text/javascript; charset=utf-8")
    return Bundle({**bundle.assets, SCRIPT: script}, bundle.size, bundle.milliseconds)


def _values(files: Mapping[str, str]) -> dict[str, str]:
    return {name: json.loads(value) for name, value in _LINE.findall(files.get(FILE, ""))}
