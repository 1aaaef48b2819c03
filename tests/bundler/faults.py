"""Faults that models make, put into correct apps: the same seed, the same fault.

`inject(kind, files, path, seed)` gives the app with one fault of that kind in or around `path`, or None where the file
has no place for it; `Fault.is_undone` looks whether a repaired app means again what it meant.
"""

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Files = Mapping[str, str]
_IMPORT = re.compile(r'^import (?!type \{)([^"]*?) from "([^"]+)";\n', re.MULTILINE)
_ANY_IMPORT = re.compile(r'^import [^"]*?from "[^"]+";\n', re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|const|interface|type) (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    kind: str
    path: str
    files: dict[str, str]
    is_undone: Callable[[Files], bool]


def squeezed(text: str) -> str:
    """What does not depend on blanks, nor on the order and grouping of imports."""
    body = re.sub(r"\s+", "", _ANY_IMPORT.sub("", text))
    return re.sub(r",(?=[)\]}])|;", "", body) + "\n" + "\n".join(sorted(_imported(text)))


def _imported(text: str) -> set[str]:
    found = set()
    for clause, specifier in re.findall(r'^import (?:type )?([^"]*?) from "([^"]+)";?$', text, re.MULTILINE):
        for name in re.sub(r"[{}]", ",", clause).split(","):
            if name.strip():
                found.add(f"{re.sub(r'^type ', '', name.strip())} from {specifier.rsplit('/', 1)[-1]}")
    return found


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _same(files: Files, *paths: str) -> Callable[[Files], bool]:
    """These files mean what they meant."""
    before = {path: squeezed(files[path]) for path in paths}
    return lambda after: all(squeezed(after.get(path, "")) == text for path, text in before.items())


def _with(files: Files, path: str, text: str) -> dict[str, str]:
    return {**files, path: text}


def drop_import(files: Files, path: str, pick: random.Random) -> Fault | None:
    found = list(_ANY_IMPORT.finditer(files[path]))
    if not found:
        return None
    gone = pick.choice(found)
    text = files[path][: gone.start()] + files[path][gone.end() :]
    return Fault("drop an import", path, _with(files, path, text), _same(files, path))


def drop_name(files: Files, path: str, pick: random.Random) -> Fault | None:
    found = [match for match in _ANY_IMPORT.finditer(files[path]) if match[0].count(",") > 0]
    if not found:
        return None
    statement = pick.choice(found)[0]
    names = re.search(r"\{([^}]*)\}", statement)
    if names is None:
        return None
    listed = _names(names[1])
    if len(listed) < 2:
        return None
    listed.remove(pick.choice(listed))
    broken = statement.replace(names[0], f"{{ {', '.join(listed)} }}")
    return Fault("drop a name", path, _with(files, path, files[path].replace(statement, broken)), _same(files, path))


def _importers(files: Files, path: str, name: str) -> list[str]:
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    pattern = re.compile(rf'^import [^"]*?\b{name}\b[^"]*? from "[^"]*/{re.escape(stem)}";', re.MULTILINE)
    return [other for other, text in files.items() if other != path and pattern.search(text)]


def _wanted_export(files: Files, path: str, pick: random.Random) -> tuple[str, list[str]] | None:
    names = [(name, _importers(files, path, name)) for name in _EXPORTED.findall(files[path])]
    wanted = [(name, importers) for name, importers in names if importers]
    return pick.choice(wanted) if wanted else None


def rename_export(files: Files, path: str, pick: random.Random) -> Fault | None:
    wanted = _wanted_export(files, path, pick)
    if wanted is None:
        return None
    name, importers = wanted
    longer = f"{name}s" if name[0].isupper() else f"{name}Value"
    other = pick.choice([longer, name[:-2] + name[-1] + name[-2], f"{name}2"])
    text = re.sub(rf"\b{name}\b", other, files[path])
    renamed = re.compile(rf"\b{other} as {name}\b")

    def is_undone(after: Files) -> bool:
        is_exported = f"export {{ {other} as {name} }}" in after[path]
        return is_exported or all(renamed.search(after[importer]) for importer in importers)

    return Fault("rename an export", path, _with(files, path, text), is_undone)


def forget_export(files: Files, path: str, pick: random.Random) -> Fault | None:
    wanted = _wanted_export(files, path, pick)
    if wanted is None:
        return None
    text = re.sub(
        rf"^export ((?:async )?(?:function|const|interface|type) {wanted[0]}\b)", r"\1", files[path], flags=re.MULTILINE
    )
    return Fault("forget an export", path, _with(files, path, text), _same(files, path))


def default_for_named(files: Files, path: str, pick: random.Random) -> Fault | None:
    found = [match for match in _IMPORT.finditer(files[path]) if re.fullmatch(r"\{ \w+ \}", match[1])]
    own = [match for match in found if match[2].startswith(("@/", "."))]
    if not own:
        return None
    chosen = pick.choice(own)
    broken = chosen[0].replace(chosen[1], chosen[1].strip("{ }"))
    return Fault(
        "default for named", path, _with(files, path, files[path].replace(chosen[0], broken)), _same(files, path)
    )


def named_for_default(files: Files, path: str, pick: random.Random) -> Fault | None:
    name = re.search(r"^export default function (\w+)", files[path], re.MULTILINE)
    if name is None:
        return None
    text = files[path].replace("export default function", "export function", 1)
    importers = [other for other in _importers(files, path, name[1]) if other != "src/main.tsx"]
    if not importers:
        return None
    named = re.compile(rf"\{{ {name[1]} \}}")
    return Fault(
        "named for default",
        path,
        _with(files, path, text),
        lambda after: all(named.search(after[other]) for other in importers),
    )


def break_tag(files: Files, path: str, pick: random.Random) -> Fault | None:
    closings = list(re.finditer(r"</([A-Za-z][\w.]*)>", files[path])) if path.endswith("x") else []
    if not closings:
        return None
    chosen = pick.choice(closings)
    ways = ["", f"</{chosen[1]}", f"</{chosen[1][:-1]}{chosen[1][-1] * 2}>", f"{chosen[0]}{chosen[0]}"]
    broken = pick.choice(ways)
    text = files[path][: chosen.start()] + broken + files[path][chosen.end() :]
    return Fault("break a tag", path, _with(files, path, text), _same(files, path))


def cut_off(files: Files, path: str, pick: random.Random) -> Fault | None:
    end = re.search(r"(\n[ \t]*(?:</[\w.]*>|[)};\]]+))+\s*$", files[path])
    if end is None or not path.endswith("x"):
        return None
    at = pick.randrange(end.start() + 1, max(end.start() + 2, len(files[path].rstrip())))
    return Fault("cut off the end", path, _with(files, path, files[path][:at]), _same(files, path))


def unknown_icon(files: Files, path: str, pick: random.Random) -> Fault | None:
    statement = re.search(r'^import \{([^}]*)\} from "lucide-react";$', files[path], re.MULTILINE)
    icons = [name for name in _names(statement[1]) if re.fullmatch(r"[A-Z]\w+", name)] if statement else []
    if statement is None or not icons:
        return None
    icon = pick.choice(icons)
    other = pick.choice([f"{icon}Filled", f"{icon}Alt", icon[:-2] + icon[-1] + icon[-2], f"My{icon}Thing"])
    if other == icon:
        return None
    text = re.sub(rf"\b{icon}\b(?![\w-])", other, files[path])
    shown = re.compile(rf"\b[A-Z]\w+ as {other}\b")
    return Fault("unknown icon", path, _with(files, path, text), lambda after: bool(shown.search(after[path])))


def missing_package(files: Files, path: str, pick: random.Random) -> Fault | None:
    manifest = json.loads(files["package.json"])
    names = {re.match(r"(@[^/]+/)?[^/]+", name)[0] for _, name in _IMPORT.findall(files[path])}  # type: ignore[index]
    listed = sorted(names & set(manifest["dependencies"]))
    if not listed:
        return None
    gone = pick.choice(listed)
    del manifest["dependencies"][gone]
    broken = _with(files, "package.json", json.dumps(manifest, indent=2) + "\n")
    return Fault(
        "missing package", path, broken, lambda after: gone in json.loads(after["package.json"])["dependencies"]
    )


def wrong_package(files: Files, path: str, pick: random.Random) -> Fault | None:
    others = {'"lucide-react"': '"lucide"', '"clsx"': '"classnames"', '"motion/react"': '"framer-motion/react"'}
    found = [(right, wrong) for right, wrong in others.items() if right in files[path]]
    if not found or "ClassValue" in files[path]:
        return None
    right, wrong = pick.choice(found)
    return Fault("wrong package", path, _with(files, path, files[path].replace(right, wrong)), _same(files, path))


def wrong_path(files: Files, path: str, pick: random.Random) -> Fault | None:
    own = [match for match in _ANY_IMPORT.finditer(files[path]) if re.search(r'from "(@/|\.)', match[0])]
    if not own:
        return None
    statement = pick.choice(own)[0]
    specifier = re.search(r'from "([^"]+)"', statement)
    assert specifier is not None
    right = specifier[1]
    folder, _, name = right.rpartition("/")
    wrong = pick.choice(
        [
            f"../{right}",
            f"{folder}/{name[0].swapcase()}{name[1:]}",
            f"{folder}/shared/{name}",
            f"{right}.js",
            f"@/{name}",
        ]
    )
    if wrong == right or (wrong.startswith("../@")):
        wrong = f"{folder}/nowhere/{name}"
    broken = _with(files, path, files[path].replace(statement, statement.replace(f'"{right}"', f'"{wrong}"')))
    return Fault("wrong path", path, broken, _same(files, path))


def drop_key(files: Files, path: str, pick: random.Random) -> Fault | None:
    maps = [
        match
        for match in re.finditer(r"\s+key=\{[^{}]*\}", files[path])
        if ".map(" in files[path][max(0, match.start() - 200) : match.start()]
    ]
    if not maps:
        return None
    gone = pick.choice(maps)
    text = files[path][: gone.start()] + files[path][gone.end() :]
    count = files[path].count("key={")
    return Fault("drop a key", path, _with(files, path, text), lambda after: after[path].count("key={") >= count)


def jsx_in_ts(files: Files, path: str, pick: random.Random) -> Fault | None:
    if not path.endswith(".tsx") or "</" not in files[path]:
        return None
    broken = {path[:-1] if other == path else other: text for other, text in files.items()}
    return Fault(
        "JSX in .ts", path[:-1], broken, lambda after: after.get(path) == files[path] and path[:-1] not in after
    )


def twice(files: Files, path: str, pick: random.Random) -> Fault | None:
    found = list(_ANY_IMPORT.finditer(files[path]))
    functions = list(re.finditer(r"^(?:function|const) \w+[^\n]*\{\n(?:.*\n)*?\}(?:;)?\n", files[path], re.MULTILINE))
    places = found + functions
    if not places:
        return None
    chosen = pick.choice(places)
    text = files[path][: chosen.end()] + chosen[0] + files[path][chosen.end() :]
    return Fault("declared twice", path, _with(files, path, text), _same(files, path))


def fenced(files: Files, path: str, pick: random.Random) -> Fault | None:
    text = files[path]
    wrapped = pick.choice(
        [
            f"```tsx\n{text}```\n",
            f"{text}</file>\n",
            f"\ufeff{text}",
            f'<file path="{path}">\n{text}</file>\n',
            f"Here it is:\n\n```tsx\n{text}```\n\nDone.",
        ]
    )
    return Fault("wrapped", path, _with(files, path, wrapped), _same(files, path))


def smart_quotes(files: Files, path: str, pick: random.Random) -> Fault | None:
    if path.endswith(".css"):
        return None
    code = re.sub(r"//.*|/\*[\s\S]*?\*/", lambda comment: " " * len(comment[0]), files[path])
    strings = list(re.finditer(r'(?<=[=(: ])"[\w -]+"(?=[,;) >])', code))
    if not strings:
        return None
    chosen = pick.choice(strings)
    text = f"{files[path][: chosen.start()]}“{chosen[0][1:-1]}”{files[path][chosen.end() :]}"
    return Fault("smart quotes", path, _with(files, path, text), _same(files, path))


def old_tailwind(files: Files, path: str, pick: random.Random) -> Fault | None:
    if path != "src/index.css":
        return None
    old = "@tailwind base;\n@tailwind components;\n@tailwind utilities;"
    late = files[path].replace('@import "tailwindcss";\n', "", 1) + '\n@import "tailwindcss";\n'
    text = pick.choice([files[path].replace('@import "tailwindcss";', old, 1), late])
    return Fault("old Tailwind", path, _with(files, path, text), _same(files, path))


def side_effect(files: Files, path: str, pick: random.Random) -> Fault | None:
    if path != "src/App.tsx":
        return None
    root = '\ncreateRoot(document.getElementById("root")!).render(<App />);\n'
    first = 'import { createRoot } from "react-dom/client";\n'
    variable = '\nif (process.env.NODE_ENV === "development") document.title += "";\n'
    if pick.random() < 0.5:
        return Fault("side effect", path, _with(files, path, first + files[path] + root), _same(files, path))
    right = squeezed(files[path] + variable.replace("process.env.NODE_ENV", "import.meta.env.MODE"))
    return Fault(
        "side effect", path, _with(files, path, files[path] + variable), lambda after: squeezed(after[path]) == right
    )


KINDS: dict[str, Callable[[Files, str, random.Random], Fault | None]] = {
    "drop an import": drop_import,
    "drop a name": drop_name,
    "rename an export": rename_export,
    "break a tag": break_tag,
    "unknown icon": unknown_icon,
    "missing package": missing_package,
    "wrong package": wrong_package,
    "wrong path": wrong_path,
    "forget an export": forget_export,
    "default for named": default_for_named,
    "named for default": named_for_default,
    "cut off the end": cut_off,
    "drop a key": drop_key,
    "JSX in .ts": jsx_in_ts,
    "declared twice": twice,
    "wrapped": fenced,
    "smart quotes": smart_quotes,
    "old Tailwind": old_tailwind,
    "side effect": side_effect,
}


def inject(kind: str, files: Files, path: str, seed: int = 0) -> Fault | None:
    pick = random.Random(f"{kind} {path} {seed}")  # noqa: S311  # the same choice every time
    return KINDS[kind](files, path, pick)
