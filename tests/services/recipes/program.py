"""Many generated apps as one TypeScript program, so that one run of the compiler checks them all."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from overskill.bundler.setup import SOURCES
from overskill.starter import starter_files

_VITE_CLIENT = SOURCES / "inspection" / "vite-client.d.ts"  # what apps refer to as "vite/client"
_ALIAS = re.compile(r'(from |import )"@/([^"]+)"')
_RELATIVE = re.compile(r'(from |import )"(\.{1,2}/[^"]+)"')
_COMPILED = (".ts", ".tsx", ".css")


def write_program(folder: Path, apps: Mapping[str, Mapping[str, str]]) -> None:
    """`apps`: name -> what it has beyond the starter. Files of the starter that none changes are shared."""
    starter = {
        path: text for path, text in starter_files().items() if path.startswith("src/") and "vite-env" not in path
    }
    _write(folder / "starter", starter, starter, own=set(starter))
    for name, files in apps.items():
        merged = starter | {path: text for path, text in files.items() if path.startswith("src/")}
        own = {path for path, text in merged.items() if starter.get(path) != text}
        _write(folder / name, merged, merged, own=own)
    options = json.loads(starter_files()["tsconfig.json"])["compilerOptions"]
    del options["paths"]
    options |= {"noUnusedLocals": True, "noUnusedParameters": True, "types": [], "preserveSymlinks": True}
    shutil.copy(_VITE_CLIENT, folder / "starter/src")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*/src"]}))


def _write(folder: Path, files: Mapping[str, str], known: Mapping[str, str], *, own: set[str]) -> None:
    for path in own:
        if not path.endswith(_COMPILED):
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_with_relative_imports(path, files[path], known, folder, own))


def _with_relative_imports(path: str, text: str, known: Mapping[str, str], folder: Path, own: set[str]) -> str:
    here = folder / PurePosixPath(path).parent

    def pointed(wanted: str) -> str:
        found = next((wanted + end for end in ("", ".ts", ".tsx") if wanted + end in known), wanted)
        root = folder if found in own else folder.parent / "starter"
        relative = os.path.relpath(root / wanted, here)
        return relative if relative.startswith(".") else f"./{relative}"

    def from_alias(found: re.Match[str]) -> str:
        return f'{found[1]}"{pointed(f"src/{found[2]}")}"'

    def from_relative(found: re.Match[str]) -> str:
        wanted = os.path.normpath(PurePosixPath(path).parent / found[2])
        return f'{found[1]}"{pointed(wanted)}"'

    return _RELATIVE.sub(from_relative, _ALIAS.sub(from_alias, text))
