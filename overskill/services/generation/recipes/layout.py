"""Lines that a name has made too long, broken as prettier breaks them. The templates are laid out by hand otherwise."""

import re
import textwrap

WIDTH = 100
_DEEP = 8  # columns that a property in a list of records is indented by, at most


def reflow(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        lines += _broken(line) if len(line) > WIDTH else [line]
    return "\n".join(lines) + "\n"


def _broken(line: str) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    text = line.strip()
    for breaker in (_element, _record, _text_property, _union):
        found = breaker(text)
        if found:
            broken = [f"{indent}{one}" for one in found]
            return [again for one in broken for again in (_broken(one) if len(one) > WIDTH and one != line else [one])]
    return [line]


def _element(text: str) -> list[str]:
    """<Tag a="…" b={…}>children</Tag>: first the children, then the attributes go on lines of their own."""
    opening = re.match(r"<(\w[\w.]*)(?=[\s>/])", text)
    if not opening:
        return []
    end = _end_of_tag(text)
    if end < 0:
        return []
    tag, rest = text[:end], text[end:]
    closing = f"</{opening[1]}>"
    if rest.endswith(closing):
        return [tag, *_children(rest.removesuffix(closing)), closing]
    if rest:
        return []
    is_closed = tag.endswith("/>")
    attributes = _split(tag[opening.end() : -2 if is_closed else -1].strip(), " ")
    if not attributes or (len(attributes) == 1 and attributes[0].endswith('"')):
        return []  # one long text is left on its line
    return [f"<{opening[1]}", *(f"  {one}" for one in attributes), "/>" if is_closed else ">"]


def _children(text: str) -> list[str]:
    if re.search(r"[<>{}]", text):
        return [f"  {text}"]
    return [f"  {line}" for line in textwrap.wrap(text, WIDTH - 16)] or [""]


def _record(text: str) -> list[str]:
    """{ a: 1, b: 2 }, as one property a line."""
    found = re.match(r"^(.*?)\{ (\w+: .*) \}(,|;|\);|)$", text)
    if not found or (found[1] and not found[1].endswith("= ")):
        return []
    properties = [one.strip() for one in _split(found[2], ",")]
    return [f"{found[1]}{{", *(f"  {one}," for one in properties), f"}}{found[3]}"]


def _text_property(text: str) -> list[str]:
    found = re.match(r'^(\w+:) ("(?:[^"\\]|\\.)*",)$', text)
    return [found[1], f"  {found[2]}"] if found and len(found[2]) < WIDTH - _DEEP else []


def _union(text: str) -> list[str]:
    found = re.match(r"^(export type \w+ =) (.+);$", text)
    if not found:
        return []
    if len(found[2]) + 3 <= WIDTH:
        return [found[1], f"  {found[2]};"]
    options = [f"  | {one}" for one in found[2].split(" | ")]
    return [found[1], *options[:-1], f"{options[-1]};"]


def _end_of_tag(text: str) -> int:
    """Where the opening tag ends: the first ">" that is in no quotes and no braces."""
    depth, quote = 0, ""
    for index, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'`":
            quote = letter
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
        elif letter == ">" and depth == 0:
            return index + 1
    return -1


def _split(text: str, separator: str) -> list[str]:
    """At separators that are in no quotes and no brackets."""
    parts, depth, quote = [""], 0, ""
    escaped = False
    for letter in text:
        if quote:
            quote = "" if letter == quote and not escaped else quote
            escaped = letter == "\\" and not escaped
        elif letter in "\"'`":
            quote = letter
        elif letter in "{[(":
            depth += 1
        elif letter in "}])":
            depth -= 1
        if letter == separator and not quote and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]
