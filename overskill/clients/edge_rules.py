"""An app's own `_headers` and `_redirects` files, as Cloudflare reads them. Lines that can't be followed are left out.

The edge on one machine follows these rules itself (edge/workers/namespace/rules.js); Cloudflare is sent them again.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from overskill.clients.bundler import Asset

HEADERS_FILE = "/_headers"
REDIRECTS_FILE = "/_redirects"
NOT_SERVED = frozenset({HEADERS_FILE, REDIRECTS_FILE, "/.assetsignore"})

Redirect = tuple[str, str, int]  # from, to, status
HeaderRule = tuple[str, dict[str, str], list[str]]  # path, headers to set, names to remove

MOST_STATIC_REDIRECTS = 2000
MOST_DYNAMIC_REDIRECTS = 100
MOST_HEADER_RULES = 100
LONGEST_LINE = 2000
STATUSES = frozenset({200, 301, 302, 303, 307, 308})
# What the edge says of an answer's body and its way here; and what it tells itself.
RESERVED_HEADERS = re.compile(r"content-(length|encoding|range)|transfer-encoding|connection|x-edge-.*|x-app-.*")

_DYNAMIC = re.compile(r"\*|:[A-Za-z]")
_HEADER_NAME = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")
_LEADS_TO_INDEX = re.compile(r"/index(\.html)?$")
_PATH_CHARACTERS = "/:*!$&'()+,;=@%-._~[]"


def rules_of(assets: Mapping[str, Asset]) -> dict[str, object]:
    """What an app's own `_headers` and `_redirects` say, where it has them."""
    rules: dict[str, object] = {}
    if headers := assets.get(HEADERS_FILE):
        rules["headers"] = parse_headers(headers.content.decode(errors="replace"))
    if redirects := assets.get(REDIRECTS_FILE):
        rules["redirects"] = parse_redirects(redirects.content.decode(errors="replace"))
    return rules


def parse_redirects(text: str) -> list[Redirect]:
    rules: dict[str, Redirect] = {}
    static = dynamic = 0
    for line in _lines(text):
        rule = _redirect(line)
        if rule is None or rule[0] in rules:
            continue
        if dynamic or _DYNAMIC.search(rule[0]):
            dynamic += 1
            if dynamic > MOST_DYNAMIC_REDIRECTS:
                break
        else:
            static += 1
            if static > MOST_STATIC_REDIRECTS:
                continue
        rules[rule[0]] = rule
    return list(rules.values())


def _redirect(line: str) -> Redirect | None:
    tokens = line.split()
    comment = next((place for place, token in enumerate(tokens) if place >= 2 and token.startswith("#")), len(tokens))
    if not 2 <= comment <= 3:
        return None
    source, target, status = [*tokens[:comment], "302"][:3]
    if not status.isdigit() or int(status) not in STATUSES:
        return None
    source = source if source.startswith("/") else f"/{source}"
    is_absolute = target.startswith("https://")
    if (not is_absolute and not target.startswith("/")) or (is_absolute and status == "200"):
        return None
    if not is_absolute and source.endswith(("/", "/*")) and _LEADS_TO_INDEX.search(target):
        return None  # it would lead back to itself: /index.html is sent to /
    return quote(urlsplit(f"https://app{source}").path, safe=_PATH_CHARACTERS), target, int(status)


def parse_headers(text: str) -> list[HeaderRule]:
    rules: list[HeaderRule] = []
    current: HeaderRule | None = None
    for line in _lines(text):
        if line.startswith(("/", "https://", "http://")):
            current = (_header_path(line), {}, [])
            rules.append(current)
        elif current is not None:
            _add_header(current, line)
    return [rule for rule in rules if rule[0] and (rule[1] or rule[2])][:MOST_HEADER_RULES]


def _header_path(line: str) -> str:
    """Empty when it is none. A rule's host may have no port."""
    if line.startswith("/"):
        return quote(line, safe=_PATH_CHARACTERS)
    host = urlsplit(line).netloc
    return line if line.startswith("https://") and host and not re.search(r":\d+$", host) else ""


def _add_header(rule: HeaderRule, line: str) -> None:
    _, headers, removed = rule
    if line.startswith("! "):
        removed.append(line.removeprefix("! ").strip().lower())
        return
    name, _, value = (part.strip() for part in line.partition(":"))
    name = name.lower()
    if not value or not _HEADER_NAME.fullmatch(name) or RESERVED_HEADERS.fullmatch(name):
        return
    headers[name] = f"{headers[name]}, {value}" if name in headers else value


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped and not stripped.startswith("#") and len(stripped) <= LONGEST_LINE:
            yield stripped
