"""Templates to source text: named as TypeScript expects, imports only what is used, no stray blank lines."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from overskill.services.generation.recipes.layout import reflow
from overskill.services.generation.recipes.words import camel, kebab, low, pascal, sentence


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        line_statement_prefix="//%",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  what is written is TypeScript: text goes through the filters below
    )
    environment.filters.update(
        camel=camel, pascal=pascal, kebab=kebab, sentence=sentence, ts=ts, low=low, jsx=jsx, attr=attr
    )
    return environment


def render(template: str, **facts: Any) -> str:
    text = _environment().get_template(template).render(**facts)
    return tidy(text)


_DECLARED = re.compile(r"\b(?:const|let|function)\s+(?:(\w+)|[\[{]([^\]}=]*)[\]}]\s*=)")
_PARAMETERS = re.compile(r"\(([^()=]*)\)\s*(?::[^=;{}]*)?=>|\bfunction \w+\(([^)]*)\)|(?<=[(,\s])(\w+) =>")


@cache
def declared_names() -> frozenset[str]:
    """What the templates that show records call their own variables: each would hide an import of the same name."""
    environment = _environment()
    names: set[str] = set()
    for template in environment.list_templates(extensions=["ts", "tsx"]):
        source, _, _ = environment.loader.get_source(environment, template) if environment.loader else ("", "", "")
        if "[[e.many]]" in source:
            found = (*_DECLARED.finditer(source), *_PARAMETERS.finditer(source))
            groups = (group for one in found for group in one.groups() if group)
            names.update(name for group in groups for name in re.findall(r"(?<![\w.\"'])[a-z]\w*", group))
    return frozenset(names)


def ts(value: object) -> str:
    """A TypeScript literal, as prettier would write it on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        case int() | float():
            return f"{value:g}" if isinstance(value, float) else str(value)
        case Mapping():
            return "{ " + ", ".join(f"{key}: {ts(one)}" for key, one in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(ts(one) for one in value) + "]"
        case _:
            return "null"


def jsx(text: str) -> str:
    """Text between tags."""
    return f"{{{ts(text)}}}" if re.search(r"[{}<>&\"\\\x00-\x1f\u2028\u2029]", text) or text != text.strip() else text


def attr(text: str) -> str:
    """The value of an attribute, with its quotes."""
    return f"{{{ts(text)}}}" if re.search(r'["&\\\x00-\x1f\u2028\u2029]', text) else f'"{text}"'


_IMPORT = re.compile(r'^import (?:(\w+), )?(type )?\{([^}]*)\} from ("[^"]+");\n', re.MULTILINE)


def tidy(text: str) -> str:
    """A template imports what it may need; what this rendering does not use goes."""
    text = _IMPORT.sub(_used_names, text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"([{(\[]\n)\n+", r"\1", text)
    text = re.sub(r"\n\n+(\s*[})\]])", r"\n\1", text)
    return reflow(text.strip("\n"))


def _used_names(found: re.Match[str]) -> str:
    text = found.string
    rest = re.sub(r'"[^"\n]*"', "", text[: found.start()] + text[found.end() :])  # a word in a text is no use
    rest = re.sub(r">\s*[^\W\d_][^<>{}()=;]*</", "></", rest)  # nor is one between tags
    default, type_only, names, source = found.groups()
    kept = [
        name
        for name in (one.strip() for one in names.split(","))
        if name and re.search(rf"(?<!\w\.)\b{name.removeprefix('type ').split(' as ')[-1]}\b", rest)
    ]
    if default and not re.search(rf"\b{default}\b", rest):
        default = None
    if not kept and not default:
        return ""
    head = f"import {type_only or ''}{f'{default}, ' if default and kept else default or ''}"
    line = f"{head}{{ {', '.join(kept)} }} from {source};\n" if kept else f"{head} from {source};\n"
    if len(line) <= 101:
        return line
    return head + "{\n" + "".join(f"  {name},\n" for name in kept) + f"}} from {source};\n"
