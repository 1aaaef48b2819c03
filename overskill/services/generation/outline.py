"""The outline of a source file: what it exports, without how. For what doesn't fit into a model's context whole."""

import re
from functools import lru_cache

LONGEST_TYPE = 30  # lines
REMEMBERED = 2_000  # files: a turn that repairs asks for the same ones again
_CLOSERS = ("}", ")", "]", " ", "\t")
_SIGNATURE = re.compile(r"export (default )?(async )?(function|class)\b")
_DESTRUCTURED = re.compile(r"\(\s*\{[^{}]*\}\s*:\s*")
_LONG_STRING = re.compile(r'"[^"\n]{24,}"')
_VARIANTS = re.compile(r"const \w+ = cva\(")  # their names are what a component's props may be
_KEPT_TYPE = re.compile(r"export (interface|type|enum)\b|(interface|type) \w+Props\b")
_EXPORT = re.compile(
    r"\nexport (?:(default )?(?:declare |abstract |async )*"
    r"(?:function\*?|class|const|let|var|interface|type|enum) (\w+)"
    r"|(?:type )?\{([^{}]*)\}|default (\w+))"
)
_SOURCE = re.compile(r"""\b(?:from|import)\s{0,20}\(?\s{0,20}["']([^"'\n]+)["']""")


@lru_cache(REMEMBERED)
def exports(content: str) -> tuple[str, ...]:
    """The names that a file exports, as they stand in it; a default export begins with "default "."""
    names: list[str] = []
    for default, name, listed, plain in _EXPORT.findall(f"\n{content}"):
        if listed:
            names += [" ".join(one.removeprefix("type ").split()).split(" as ")[-1] for one in _each(listed)]
        else:
            names.append(f"default {name or plain}" if default or plain else name)
    return tuple(dict.fromkeys(names))


def _each(listed: str) -> list[str]:
    return [one.strip() for one in listed.split(",") if one.strip()]


@lru_cache(REMEMBERED)
def sources(content: str) -> tuple[str, ...]:
    """What a file imports from, as it says it: "@/lib/store", "./Card", "react"."""
    return tuple(dict.fromkeys(_SOURCE.findall(content)))


@lru_cache(REMEMBERED)
def outline(content: str) -> str:
    """Exported signatures, the types they speak of, and their comments."""
    kept: list[str] = []
    comment = ""
    for statement in _statements(content):
        if statement.startswith("/**"):
            comment = statement
            continue
        if shown := _shown(statement):
            kept += [comment, shown] if comment else [shown]
        comment = ""
    return "\n".join(kept)


def _statements(content: str) -> list[str]:
    """Top-level statements. In formatted code each begins in the first column, and so does nothing inside it."""
    statements: list[list[str]] = []
    for line in content.splitlines():
        if not line.strip():
            continue
        if statements and line.startswith(_CLOSERS):
            statements[-1].append(line)
        else:
            statements.append([line])
    return ["\n".join(lines) for lines in statements]


def _shown(statement: str) -> str:
    if _SIGNATURE.match(statement):
        return _signature(statement)
    if _KEPT_TYPE.match(statement):
        lines = statement.split("\n")
        return statement if len(lines) <= LONGEST_TYPE else "\n".join([*lines[:LONGEST_TYPE], "  ..."])
    if statement.startswith("export ") or _VARIANTS.match(statement):
        return " ".join(_LONG_STRING.sub('"..."', statement).split())[:400]
    return ""


def _signature(statement: str) -> str:
    head, body, _ = statement.partition(" {\n")
    while body and head.count("(") != head.count(")"):  # the brace belongs to the parameters
        more, body, _ = statement[len(head) + len(body) :].partition(" {\n")
        head = f"{head} {{\n{more}"
    return " ".join(_DESTRUCTURED.sub("(props: ", head).split())
